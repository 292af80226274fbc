import type { Leave } from '../facts/access-given.js';
import type { EventLog } from '../kernel/event-sourcing/event-log.js';
import type { EventStore } from '../kernel/event-store/event-store.js';
import type { KeyStore } from '../kernel/privacy/key-store.js';
import type { Clock } from '../kernel/time/clock.js';
import type { IndexProjection } from '../judgement/index/index-projection.js';
import { type FactRecorder, FactWriter, NOTHING_RECORDED, type Recorded } from './fact-writer.js';
import { refOf } from './history-line.js';
import type { KnownSource } from './known-facts.js';
import { type FactOfLine, LineChecker, type NumberedLine } from './line-checker.js';
import { BrokenOff, type Line, MAX_LINE_BYTES, openLines, type ReadProgress } from './line-reader.js';
import { RegisterSource } from './register-source.js';
import { RejectFiles } from './reject-files.js';
import { type RejectedLine, type Rejects, toldRejects } from './rejects.js';
import { Reject } from './reject.js';
import { type SameNumber, SameNumbers } from './same-numbers.js';
import { ScratchSource } from './scratch-source.js';

/** Lines that are checked and recorded together; a batch is one flush of the embedded log. */
const BATCH_LINES = 1_000;
/** A batch of long lines ends earlier: it is held several times over, as text, as facts and as records. */
const BATCH_BYTES = 4 * 1_048_576;

/**
 * A store may turn away a line of so many bytes, sealed; it ends its batch, so that what rests on it is checked when
 * that is known.
 */
const LARGE_LINE = 262_144;

export interface ImportOptions {
  readonly file: string;
  /** Refs are unique per source; the same file under another name is another history. */
  readonly source: string;
  readonly dryRun: boolean;
  /** What of access the file may bring; what the contract says where nothing is said. */
  readonly leave?: Leave;
  /** Where rejected lines are kept; a dry run writes no file. */
  readonly rejectFile: string;
  /** Told of each rejected line in a dry run. */
  readonly onRejected?: (rejected: RejectedLine) => void;
  /** Told of each line that registers somebody under a number that another registration has. */
  readonly onSameNumber?: (told: SameNumber) => void;
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
  /** How many of them register somebody under a number that another registration of the controller has; absent for none. */
  readonly sameNumber?: number;
  readonly rejected: number;
  readonly rejectedByCode: Readonly<Record<string, number>>;
  /** The files that hold the reasons and the raw lines, when there are any. */
  readonly rejectFiles?: { readonly reasons: string; readonly lines: string };
  /**
   * The file could not be read to its end: the last line before that, and what was wrong. All else holds for the lines
   * up to there.
   */
  readonly brokenOff?: { readonly afterLine: number; readonly reason: string };
}

/** What an import works on. */
export interface ImportTarget {
  readonly store: EventStore;
  readonly log: EventLog;
  readonly keys: Pick<KeyStore, 'holders'>;
  /** Something that puts facts into that log beside this thread; where there is none, the log itself does. */
  readonly recordingThread?: () => FactRecorder & { close(): Promise<void> };
  readonly index: IndexProjection;
  readonly clock: Clock;
}

/**
 * Imports a history file (contract §2), streaming. Good lines land in the order of the file, wrong ones are turned away
 * one by one.
 * Safe to run again after a crash at any point: a fact's id follows from source and ref, so nothing lands twice.
 * @returns also for a file that ends in the middle, whose whole lines are taken in
 * @throws ImportError when the rejected lines cannot be kept, or an error of the file system or of a store
 */
export async function importHistory(target: ImportTarget, options: ImportOptions): Promise<ImportResult> {
  const rejects = options.dryRun
    ? toldRejects(options.onRejected ?? (() => undefined))
    : new RejectFiles(options.rejectFile, options.file);
  const { lines, progress } = await openLines(options.file);
  const thread = options.dryRun ? undefined : target.recordingThread?.();
  const run = new ImportRun(target, thread ?? target.log, options, rejects);
  try {
    try {
      await run.begin();
      await run.read(lines, progress);
    } finally {
      await run.end();
      await thread?.close();
    }
  } finally {
    // Last, since what is under way may still be refused; and whatever went wrong before: what was told of is kept.
    await rejects.close();
  }
  return run.result();
}

class ImportRun {
  lines = 0;
  private imported = 0;
  private skipped = 0;
  private readonly rejectedByCode: Record<string, number> = {};
  private readonly scratch: ScratchSource | undefined;
  private readonly checker: LineChecker;
  private readonly writer: FactWriter;
  private readonly numbers: SameNumbers;
  private sameNumber = 0;
  private recording: Promise<Recorded> = Promise.resolve(NOTHING_RECORDED);
  private brokenOff: BrokenOff | undefined;

