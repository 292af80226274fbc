import { describe, expect, it } from '@jest/globals';
import { comparison } from './compare.mjs';

const machine = { commit: '0123456789abcdef', changed: false, node: 'v24.0.0', date: '2026-12-01', loadBefore: 0.5 };
const row = (id: string, median: number, ratio?: number, cpu?: number, size?: number) => ({
  id,
  measure: `the ${id}`,
  unit: '/s',
  size,
  ours: { median },
  ...(ratio === undefined ? {} : { ratio }),
  ...(cpu === undefined ? {} : { cpuPerSecond: { median: cpu } }),
});
const result = (...rows: object[]): object => ({ machine, plan: { name: 'quick' }, rows });

describe('two results of the benchmark', () => {
  it('stand beside each other row by row, with their ratios', () => {
    const text = comparison(
      result(row('import', 100, 0.2, 50, 1_000), row('import', 80, 0.2, 40, 10_000), row('gone', 1)),
      result(row('import', 150, 0.25, 60, 1_000), row('import', 80, 0.1, 40, 10_000), row('new', 1)),
    );
    const cells = text
      .split('\n')
      .filter((line: string) => line.startsWith('| the'))
      .map((line: string) => line.split('|').map((cell) => cell.trim()));
    expect(cells).toEqual([
      ['', 'the import', '1,000', '100 /s', '150 /s', '1.50', '1.20', '1.25', ''],
      ['', 'the import', '10,000', '80.0 /s', '80.0 /s', '1.00', '1.00', '0.50', ''],
    ]);
    expect(text).toContain('Only before: the gone.');
    expect(text).toContain('Only after: the new.');
  });

  it('leave a ratio out that one of them has not', () => {
    const text: string = comparison(result(row('append', 10, 0.8)), result(row('append', 20)));
    expect(text).toMatch(/\| the append +\| +\| 10\.0 \/s +\| 20\.0 \/s +\| 2\.00 +\| +\| +\|/);
  });
});
