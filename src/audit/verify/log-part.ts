import { LRUCache } from 'lru-cache';
import type { EventStore, StoredRecord } from '../../kernel/event-store/event-store.js';
import { CHAIN_START, chainHash } from '../../kernel/integrity/chain.js';
import { same } from '../../kernel/integrity/merkle.js';
import type { TreeFile } from '../../kernel/integrity/tree-file.js';
import { differentColumn } from './columns.js';
import { type Finding, type FindingCode, Findings } from './finding.js';
import { SealedOrder } from './sealed-order.js';

const PAGE = 500;
const REMEMBERED_STREAMS = 200_000;

/** A part of the log that is verified by itself. */
export interface Part {
  /** The events behind this position … */
  readonly after: bigint;
  /** … up to and including this one. */
  readonly to: bigint;
  /** How many events lie before the part. */
  readonly index: number;
  /** How many events were sealed; 0 when there is no seal. */
  readonly sealed: number;
  /** True for the part with the log's end: then sealed events that do not come are missing. */
  readonly last: boolean;
}

export interface PartResult {
  readonly findings: readonly Finding[];
  readonly count: number;
  readonly checked: number;
}

interface Before {
  readonly revision: bigint;
  readonly recordedAt: string;
  readonly hash: Uint8Array;
}

/** Verifies one part of a log, reading it once. */
export class LogPart {
  private readonly findings = new Findings();
  private readonly heads = new LRUCache<string, Before>({ max: REMEMBERED_STREAMS });
  private readonly order: SealedOrder | undefined;
  private last: StoredRecord | undefined;
  private checked = 0;

  constructor(
    private readonly store: EventStore,
    tree: TreeFile | undefined,
    private readonly part: Part,
  ) {
    this.order = tree && new SealedOrder(tree, part.index, part.sealed, this.findings);
  }

  /** @param onProgress called with the number of events since the last call */
  async verify(onProgress: (events: number) => void): Promise<PartResult> {
    let from = this.part.after;
    while (from < this.part.to) {
      const read = await this.store.readLog({ from, limit: PAGE });
      const page = read.filter(({ position }) => position <= this.part.to);
      await this.verifyPage(page);
      onProgress(page.length);
      if (page.length < PAGE) break;
      from = page.at(-1)!.position;
    }
    if (this.order) this.endOrder(this.order);
    return { findings: this.findings.kept, count: this.findings.count, checked: this.checked };
  }

  private endOrder(order: SealedOrder): void {
    order.end();
    const missing = this.part.sealed - order.reached;
    if (!this.part.last || missing <= 0) return;
    const position = this.last?.position ?? this.part.after;
    this.findings.add({ code: 'CUT_OFF', position, message: `${missing} sealed event(s) are missing after position ${position}` });
  }

  private async verifyPage(page: readonly StoredRecord[]): Promise<void> {
    const unsealed: StoredRecord[] = [];
    for (const record of page) {
      this.checkPlace(record);
      const differs = differentColumn(record);
      if (differs !== undefined) this.add('COLUMN_DIFFERS', record, `the store's ${differs} is not that of the bytes`);
      const before = this.heads.get(record.stream) ?? (await this.fetchBefore(record));
      this.checkChain(record, before);
      this.heads.set(record.stream, { revision: record.revision, recordedAt: record.recordedAt, hash: record.hash });
      if (this.order?.check(record) ?? true) unsealed.push(record);
      this.last = record;
    }
    this.checked += page.length;
    await this.checkIds(unsealed);
  }

  private checkPlace(record: StoredRecord): void {
    const lastPosition = this.last?.position ?? this.part.after;
    if (this.store.gapless && record.position !== lastPosition + 1n) this.add('POSITION_BROKEN', record, `position ${record.position} follows ${lastPosition}`);
    if (this.store.gapless) this.checkTime(record, this.last);
  }

  private checkTime(record: StoredRecord, before: Before | undefined): void {
    if (before && record.recordedAt < before.recordedAt) this.add('TIME_BACKWARDS', record, 'its recordedAt lies before that of the event before it');
  }

  private checkChain(record: StoredRecord, before: Before | undefined): void {
    // Where writers reach the log past each other only a stream's own times are in order.
    if (!this.store.gapless) this.checkTime(record, before);
    const expected = before ? before.revision + 1n : 0n;
    if (record.revision !== expected) this.add('REVISION_BROKEN', record, `revision ${record.revision} stands where ${expected} is expected`);
    if (!same(chainHash(before?.hash ?? CHAIN_START, record.body), record.hash)) this.add('CHANGED', record, 'its hash is not that of its bytes and of the event before it in its stream');
  }

  /** The event before one in its stream, when it was not read here: it lies in an earlier part, or so far back that it was let go. */
  private async fetchBefore(record: StoredRecord): Promise<Before | undefined> {
    const { stream, revision } = record;
    if (revision <= 0n) return undefined;
    const [before] = await this.store.readStream(stream, { direction: 'backwards', from: revision - 1n, limit: 1 });
    if (before && before.position > record.position) this.add('REVISION_BROKEN', record, `the event before it in its stream stands behind it, at ${before.position}`);
    return before;
  }

  /** Under a seal an id cannot stand twice without being found; behind it each id must be found at its own place. */
  private async checkIds(records: readonly StoredRecord[]): Promise<void> {
    if (records.length === 0) return;
    const places = await this.store.find(records.map(({ id }) => id));
    for (const record of records) {
      const place = places.get(record.id);
      if (place?.position !== record.position) this.add('ID_TWICE', record, `its id is found at position ${place?.position ?? 'none'}`);
    }
  }

  private add(code: FindingCode, { position, id: event, stream }: StoredRecord, message: string): void {
    this.findings.add({ code, position, event, stream, message: `position ${position}: ${message}` });
  }
}
