import type { AppendResult, EventStore, EventStoreError } from '../../kernel/event-store/event-store.js';
import { CheckpointMoved } from '../../kernel/view-store/view-store.js';
import { type EventLog, type FactToRecord, type OpenedEvent, PersonForgottenError } from '../../kernel/event-sourcing/event-log.js';
import { type Clock, today } from '../../kernel/time/clock.js';
import { type IndexProjection, isShared } from '../../views/projection/index-projection.js';
import { eventCatalogue } from '../event-catalogue.js';
import { importedEventId } from './event-ids.js';
import { type Candidate, checkNewFact, factOfLine } from './fact-of-line.js';
import { resolveRefs, visitNamedIds } from './field-targets.js';
import { parseHistoryLine, refOf } from './history-line.js';
import { type Asks, KnownFacts, type KnownSource, noAsks } from './known-facts.js';
import { type Line, MAX_LINE_BYTES, openLines, type ReadProgress } from './line-reader.js';
import { RegisterSource } from './register-source.js';
import { RejectFiles } from './reject-files.js';
import { Reject } from './reject.js';
import { hasSameContent, saysTheSame } from './same-content.js';
import { ScratchSource } from './scratch-source.js';

/** Lines that are checked and recorded together; a batch is one flush of the embedded log. */
const BATCH_LINES = 1_000;

export interface ImportOptions {
  readonly file: string;
  /** Refs are unique per source; the same file under another name is another history. */
  readonly source: string;
  readonly dryRun: boolean;
  readonly rejectFile: string;
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ImportProgress extends Readonly<ReadProgress> {
  readonly lines: number;
}

export interface ImportResult {
  readonly lines: number;
  /** Facts that are in the log now and were not before (or would be, in a dry run). */
  readonly imported: number;
  /** Lines whose fact stood in the log already. */
  readonly skipped: number;
  readonly rejected: number;
  readonly rejectedByCode: Readonly<Record<string, number>>;
  /** The files that hold the reasons and the raw lines, when there are any. */
  readonly rejectFiles?: { readonly reasons: string; readonly lines: string };
}

/** What an import works on. */
export interface ImportTarget {
  readonly store: EventStore;
  readonly log: EventLog;
  readonly index: IndexProjection;
  readonly clock: Clock;
}

interface Numbered {
  readonly number: number;
  readonly bytes: Buffer;
}

/**
 * Imports a history file (contract §2), streaming. Good lines land in the order of the file, wrong ones are turned away one by one.
 * Safe to run again after a crash at any point: a fact's id follows from source and ref, so nothing lands twice.
 */
export async function importHistory(target: ImportTarget, options: ImportOptions): Promise<ImportResult> {
  const rejects = new RejectFiles(options.rejectFile, options.file);
  const { lines, progress } = await openLines(options.file);
  const run = new ImportRun(target, options, rejects);
  try {
    await run.begin();
    let batch: Numbered[] = [];
    for await (const chunk of lines) {
      for (const line of chunk) {
        if (line.kind === 'line') batch.push(line);
        if (batch.length >= BATCH_LINES || line.kind === 'overlong') {
          await run.batch(batch);
          batch = [];
          options.onProgress?.({ ...progress, lines: run.lines });
        }
        if (line.kind === 'overlong') await run.overlong(line);
      }
    }
    await run.batch(batch);
    options.onProgress?.({ ...progress, lines: run.lines });
    return run.result();
  } finally {
    await rejects.close();
    await run.end();
  }
}

class ImportRun {
  lines = 0;
  private imported = 0;
  private skipped = 0;
  private readonly rejectedByCode: Record<string, number> = {};
  private readonly known: KnownFacts;
  private readonly scratch: ScratchSource | undefined;

  constructor(
    private readonly target: ImportTarget,
    private readonly options: ImportOptions,
    private readonly rejects: RejectFiles,
  ) {
    const register: KnownSource = new RegisterSource(target.store, target.log, target.index);
    this.scratch = options.dryRun ? new ScratchSource(register) : undefined;
    this.known = new KnownFacts(this.scratch ?? register);
  }

