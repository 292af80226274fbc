import { randomUUID } from 'node:crypto';
import { ANY, NO_STREAM, STREAM_EXISTS, WrongExpectedVersionError } from '@eventstore/db-client';
import { decideAppend } from '../append-decision.js';
import { type Append, type AppendResult, EventStoreError, type ExpectedRevision } from '../event-store.js';
import type { Connection } from './connection.js';
import type { LogIndex } from './log-index.js';
import type { Reading } from './reading.js';
import { type MarkedRecord, toEvent } from './records.js';

/** How long an append waits to see itself in the followed log, before it reads itself back. */
const SEEN_MS = 500;

/**
 * What the server said: where the last event of the append stands, or that the stream stands elsewhere than expected.
 */
type Written = { readonly revision: bigint; readonly position: bigint } | 'elsewhere';

/**
 * Appends as the port means it, on a server that means something else: it takes the same id in several streams, and
 * again at the current revision; it remembers ids for ANY only for a while; and it does not say whether an append was
 * there before.
 */
export class Appender {
  private readonly writer = randomUUID();
  private attempts = 0;
  /** What was written here and the index has not shown yet. */
  private readonly unseen = new Set<string>();

  constructor(
    private readonly connection: Connection,
    private readonly reading: Reading,
    private readonly index: LogIndex,
    private readonly namespace: string,
  ) {}

  /** Never throws: what went wrong is the answer. */
  async append(append: Append): Promise<AppendResult | EventStoreError> {
    this.index.start();
    try {
      return this.isPlain(append) ? await this.appendPlain(append) : await this.appendCarefully(append);
    } catch (error) {
      return this.connection.failure(error, `append to ${this.namespace}${append.stream}`, append.stream);
    }
  }

  /** The server's own judgement is enough for new ids at a revision that is named. */
  private isPlain({ stream, expected, records }: Append): boolean {
    // To the server a stream that somebody deleted is new, and it would take the append: looking says so.
    if (expected === 'NO_STREAM' && this.index.mayHaveStream(stream)) return false;
    const named = expected === 'NO_STREAM' || (typeof expected === 'bigint' && expected >= 0n);
    return (
      named &&
      new Set(records.map(({ id }) => id)).size === records.length &&
      !records.some(({ id }) => this.unseen.has(id) || this.index.knows(id))
    );
  }

  private async appendPlain(append: Append): Promise<AppendResult | EventStoreError> {
    const written = await this.write(append, append.expected);
    return written === 'elsewhere' ? this.appendCarefully(append) : written;
  }

  /**
   * Looks first where the ids and the stream stand, then writes at that revision; again when somebody else was quicker.
   */
  private async appendCarefully(append: Append): Promise<AppendResult | EventStoreError> {
    for (;;) {
      const places = await this.index.find(append.records.map(({ id }) => id));
      for (const id of this.unseen) if (this.index.knows(id)) this.unseen.delete(id);
      const head = await this.reading.last(append.stream);
      const decision = decideAppend(append, head?.revision, (id) => places.get(id));
      if (decision instanceof EventStoreError) return decision;
      if (decision) return { revision: decision.revision, position: decision.position, already: true };
      const written = await this.write(append, head?.revision ?? 'NO_STREAM');
      if (written !== 'elsewhere') return written;
    }
  }

  private async write(append: Append, expected: ExpectedRevision): Promise<AppendResult | 'elsewhere'> {
    const mark = `${this.writer}:${++this.attempts}`;
    const last = append.records.at(-1)!;
    const watch = this.index.watch(last.id);
    try {
      const written = await this.send(append, expected, mark);
      if (written === 'elsewhere') return written;
      const record = (await watch.record(SEEN_MS)) ?? (await this.readBack(append, written.revision));
      const already = record?.mark !== mark;
      return { ...written, already, ...(record && !already ? { storedAt: record.storedAt } : {}) };
    } finally {
      watch.end();
    }
  }

  private async send({ stream, records }: Append, expected: ExpectedRevision, mark: string): Promise<Written> {
    try {
      const { nextExpectedRevision, position } = await this.connection.client.appendToStream(
        this.namespace + stream,
        records.map((record) => toEvent(record, mark)),
        { expectedRevision: toServer(expected), credentials: this.connection.credentials },
      );
      return { revision: nextExpectedRevision, position: position!.commit };
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return 'elsewhere';
      throw error;
    }
  }

  private async readBack({ stream, records }: Append, revision: bigint): Promise<MarkedRecord | undefined> {
    for (const { id } of records) this.unseen.add(id);
    const [record] = await this.reading.stream(stream, { from: revision, limit: 1 });
    return record;
  }
}

function toServer(expected: ExpectedRevision) {
  if (expected === 'ANY') return ANY;
  if (expected === 'NO_STREAM') return NO_STREAM;
  return expected === 'STREAM_EXISTS' ? STREAM_EXISTS : expected;
}
