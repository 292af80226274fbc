import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type KnowledgeRun, knowledgeRuns, stampRuns, type Stamped } from './knowledge.js';

/** Each event's instant, said as the definition says it. */
function instants(records: readonly Stamped[]): number[] {
  let before = 0;
  return records.map(({ recordedAt }) => (before = Math.max(Date.parse(recordedAt) * 1000, before + 1)));
}

const START = Date.UTC(2026, 0, 1);
const stamped = (millis: readonly number[]): Stamped[] =>
  millis.map((ms, at) => ({ position: BigInt(at) * 7n + 3n, recordedAt: new Date(START + ms).toISOString() }));

/** The runs of a log that is taken in piece by piece, each under its latest stamp. */
function taken(records: readonly Stamped[], pieces: readonly number[]): KnowledgeRun[] {
  const runs = new Map<number, KnowledgeRun>();
  let last: KnowledgeRun | undefined;
  for (let at = 0, piece = 0; at < records.length; piece++) {
    const size = Math.max(1, pieces[piece % pieces.length] ?? 1);
    for (const run of knowledgeRuns(last, stampRuns(records.slice(at, at + size)))) {
      runs.set(run.stamp, run);
      last = run;
    }
    at += size;
  }
  return [...runs.values()];
}

describe('the order of knowledge', () => {
  const millis = fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 40 })), {
    minLength: 1,
    maxLength: 60,
  });

  it('gives each event the instant that the definition gives it, in whatever pieces the log is taken in', () => {
    fc.assert(
      fc.property(millis, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 }), (ms, pieces) => {
        const records = stamped(ms);
        const told = taken(records, pieces).flatMap(({ from, until }) =>
          Array.from({ length: until - from + 1 }, (_, at) => from + at),
        );
        expect(told).toEqual(instants(records));
      }),
    );
  });

  it('says where its runs lie and how much the log has by then, whatever the pieces', () => {
    fc.assert(
      fc.property(millis, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 9 }), (ms, pieces) => {
        const records = stamped(ms);
        const runs = taken(records, pieces);
        expect(runs).toEqual(taken(records, [records.length]));
        let facts = 0;
        for (const run of runs) {
          expect([run.first, run.last]).toEqual([records[facts]!.position, records[run.facts - 1]!.position]);
          facts += run.until - run.from + 1;
          expect(facts).toBe(run.facts);
        }
        expect(facts).toBe(records.length);
      }),
    );
  });

  it('rises where times run backwards, and where more lands in a millisecond than it has microseconds', () => {
    expect(
      taken(stamped([5, 1, 2, 6]), [2]).map(({ stamp, from, until }) => [
        stamp - START,
        from - START * 1000,
        until - START * 1000,
      ]),
    ).toEqual([
      [5, 5_000, 5_002],
      [6, 6_000, 6_000],
    ]);
    const many = taken(stamped([...Array.from({ length: 1_500 }, () => 1), 2]), [400]);
    expect(many.map(({ from, until }) => [from - START * 1000, until - START * 1000])).toEqual([
      [1_000, 2_499],
      [2_500, 2_500],
    ]);
  });
});