  constructor(
    private readonly target: ImportTarget,
    recorder: FactRecorder,
    private readonly options: ImportOptions,
    private readonly rejects: Rejects,
  ) {
    const register: KnownSource = new RegisterSource(target.store, target.log, target.index);
    this.scratch = options.dryRun ? new ScratchSource(register) : undefined;
    this.checker = new LineChecker(
      {
        store: target.store,
        log: target.log,
        clock: target.clock,
        known: this.scratch ?? register,
        scratch: this.scratch,
      },
      options.source,
      options.leave ?? 'CONTRACT',
    );
    this.writer = new FactWriter(target, recorder);
    this.numbers = new SameNumbers(target.keys);
  }

  async begin(): Promise<void> {
    await this.target.index.reach();
    if (!this.options.dryRun && !this.target.index.runs) await this.target.index.takeOver();
  }

  /** Takes in all lines, or those before the place at which the file breaks off. */
  async read(lines: AsyncIterable<Line[]>, progress: ReadProgress): Promise<void> {
    const told = (): void => this.options.onProgress?.({ ...progress, lines: this.lines });
    let batch: NumberedLine[] = [];
    let bytes = 0;
    try {
      for await (const chunk of lines) {
        for (const line of chunk) {
          if (line.kind === 'line') {
            batch.push(line);
            bytes += line.bytes.length;
          }
          if (
            batch.length >= BATCH_LINES ||
            bytes >= BATCH_BYTES ||
            line.kind === 'overlong' ||
            line.bytes.length > LARGE_LINE
          ) {
            await this.batch(batch);
            batch = [];
            bytes = 0;
            told();
          }
          if (line.kind !== 'overlong') continue;
          // Its pieces are copied one after the other: nothing else may be rejected in between.
          await this.finish();
          await this.overlong(line);
        }
      }
    } catch (error) {
      if (!(error instanceof BrokenOff)) throw error;
      this.brokenOff = error;
    }
    await this.batch(batch);
    await this.finish();
    told();
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
      ...(this.sameNumber > 0 ? { sameNumber: this.sameNumber } : {}),
      rejected,
      rejectedByCode: this.rejectedByCode,
      ...(rejected > 0 && this.rejects.files ? { rejectFiles: this.rejects.files } : {}),
      ...(this.brokenOff ? { brokenOff: { afterLine: this.brokenOff.afterLine, reason: this.brokenOff.reason } } : {}),
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

  /**
   * Takes the next lines in. They are checked while those before them are being recorded, and recorded while the next
   * are checked.
   */
  async batch(lines: readonly NumberedLine[]): Promise<void> {
    let checked = await this.checker.check(lines);
    let { facts, refused } = await this.recorded();
    if (refused.length > 0) {
      // Something that these lines were checked against did not get into the log.
      await this.writer.index(facts);
      facts = [];
      this.checker.beginAnew();
      checked = await this.checker.check(lines);
    }
    this.lines += lines.length;
    this.skipped += checked.skipped;
    for (const { line, reject } of checked.rejected) await this.reject(line, reject);
    if (this.scratch) return this.imagine(this.scratch, checked.facts);
    this.recording = this.writer.record(checked.facts);
    // Waited for later; until then its failing is nobody's business.
    this.recording.catch(() => undefined);
    await this.writer.index(facts);
  }

  /** Waits until everything is recorded and indexed. */
  async finish(): Promise<void> {
    await this.writer.index((await this.recorded()).facts);
  }

  private async imagine(scratch: ScratchSource, batch: readonly FactOfLine[]): Promise<void> {
    if (batch.length > 0) await scratch.add(batch.map(({ fact }) => fact));
    this.imported += batch.length;
    this.tell(await this.numbers.imaginedAmong(batch));
  }

  /** What became of the lines that were being recorded. */
  private async recorded(): Promise<Recorded> {
    const recorded = await this.recording;
    this.recording = Promise.resolve(NOTHING_RECORDED);
    for (const { result } of recorded.facts) {
      if (result.already) this.skipped += 1;
      else this.imported += 1;
    }
    for (const { line, reject } of recorded.refused) await this.reject(line, reject);
    this.tell(await this.numbers.among(recorded.facts));
    return recorded;
  }

  private tell(same: readonly SameNumber[]): void {
    this.sameNumber += same.length;
    for (const told of same) this.options.onSameNumber?.(told);
  }

  private async reject(
    { number, bytes }: Pick<NumberedLine, 'number'> & Partial<NumberedLine>,
    reject: Reject,
  ): Promise<void> {
    this.rejectedByCode[reject.code] = (this.rejectedByCode[reject.code] ?? 0) + 1;
    const ref = bytes && refOf(bytes);
    await this.rejects.add(
      { line: number, code: reject.code, reason: reject.reason, ...(ref === undefined ? {} : { ref }) },
      bytes,
    );
  }
}
