import type { Micros } from '../time/instant.js';

/** When and where something was recorded, as far as the order of knowledge needs it. */
export interface Stamped {
  readonly position: bigint;
  /** RFC 3339 UTC with milliseconds. */
  readonly recordedAt: string;
}

/**
 * Neighbours in the log of which none is stamped later than the first: in milliseconds since 1970, and where they lie.
 */
export interface StampRun {
  readonly stamp: number;
  readonly first: bigint;
  readonly last: bigint;
  readonly count: number;
}

/**
 * Neighbours in the log up to which the latest stamp is the same, from the log's beginning on. The instant at which the
 * register knew an event is its stamp, or a microsecond after the event before it where that is later: so within a run
 * instants rise by one microsecond, every event has its own, and whatever lands later has a later one, however its
 * writer's clock goes.
 */
export interface KnowledgeRun {
  /** The latest stamp up to here, milliseconds since 1970. */
  readonly stamp: number;
  /** The instants of its first and its last event. */
  readonly from: Micros;
  readonly until: Micros;
  /** Their positions. */
  readonly first: bigint;
  readonly last: bigint;
  /** How many events the log has up to and including the last. */
  readonly facts: number;
}

/** Sums up the stamps of neighbours, without knowing what lies before them. */
export function stampRuns(records: readonly Stamped[]): StampRun[] {
  const runs: { stamp: number; first: bigint; last: bigint; count: number }[] = [];
  let text = '';
  for (const { position, recordedAt } of records) {
    const run = runs.at(-1);
    if (run && recordedAt <= text) {
      run.last = position;
      run.count += 1;
      continue;
    }
    text = recordedAt;
    runs.push({ stamp: Date.parse(recordedAt), first: position, last: position, count: 1 });
  }
  return runs;
}

/**
 * Goes on with the order of knowledge.
 * @param before the last run of what lies directly before; undefined at the log's beginning
 * @returns the runs that are new or have grown
 */
export function knowledgeRuns(before: KnowledgeRun | undefined, stamps: readonly StampRun[]): KnowledgeRun[] {
  const runs: KnowledgeRun[] = [];
  let run = before;
  for (const { stamp, first, last, count } of stamps) {
    const facts = (run?.facts ?? 0) + count;
    if (run && stamp <= run.stamp) {
      run = { ...run, until: run.until + count, last, facts };
      if (runs.length > 0) runs.pop();
    } else {
      const from = Math.max(stamp * 1000, (run?.until ?? 0) + 1);
      run = { stamp, from, until: from + count - 1, first, last, facts };
    }
    runs.push(run);
  }
  return runs;
}
