import { type Clock, systemClock } from '../../kernel/time/clock.js';
import {
  type AccessHead,
  type AccessLog,
  type AccessQuery,
  type DisposedAccess,
  isAskedFor,
  type RawAccess,
  timeAfter,
} from '../access-log.js';
import { type Access, ACCESS_CHAIN_START, checkedAccess, placed, type StoredAccess } from '../access-record.js';

/** What {@link MemoryAccessLog} calls its one node. */
const NODE = 'memory';

/** An access log that ends with its process, beside an event store that does so too. */
export class MemoryAccessLog implements AccessLog {
  private records: StoredAccess[] = [];
  private readonly gone: DisposedAccess[] = [];

  constructor(private readonly clock: Clock = systemClock) {}

  async append(access: Access): Promise<StoredAccess> {
    const last = this.end();
    const stored = placed(checkedAccess(access), timeAfter(last.at, this.clock.now()), last);
    this.records.push(stored);
    return stored;
  }

  async *read(query: AccessQuery = {}): AsyncIterable<StoredAccess> {
    for (const stored of this.records) if (isAskedFor(query, stored.record)) yield stored;
  }

  async heads(): Promise<readonly AccessHead[]> {
    const { n, hash } = this.end();
    return n === 0 ? [] : [{ node: NODE, n, hash }];
  }

  async count(): Promise<number> {
    return this.records.length;
  }

  async disposed(): Promise<readonly DisposedAccess[]> {
    return [...this.gone];
  }

  async dispose(before: string): Promise<readonly DisposedAccess[]> {
    const kept = this.records.findIndex(({ record }) => record.at >= before);
    const went = this.records.splice(0, kept < 0 ? this.records.length : kept);
    const last = went.at(-1);
    if (!last) return [];
    const { n } = last.record;
    const entry = { node: NODE, n, hash: last.hash, before, count: went.length, at: this.clock.now() };
    this.gone.push(entry);
    return [entry];
  }

  async *raw(): AsyncIterable<RawAccess> {
    for (const { record, ...stored } of this.records) {
      const { node, n, at } = record;
      yield { node, n, at, record, ...stored };
    }
  }

  async misplaced(): Promise<readonly string[]> {
    return [];
  }

  async close(): Promise<void> {}

  private end(): AccessHead & { readonly at?: string } {
    const last = this.records.at(-1);
    if (last) return { node: NODE, n: last.record.n, hash: last.hash, at: last.record.at };
    const { n, hash } = this.gone.at(-1) ?? { n: 0, hash: ACCESS_CHAIN_START };
    return { node: NODE, n, hash };
  }
}
