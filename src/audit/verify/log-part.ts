import { LRUCache } from 'lru-cache';
import {
  type EventStore,
  EventStoreUnusable,
  StreamNotWhole,
  type StoredRecord,
} from '../../kernel/event-store/event-store.js';
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
  /** Events whose time lies behind that of one before them, by no more than clocks may differ. */
  readonly backwards: Backwards;
}

export interface Backwards {
  readonly count: number;
  /** The most that one lies behind, in milliseconds. */
  readonly most: number;
}

/** By so much the clocks of two nodes may differ. */
const MOST_APART_MS = 10_000;

interface Before {
  readonly revision: bigint;
  readonly recordedAt: string;
  readonly hash: Uint8Array;
}

/** Whether a revision of a stream is an event of somebody else, which the chain leaves out. */
export type PassedOver = (stream: string, revision: bigint) => boolean;

/** Verifies one part of a log, reading it once. */
export class LogPart {
  private readonly findings = new Findings();
  private readonly heads = new LRUCache<string, Before>({ max: REMEMBERED_STREAMS });
  private readonly order: SealedOrder | undefined;
  private last: StoredRecord | undefined;
  /** The position up to which the log was gone through. */
  private reached: bigint;
  private checked = 0;
  /** The latest time so far, and what lay behind it. */
  private latest = '';
  private backwards: Backwards = { count: 0, most: 0 };
  /** What cannot be read, up to where the log was gone through. */
  private unreadable: { readonly from: bigint; readonly to: bigint } | undefined;

  constructor(
    private readonly store: EventStore,
    tree: TreeFile | undefined,
    private readonly part: Part,
    private readonly passedOver: PassedOver = () => false,
  ) {
    this.reached = part.after;
    this.order = tree && new SealedOrder(tree, part.index, part.sealed, this.findings);
  }

  /** @param onProgress called with the number of events since the last call */
  async verify(onProgress: (events: number) => void): Promise<PartResult> {
    let from = this.part.after;
    while (from < this.part.to) {
      const read = await this.unlessDamaged(() => this.store.readLog({ from, limit: PAGE }));
      if (read) {
        const page = read.filter(({ position }) => position <= this.part.to);
        await this.verifyPage(page);
        onProgress(page.length);
        if (page.length < PAGE) break;
        from = page.at(-1)!.position;
      } else {
        const to = from + BigInt(PAGE) < this.part.to ? from + BigInt(PAGE) : this.part.to;
        await this.verifyEach(from, to);
        onProgress(Number(to - from));
        from = to;
      }
    }
    this.endUnreadable();
    if (this.order) this.endOrder(this.order);
    return {
      findings: this.findings.kept,
      count: this.findings.count,
      checked: this.checked,
      backwards: this.backwards,
    };
  }

  private endOrder(order: SealedOrder): void {
    order.end();
    const missing = this.part.sealed - order.reached;
    if (!this.part.last || missing <= 0) return;
    const position = this.reached;
    this.findings.add({
      code: 'CUT_OFF',
      position,
      message: `${missing} sealed event(s) are missing after position ${position}`,
    });
  }

  private async verifyPage(page: readonly StoredRecord[]): Promise<void> {
    for (const record of page) {
      this.checkPlace(record);
      const differs = differentColumn(record);
      if (differs !== undefined) this.add('COLUMN_DIFFERS', record, `the store's ${differs} is not that of the bytes`);
      if (differs !== 'recordedAt') this.checkTime(record);
      const before = this.heads.get(record.stream) ?? (await this.fetchBefore(record));
      if (before !== 'UNREADABLE') this.checkChain(record, before);
      this.heads.set(record.stream, { revision: record.revision, recordedAt: record.recordedAt, hash: record.hash });
      this.order?.check(record);
      this.last = record;
      this.reached = record.position;
    }
    this.checked += page.length;
    await this.checkIds(page);
  }

  private checkPlace(record: StoredRecord): void {
    if (this.store.gapless && record.position !== this.reached + 1n)
      this.add('POSITION_BROKEN', record, `position ${record.position} follows ${this.reached}`);
  }

  /** What runs backwards within what clocks may differ by is noted; no instant of knowledge rests on it. */
  private checkTime(record: StoredRecord): void {
    const { recordedAt } = record;
    if (recordedAt >= this.latest) {
      this.latest = recordedAt;
      return;
    }
    const behind = Date.parse(this.latest) - Date.parse(recordedAt);
    // What is no time at all is told of by what it differs from.
    if (Number.isNaN(behind)) return;
    if (behind > MOST_APART_MS) {
      // From here on the times go on from this one: a jump is one finding.
      this.latest = recordedAt;
      this.add('TIME_BACKWARDS', record, `its recordedAt lies ${behind / 1000} s before that of an event before it`);
    } else {
      this.backwards = { count: this.backwards.count + 1, most: Math.max(this.backwards.most, behind) };
    }
  }