  async begin(): Promise<void> {
    await this.target.index.reach();
    if (!this.options.dryRun && !this.target.index.runs) await this.target.index.takeOver();
  }

  async end(): Promise<void> {
    await this.scratch?.close();
  }

  result(): ImportResult {
    const rejected = Object.values(this.rejectedByCode).reduce((sum, count) => sum + count, 0);
    return {
      lines: this.lines,
      imported: this.imported,
      skipped: this.skipped,
      rejected,
      rejectedByCode: this.rejectedByCode,
      ...(rejected > 0 ? { rejectFiles: { reasons: this.rejects.path, lines: this.rejects.linesPath } } : {}),
    };
  }

  /** A piece of a line that is too long; it is copied as it comes and never held. */
  async overlong(line: Extract<Line, { kind: 'overlong' }>): Promise<void> {
    await this.rejects.piece(line.piece);
    if (!line.last) return;
    this.lines += 1;
    await this.rejects.piece(Buffer.from('\n'));
    await this.reject(line.number, new Reject('TOO_LONG', `is longer than ${MAX_LINE_BYTES} bytes`), undefined, undefined);
  }

  async batch(lines: readonly Numbered[]): Promise<void> {
    this.lines += lines.length;
    const read = lines.map((line) => this.read(line));
    await this.known.prepare(this.asksOf(read));
    const stored = await this.storedFacts(read);
    const day = today(this.target.clock);
    const facts: { readonly fact: FactToRecord; readonly line: Numbered }[] = [];
    for (const [at, candidate] of read.entries()) {
      const line = lines[at] as Numbered;
      try {
        if (candidate instanceof Reject) throw candidate;
        const fact = this.newFact(candidate, stored, day);
        if (fact) facts.push({ fact, line });
        else this.skipped += 1;
      } catch (error) {
        if (!(error instanceof Reject)) throw error;
        await this.reject(line.number, error, refOf(line.bytes), line.bytes);
      }
    }
    await this.record(facts);
  }

  private read(line: Numbered): Candidate | Reject {
    try {
      const parsed = parseHistoryLine(line.bytes);
      const { source } = this.options;
      const data = resolveRefs(parsed.data, (ref) => importedEventId(source, ref));
      return { line: { ...parsed, data }, eventId: importedEventId(source, parsed.ref), source };
    } catch (error) {
      if (error instanceof Reject) return error;
      throw error;
    }
  }

  private asksOf(read: readonly (Candidate | Reject)[]): Asks {
    const asks = noAsks();
    for (const candidate of read) {
      if (candidate instanceof Reject) continue;
      const { line, eventId } = candidate;
      asks.entries.add(eventId);
      asks.streams.add(line.stream);
      if (line.stream.startsWith('policy-')) asks.streams.add(line.stream.replace('policy-', 'controller-'));
      const correction = line.type === 'EntryCorrected';
      visitNamedIds(line.data, (id, target) => {
        for (const category of target.categories) asks.streams.add(`${category}-${id}`);
        if (target.entry) asks.entries.add(id);
        for (const kind of target.things) {
          asks.things.add(`${kind} ${id}`);
          if (correction) asks.correctedThings.add(`${kind} ${id}`);
        }
      });
    }
    return asks;
  }

  /** The facts that the log holds under the refs of these lines. */
  private async storedFacts(read: readonly (Candidate | Reject)[]): Promise<Map<string, OpenedEvent>> {
    const stored = new Map<string, OpenedEvent>();
    const ids = read.flatMap((candidate) => (candidate instanceof Reject || !this.known.entry(candidate.eventId) ? [] : [candidate.eventId]));
    if (ids.length === 0) return stored;
    for (const [id, place] of await this.target.store.find(ids)) {
      const events = await this.target.log.readStream(place.stream, { from: place.revision, limit: 1 });
      for (const event of await this.target.log.open(events)) if (event.id === id) stored.set(id, event);
    }
    return stored;
  }

