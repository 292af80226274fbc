import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reportCsv } from '../../src/answers/reports/report-csv.js';
import type { SupervisionReport } from '../../src/answers/reports/report.js';
import { reportTable } from '../../src/answers/reports/report-table.js';
import { entryLines } from '../../src/answers/text/entry-text.js';
import { Names } from '../../src/answers/text/names.js';
import { entryOf } from '../../src/answers/timeline/timeline.js';
import { opened } from '../../src/answers/event.spec-helper.js';
import { totalsOf } from '../../src/judgement/figures/figure-names.js';
import { eventCatalogue } from '../../src/facts/event-catalogue.js';
import { type ToldValue, toldValues } from '../../src/facts/values.js';
import type { Field, Fields } from '../../src/kernel/event-sourcing/fields.js';
import { onOneLine, safeJson, withoutOrders } from '../../src/kernel/safe-text.js';

/** Whatever could be typed or imported to look like something else. */
const pieces = [
  '\n',
  '\r',
  '\r\n',
  '\u2028',
  '\u0085',
  '\v',
  '\t',
  '\u001b[8m',
  '\u001b]0;titel\u0007',
  '\u009b2J',
  '\u202e',
  '\u2066',
  ' '.repeat(80),
  ';',
  '"',
  ', ',
  ': ',
  '=1+1',
  '│',
  '2022-08-03  Fast omsorgskontakt utsedd',
  `${' '.repeat(12)}roll: PRIMARY`,
  'å',
  '\u200b',
  '\ud800',
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 4 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

// oxlint-disable-next-line no-control-regex -- these characters are what it is about
const ORDERS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

function valueOf({ form }: Field): fc.Arbitrary<unknown> {
  switch (form.kind) {
    case 'part':
      return dataOf(form.fields);
    case 'list':
      return fc.array(valueOf(form.of), { maxLength: 3 });
    case 'flag':
      return fc.boolean();
    case 'whole':
      return fc.integer();
    case 'correctedData':
      return fc.oneof(...eventCatalogue.all().map(({ fields }) => dataOf(fields, false)));
    default:
      // An older program, or a damaged file, may hold a text where an id, a day or a code should stand.
      return fc.oneof(hostile, fc.constant(null));
  }
}

function dataOf(fields: Fields, corrections = true): fc.Arbitrary<Record<string, unknown>> {
  const chosen = Object.entries(fields).filter(([, { form }]) => corrections || form.kind !== 'correctedData');
  return fc.record(Object.fromEntries(chosen.map(([name, field]) => [name, valueOf(field)])));
}

const TYPES = eventCatalogue.all();
const anEntry = fc.constantFrom(...TYPES).chain(({ type, fields }) =>
  fc.record({
    type: fc.constant(type),
    data: dataOf(fields),
    lateReason: fc.option(hostile, { nil: undefined }),
    actor: fc.record({ id: hostile, role: hostile }),
  }),
);

/** What stands under an entry, by depth: the labels that a reader sees. */
function labelsOf(told: readonly ToldValue[], depth = 0): string[] {
  return told.flatMap((value) => {
    const own = `${'  '.repeat(depth)}${onOneLine(value.label)}:`;
    if (value.kind === 'group') return [own, ...labelsOf(value.within, depth + 1)];
    const listed = value.kind === 'values' && value.values.length > 1 && !isJoined(value.field);
    return [own, ...(listed ? value.values.map(() => `${'  '.repeat(depth + 1)}–`) : [])];
  });
}

function isJoined(field: Field | undefined): boolean {
  return field?.form.kind === 'code' || field?.form.kind === 'id';
}

describe('text that somebody wrote', () => {
  it('cannot be read as a line of its own, in the history, a replay or an export, through any field of any type', () => {
    fc.assert(
      fc.property(anEntry, ({ type, data, lateReason, actor }) => {
        const event = opened('e', type, '2024-01-02', data, { actor, ...(lateReason ? { lateReason } : {}) });
        const entry = entryOf(event, { status: 'VALID', disputedBy: [] }, false);
        const lines = withoutOrders(entryLines(entry, new Names([event])).join('\n')).split('\n');
        expect(lines.filter((line) => ORDERS.test(line))).toEqual([]);
        const [head, ...below] = lines;
        expect(head).toBe(`2024-01-02  ${eventCatalogue.get(type)!.label}`);
        expect(below.pop()).toBe('');
        // Nothing but the head stands at the margin, and under it stands what was said, field by field, and no more.
        expect(below.filter((line) => !line.startsWith(' '.repeat(12)))).toEqual([]);
        const said = labelsOf(toldValues(type, data, () => undefined));
        const ours = below.map((line) => line.slice(12));
        const rest = ours.slice(said.length);
        expect(ours.slice(0, said.length).map((line, at) => line.startsWith(said[at]!))).toEqual(said.map(() => true));
        expect(rest.map((line) => line.split(' ')[0])).toEqual([
          'registrerad',
          ...(lateReason ? ['skäl'] : []),
          'händelse',
        ]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('stays in its row of the report, as CSV and as a table', () => {
    const report = (unitName: string): SupervisionReport => ({
      header: { on: '2024-01-02', knownAt: '2024-01-03T00:00:00.000Z' } as SupervisionReport['header'],
      rows: [{ unit: 'u', unitName, provider: 'p', ...totalsOf([]) }],
      total: totalsOf([]),
    });
    const plainLines = reportTable(report('Norr'), 80).split('\n').length;
    fc.assert(
      fc.property(hostile, (name) => {
        const csv = reportCsv(report(name));
        expect(csv.split('\r\n').map((line) => line.slice(0, 10))).toEqual([
          '\ufeffon;knownA',
          '2024-01-02',
          '2024-01-02',
          '',
        ]);
        expect(ORDERS.test(csv.replaceAll('\r\n', ''))).toBe(false);
        const table = reportTable(report(name), 80);
        expect(ORDERS.test(table.replaceAll('\n', ''))).toBe(false);
        expect(table.split('\n').length).toBeGreaterThanOrEqual(plainLines);
      }),
    );
  });

  it('is the same in JSON, and no order to a terminal there', () => {
    fc.assert(
      fc.property(hostile, fc.constantFrom(0, 2), (text, indent) => {
        const json = safeJson(JSON.stringify({ [text]: text }, undefined, indent));
        expect(JSON.parse(json)).toEqual({ [text]: text });
        expect(ORDERS.test(json.replaceAll('\n', ''))).toBe(false);
      }),
    );
  });

  it('loses nothing of what can be seen', () => {
    expect(onOneLine('Se nedan.\n\n2022-08-03  Fast omsorgskontakt utsedd')).toBe(
      'Se nedan. / 2022-08-03 Fast omsorgskontakt utsedd',
    );
    expect(onOneLine('text \u001b[8mosynlig\u001b[0m')).toBe('text ‹U+001B›[8mosynlig‹U+001B›[0m');
    expect(onOneLine('åäö 👨‍👩‍👧 العربية')).toBe('åäö 👨‍👩‍👧 العربية');
  });
});