  private checkChain(record: StoredRecord, before: Before | undefined): void {
    let expected = before ? before.revision + 1n : 0n;
    while (this.passedOver(record.stream, expected)) expected += 1n;
    if (record.revision !== expected)
      this.add('REVISION_BROKEN', record, `revision ${record.revision} stands where ${expected} is expected`);
    if (!same(chainHash(before?.hash ?? CHAIN_START, record.body), record.hash))
      this.add('CHANGED', record, 'its hash is not that of its bytes and of the event before it in its stream');
  }

  /**
   * The event before one in its stream, when it was not read here: it lies in an earlier part, or so far back that it
   * was let go.
   */
  private async fetchBefore(record: StoredRecord): Promise<Before | undefined | 'UNREADABLE'> {
    const { stream, revision } = record;
    let from = revision - 1n;
    while (this.passedOver(stream, from)) from -= 1n;
    if (from < 0n) return undefined;
    const found = await this.unlessDamaged(() =>
      this.store.readStream(stream, { direction: 'backwards', from, limit: 1 }),
    );
    if (!found) return 'UNREADABLE';
    const [before] = found;
    if (before && before.position > record.position)
      this.add('REVISION_BROKEN', record, `the event before it in its stream stands behind it, at ${before.position}`);
    return before;
  }

  /**
   * Each id must be found at its own place. An id that stands twice is found at one of its places, and so not at the
   * other, whatever the index it is found by; no more than a page of ids is held.
   */
  private async checkIds(records: readonly StoredRecord[]): Promise<void> {
    const last = records.at(-1);
    if (!last) return;
    const suspects = await this.unlessDamaged(async () => {
      if (!this.store.misplaced) return records;
      const misplaced = new Set(await this.store.misplaced(records[0]!.position - 1n, last.position));
      return records.filter(({ position }) => misplaced.has(position));
    });
    const places =
      suspects &&
      (suspects.length === 0
        ? new Map<string, never>()
        : await this.unlessDamaged(() => this.store.find(suspects.map(({ id }) => id))));
    if (!places) {
      this.findings.add({
        code: 'UNREADABLE',
        position: records[0]!.position,
        message: `what the ids of positions ${records[0]!.position} to ${last.position} are found by cannot be read: the file is damaged`,
      });
      return;
    }
    for (const record of suspects) {
      const place = places.get(record.id);
      if (!place) this.add('ID_NOT_FOUND', record, 'it is not found by its id: what ids are found by is damaged');
      else if (place.position !== record.position)
        this.add('ID_TWICE', record, `its id is found at position ${place.position}`);
    }
  }

  /** Goes through a stretch in which something cannot be read, position by position. */
  private async verifyEach(after: bigint, to: bigint): Promise<void> {
    for (let position = after + 1n; position <= to; position += 1n) {
      const read = await this.unlessDamaged(() => this.store.readLog({ from: position - 1n, limit: 1 }));
      if (!read) this.unreadable = { from: this.unreadable?.from ?? position, to: position };
      else if (read[0]?.position === position) {
        this.endUnreadable();
        await this.verifyPage(read);
      }
    }
  }

  private endUnreadable(): void {
    const { unreadable } = this;
    if (!unreadable) return;
    this.unreadable = undefined;
    const { from, to } = unreadable;
    this.findings.add({
      code: 'UNREADABLE',
      position: from,
      message:
        from === to
          ? 'it cannot be read: the file is damaged there'
          : `positions ${from} to ${to} cannot be read: the file is damaged there`,
    });
    this.order?.pass(Number(to - from) + 1);
    this.reached = to;
    // What followed in which stream is not known: the event before the next one is asked for.
    this.heads.clear();
  }

  /**
   * @returns undefined where the file is damaged, when its positions tell how to go on behind that
   * @throws EventStoreError
   */
  private async unlessDamaged<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await read();
    } catch (error) {
      if (this.store.gapless && error instanceof EventStoreUnusable) return undefined;
      // Named already, as what others did to the log.
      if (error instanceof StreamNotWhole) return undefined;
      throw error;
    }
  }

  private add(code: FindingCode, { position, id: event, stream }: StoredRecord, message: string): void {
    this.findings.add({ code, position, event, stream, message });
  }
}