  /** The fact of a line if it is new; undefined when it is known already. @throws Reject */
  private newFact(candidate: Candidate, stored: ReadonlyMap<string, OpenedEvent>, day: string): FactToRecord | undefined {
    const fact = factOfLine(candidate, this.known, day);
    const before = stored.get(fact.id);
    const sameFile = this.known.freshFact(fact.id);
    if (before || sameFile || this.scratch?.has(fact.id)) {
      const same = before ? hasSameContent(fact, before) : sameFile ? saysTheSame(fact, sameFile) : this.scratch?.saysTheSame(fact);
      if (!same) throw new Reject('REF_CONFLICT', 'the ref stands for another fact already');
      return undefined;
    }
    checkNewFact(fact, this.known);
    this.known.add(fact);
    return fact;
  }

  private async record(batch: readonly { readonly fact: FactToRecord; readonly line: Numbered }[]): Promise<void> {
    if (batch.length === 0) return;
    if (this.scratch) {
      await this.scratch.add(batch.map(({ fact }) => fact));
      this.imported += batch.length;
      return;
    }
    const answers = await this.target.log.appendAll(batch.map(({ fact }) => ({ stream: fact.stream, expected: this.expected(fact), facts: [fact] })));
    const landed: { readonly fact: FactToRecord; readonly result: AppendResult }[] = [];
    for (const [at, answer] of answers.entries()) {
      const { fact, line } = batch[at] as (typeof batch)[number];
      if (!(answer instanceof Error)) landed.push({ fact, result: answer });
      else if (answer instanceof PersonForgottenError) await this.reject(line.number, new Reject('PERSON_FORGOTTEN', 'the person was forgotten in this register'), fact.origin?.ref, line.bytes);
      else throw answer satisfies EventStoreError;
    }
    for (const { result } of landed) {
      if (result.already) this.skipped += 1;
      else this.imported += 1;
    }
    await this.index(landed);
  }

  private expected(fact: FactToRecord): 'ANY' | 'NO_STREAM' | 'STREAM_EXISTS' {
    if (eventCatalogue.get(fact.type)?.opens) return 'NO_STREAM';
    return fact.stream.startsWith('policy-') ? 'ANY' : 'STREAM_EXISTS';
  }

  // Facts that were just recorded need not be read again, unless somebody else's lie between them.
  private async index(landed: readonly { readonly fact: FactToRecord; readonly result: AppendResult }[]): Promise<void> {
    const { index, store } = this.target;
    const { position, facts } = index.reached;
    const alone = store.gapless && landed.length > 0 && !landed.some(({ fact }) => isShared(fact)) && landed.every(({ result }, at) => !result.already && result.position === position + BigInt(at) + 1n);
    const last = position + BigInt(landed.length);
    const [first, end] = alone ? [await this.recordedAt(position), await this.recordedAt(last - 1n)] : [];
    // Time never runs backwards along the log, so equal ends mean that all of them were recorded at one instant.
    if (end === undefined || first !== end) return index.reach();
    try {
      await index.apply(landed.map(({ fact }) => fact), [], [{ position: last, recordedAt: end, facts: facts + landed.length }]);
    } catch (error) {
      if (!(error instanceof CheckpointMoved)) throw error;
      await index.reach();
    }
  }

  private async recordedAt(after: bigint): Promise<string | undefined> {
    return (await this.target.store.readLog({ from: after, limit: 1 }))[0]?.recordedAt;
  }

  private async reject(line: number, reject: Reject, ref: string | undefined, raw: Buffer | undefined): Promise<void> {
    this.rejectedByCode[reject.code] = (this.rejectedByCode[reject.code] ?? 0) + 1;
    await this.rejects.add(line, reject, ref, raw);
  }
}
