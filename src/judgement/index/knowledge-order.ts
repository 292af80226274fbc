import type { KnowledgeRun } from '../../kernel/event-sourcing/knowledge.js';
import type { Micros } from '../../kernel/time/instant.js';
import type { CollectionSpec, Query, Row, ViewReader } from '../../kernel/view-store/view-store.js';

/**
 * The runs of the order of knowledge. Stores sort upwards only, so a run lies under the negative of its latest stamp:
 * the last run comes first, and a run that grows keeps its place.
 */
export const MOMENTS: CollectionSpec = {
  name: 'moments',
  fields: { before: 'integer', from: 'integer', until: 'integer', first: 'text', last: 'text', facts: 'integer' },
  key: ['before'],
  indexes: [['facts']],
};

const ROWS = 20;

export function momentOf({ stamp, from, until, first, last, facts }: KnowledgeRun): Row {
  return { before: -stamp, from, until, first: String(first), last: String(last), facts };
}

function runOf(row: Row): KnowledgeRun {
  return {
    stamp: -Number(row['before']),
    from: Number(row['from']),
    until: Number(row['until']),
    first: BigInt(String(row['first'])),
    last: BigInt(String(row['last'])),
    facts: Number(row['facts']),
  };
}

/** Looks up which part of the log was known at which instant, as far as the index goes. */
export class KnowledgeOrder {
  constructor(private readonly reader: () => ViewReader) {}

  /** The run with the last event; undefined while there is none. */
  async last(): Promise<KnowledgeRun | undefined> {
    return (await this.find({ orderBy: ['before'], limit: 1 }))[0];
  }

  /** The last run of those whose events were all stamped by then. @param stamp milliseconds since 1970 */
  async stampedBy(stamp: number): Promise<KnowledgeRun | undefined> {
    return (await this.find({ where: { before: { gte: -stamp } }, orderBy: ['before'], limit: 1 }))[0];
  }

  /** The last run that had begun by an instant. */
  async begunBy(instant: Micros): Promise<KnowledgeRun | undefined> {
    // No run begins before its stamp. Where more was recorded in a millisecond than it has microseconds, the runs
    // behind it begin later.
    for (let before = -Math.floor(instant / 1000); ;) {
      const runs = await this.find({ where: { before: { gte: before } }, orderBy: ['before'], limit: ROWS });
      const found = runs.find(({ from }) => from <= instant);
      if (found || runs.length < ROWS) return found;
      before = -runs.at(-1)!.stamp + 1;
    }
  }

  /** The run with the nth event of the log. */
  async withFact(n: number): Promise<KnowledgeRun | undefined> {
    return (await this.find({ where: { facts: { gte: n } }, orderBy: ['facts'], limit: 1 }))[0];
  }

  private async find(query: Query): Promise<KnowledgeRun[]> {
    return (await this.reader().find(MOMENTS.name, query)).map(runOf);
  }
}
