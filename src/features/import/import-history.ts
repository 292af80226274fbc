import type { AppendResult, EventStore, EventStoreError } from '../../kernel/event-store/event-store.js';
import type { RecordedEvent } from '../../kernel/event-sourcing/envelope.js';
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

/** Records facts as an {@link EventLog} does. */
export type FactRecorder = Pick<EventLog, 'appendAll'>;

/** What an import works on. */
export interface ImportTarget {
  readonly store: EventStore;
  readonly log: EventLog;
  /** Something that puts facts into that log beside this thread; where there is none, the log itself does. */
  readonly recordingThread?: () => FactRecorder & { close(): Promise<void> };
  readonly index: IndexProjection;
  readonly clock: Clock;
}

interface Numbered {
  readonly number: number;
  readonly bytes: Buffer;
}

interface FactOfLine {
  readonly fact: FactToRecord;
  readonly line: Numbered;
}

interface TurnedAway {
  readonly line: Numbered;
  readonly reject: Reject;
}

/** What a batch of lines came to. */
interface Checked {
  readonly facts: FactOfLine[];
  readonly rejected: TurnedAway[];
  skipped: number;
}

/** What became of a batch in the log. */
interface Recorded {
  readonly facts: { readonly fact: FactToRecord; readonly result: AppendResult }[];
  readonly refused: TurnedAway[];
}

const NOTHING: Recorded = { facts: [], refused: [] };

/**
 * Imports a history file (contract §2), streaming. Good lines land in the order of the file, wrong ones are turned away one by one.
 * Safe to run again after a crash at any point: a fact's id follows from source and ref, so nothing lands twice.
 */
export async function importHistory(target: ImportTarget, options: ImportOptions): Promise<ImportResult> {
  const rejects = new RejectFiles(options.rejectFile, options.file);
  const { lines, progress } = await openLines(options.file);
  const thread = options.dryRun ? undefined : target.recordingThread?.();
  const run = new ImportRun(target, thread ?? target.log, options, rejects);
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
        if (line.kind !== 'overlong') continue;
        // Its pieces are copied one after the other: nothing else may be rejected in between.
        await run.finish();
        await run.overlong(line);
      }
    }
    await run.batch(batch);
    await run.finish();
    options.onProgress?.({ ...progress, lines: run.lines });
    return run.result();
  } finally {
    await rejects.close();
    await run.end();
    await thread?.close();
  }
}

class ImportRun {
  lines = 0;
  private imported = 0;
  private skipped = 0;
  private readonly rejectedByCode: Record<string, number> = {};
  private known: KnownFacts;
  private readonly source: KnownSource;
  private readonly scratch: ScratchSource | undefined;
  private recording: Promise<Recorded> = Promise.resolve(NOTHING);

  constructor(
    private readonly target: ImportTarget,
    private readonly recorder: FactRecorder,
    private readonly options: ImportOptions,
    private readonly rejects: RejectFiles,
  ) {
    const register: KnownSource = new RegisterSource(target.store, target.log, target.index);
    this.scratch = options.dryRun ? new ScratchSource(register) : undefined;
    this.source = this.scratch ?? register;
    this.known = new KnownFacts(this.source);
  }

  async begin(): Promise<void> {
    await this.target.index.reach();
    if (!this.options.dryRun && !this.target.index.runs) await this.target.index.takeOver();
  }

  /** Ends it also when it failed: what is under way is waited for. */
  async end(): Promise<void> {
    await this.recording.catch(() => undefined);
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
    await this.reject({ number: line.number }, new Reject('TOO_LONG', `is longer than ${MAX_LINE_BYTES} bytes`));
  }

  /** Takes the next lines in. They are checked while those before them are being recorded, and recorded while the next are checked. */
  async batch(lines: readonly Numbered[]): Promise<void> {
    let checked = await this.check(lines);
    let { facts, refused } = await this.recorded();
    if (refused.length > 0) {
      // Something that these lines were checked against did not get into the log.
      await this.index(facts);
      facts = [];
      this.known = new KnownFacts(this.source);
      checked = await this.check(lines);
    }
    this.lines += lines.length;
    this.skipped += checked.skipped;
    for (const { line, reject } of checked.rejected) await this.reject(line, reject);
    this.recording = this.record(checked.facts);
    // Waited for later; until then its failing is nobody's business.
    this.recording.catch(() => undefined);
    await this.index(facts);
    if (this.scratch) await this.recording;
  }

