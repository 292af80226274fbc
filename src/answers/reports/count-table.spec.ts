import { describe, expect, it } from '@jest/globals';
import { countTables } from './count-table.js';

const names = { head: 'Enhet', width: 26, cells: ['Hemtjänst Tallåsen 10', 'Totalt'] };
const columns = Array.from({ length: 19 }, (_, n) => ({
  head: n === 3 ? 'Uppdragsbeskrivning' : `Tal ${n}`,
  cells: [`${n}`, `${n * 2}`],
}));

describe('tables of counts', () => {
  it.each([80, 120, 200, 400])('are no wider than a terminal of %i characters, and leave nothing out', (width) => {
    const text = countTables(names, columns, width);
    const lines = text.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    for (const { head } of columns) expect(text).toContain(head.split(' ').at(-1));
    const totals = lines.filter((line) => line.includes('Totalt')).flatMap((line) => line.match(/\d+/g) ?? []);
    expect(totals).toEqual(columns.map(({ cells }) => cells[1]));
  });

  it('are one table where there is room, and as for 80 characters where there is less', () => {
    const tables = (width: number): number =>
      countTables(names, columns, width)
        .split('\n')
        .filter((line) => line.includes('Enhet')).length;
    expect([tables(400), tables(30)]).toEqual([1, tables(80)]);
  });
});
