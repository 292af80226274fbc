import { describe, expect, it } from '@jest/globals';
import type { AccessRecord } from '../../src/access-log/access-record.js';
import { type MarkedLook, markLooks } from '../../src/access-log/reviews/mark-looks.js';
import { STAND_OUT_KINDS } from '../../src/access-log/reviews/stand-out.js';
import { generatedMonth } from './planted-looks.js';

const ORDINARY = 40_000;

describe.each([1, 2])('twenty improper looks among forty thousand (%i)', (seed) => {
  const { records, planted, knowledge } = generatedMonth(ORDINARY, seed);
  const byRecord = new Map<AccessRecord, MarkedLook[]>();
  for (const look of markLooks(records, () => true, records, knowledge)) {
    const known = byRecord.get(look.record);
    if (known) known.push(look);
    else byRecord.set(look.record, [look]);
  }
  const kindsOf = (record: AccessRecord): string[] =>
    (byRecord.get(record) ?? []).flatMap(({ standsOut }) => standsOut.map(({ kind }) => kind));

  it('are all marked with the reason for which they are improper', () => {
    expect(planted).toHaveLength(20);
    expect(new Set(planted.map(({ kind }) => kind))).toEqual(new Set(STAND_OUT_KINDS));
    for (const { kind, looks } of planted)
      for (const look of looks) expect([kind, kindsOf(look)]).toEqual([kind, expect.arrayContaining([kind])]);
  });

  it('and less than one in a hundred of the others is', () => {
    const improper = new Set(planted.flatMap(({ looks }) => looks));
    const others = records.filter((record) => !improper.has(record));
    expect(others).toHaveLength(ORDINARY);
    const marked = others.filter((record) => kindsOf(record).length > 0);
    expect(marked.length / ORDINARY).toBeLessThan(0.01);
    // Somebody has the surname of somebody whom she cares for: what is looked for is looked for in them too.
    expect(marked.length).toBeGreaterThan(0);
  });
});