  /** Waits until everything is recorded and indexed. */
  async finish(): Promise<void> {
    await this.index((await this.recorded()).facts);
  }

  private async check(lines: readonly Numbered[]): Promise<Checked> {
    const read = lines.map((line) => this.read(line));
    await this.known.prepare(this.asksOf(read));
    const stored = await this.storedFacts(read);
    const day = today(this.target.clock);
    const checked: Checked = { facts: [], rejected: [], skipped: 0 };
    for (const [at, candidate] of read.entries()) {
      const line = lines[at] as Numbered;
      try {
        if (candidate instanceof Reject) throw candidate;
        const fact = this.newFact(candidate, stored, day);
        if (fact) checked.facts.push({ fact, line });
        else checked.skipped += 1;
      } catch (error) {
        if (!(error instanceof Reject)) throw error;
        checked.rejected.push({ line, reject: error });
      }
    }
    return checked;
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

  private async record(batch: readonly FactOfLine[]): Promise<Recorded> {
    if (batch.length === 0) return NOTHING;
    if (this.scratch) {
      await this.scratch.add(batch.map(({ fact }) => fact));
      this.imported += batch.length;
      return NOTHING;
    }
    const answers = await this.recorder.appendAll(batch.map(({ fact }) => ({ stream: fact.stream, expected: this.expected(fact), facts: [fact] })));
    const recorded: Recorded = { facts: [], refused: [] };
    for (const [at, answer] of answers.entries()) {
      const { fact, line } = batch[at] as FactOfLine;
      if (!(answer instanceof Error)) recorded.facts.push({ fact, result: answer });
      else if (answer instanceof PersonForgottenError) recorded.refused.push({ line, reject: new Reject('PERSON_FORGOTTEN', 'the person was forgotten in this register') });
      else throw answer satisfies EventStoreError;
    }
    return recorded;
  }

  /** What became of the lines that were being recorded. */
  private async recorded(): Promise<Recorded> {
    const recorded = await this.recording;
    this.recording = Promise.resolve(NOTHING);
    for (const { result } of recorded.facts) {
      if (result.already) this.skipped += 1;
      else this.imported += 1;
    }
    for (const { line, reject } of recorded.refused) await this.reject(line, reject);
    return recorded;
  }

  private expected(fact: FactToRecord): 'ANY' | 'NO_STREAM' | 'STREAM_EXISTS' {
    if (eventCatalogue.get(fact.type)?.opens) return 'NO_STREAM';
    return fact.stream.startsWith('policy-') ? 'ANY' : 'STREAM_EXISTS';
  }

  // Facts that were just recorded need not be read again, unless somebody else's lie between them.
  private async index(landed: Recorded['facts']): Promise<void> {
    if (landed.length === 0) return;
    const { index, store, log } = this.target;
    const { position, facts } = index.reached;
    const alone = store.gapless && landed.every(({ result }, at) => !result.already && result.position === position + BigInt(at) + 1n);
    const last = position + BigInt(landed.length);
    const [first, end] = alone ? [await this.recordedAt(position), await this.recordedAt(last - 1n)] : [];
    // Time never runs backwards along the log, so equal ends mean that all of them were recorded at one instant.
    if (end === undefined || first !== end) return index.reach();
    const shared: RecordedEvent[] = [];
    for (const { fact, result } of landed) if (isShared(fact)) shared.push(...(await log.readStream(fact.stream, { from: result.revision, limit: 1 })));
    try {
      await index.apply(landed.map(({ fact }) => fact), shared, [{ position: last, recordedAt: end, facts: facts + landed.length }]);
    } catch (error) {
      if (!(error instanceof CheckpointMoved)) throw error;
      await index.reach();
    }
  }

  private async recordedAt(after: bigint): Promise<string | undefined> {
    return (await this.target.store.readLog({ from: after, limit: 1 }))[0]?.recordedAt;
  }

  private async reject({ number, bytes }: Pick<Numbered, 'number'> & Partial<Numbered>, reject: Reject): Promise<void> {
    this.rejectedByCode[reject.code] = (this.rejectedByCode[reject.code] ?? 0) + 1;
    await this.rejects.add(number, reject, bytes && refOf(bytes), bytes);
  }
}
