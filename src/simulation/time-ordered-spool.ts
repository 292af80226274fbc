import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SECONDS_PER_DAY = 86_400;
const FINE_SECONDS = 1_800;
const FINE_DAYS = 31;
const DEFAULT_BUDGET = 32 * 1024 * 1024;
const KEY_LENGTH = 5;

/**
 * Puts texts into the order of their moments with bounded memory: a bucket per day (per half hour in the first month,
 * when a register is filled), kept in memory up to a budget and on disk beyond it, each bucket sorted when its turn comes.
 * Texts of the same second keep the order in which they were added. Small histories never touch the disk.
 */
export class TimeOrderedSpool {
  private readonly buckets = new Map<number, string[]>();
  private readonly onDisk = new Set<number>();
  private readonly fineUntil: number;
  private held = 0;
  private folder: string | undefined;

  /**
   * @param start first second (since 1970-01-01) that can occur
   * @param budget characters to hold in memory before the buckets are written to a temporary folder
   */
  constructor(
    start: number,
    private readonly budget = DEFAULT_BUDGET,
  ) {
    this.fineUntil = start + FINE_DAYS * SECONDS_PER_DAY;
  }

  /** Adds one line (no line break in it) of the second `at` since 1970-01-01. @throws when the temporary folder is full. */
  add(at: number, line: string): void {
    const bucket = at < this.fineUntil ? Math.floor(at / FINE_SECONDS) * FINE_SECONDS : at - (at % SECONDS_PER_DAY);
    const entry = String(at % SECONDS_PER_DAY).padStart(KEY_LENGTH, '0') + line;
    const lines = this.buckets.get(bucket);
    if (lines) lines.push(entry);
    else this.buckets.set(bucket, [entry]);
    this.held += entry.length;
    if (this.held > this.budget) this.spill();
  }

  /** All lines in the order of their moments; what was handed out is let go of. */
  *drain(): Generator<string> {
    const order = [...new Set([...this.buckets.keys(), ...this.onDisk])].sort((a, b) => a - b);
    for (const bucket of order) yield* this.sorted(bucket);
  }

  /** Removes the temporary folder, if there is one. */
  close(): void {
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
    this.folder = undefined;
    this.buckets.clear();
    this.onDisk.clear();
  }

  private spill(): void {
    this.folder ??= mkdtempSync(join(tmpdir(), 'fok-simulate-'));
    for (const [bucket, lines] of this.buckets) {
      appendFileSync(this.file(bucket), `${lines.join('\n')}\n`);
      this.onDisk.add(bucket);
    }
    this.buckets.clear();
    this.held = 0;
  }

  private *sorted(bucket: number): Generator<string> {
    const entries: string[] = [];
    if (this.onDisk.delete(bucket)) {
      for (const entry of readFileSync(this.file(bucket), 'utf8').split('\n')) if (entry) entries.push(entry);
      rmSync(this.file(bucket));
    }
    for (const entry of this.buckets.get(bucket) ?? []) entries.push(entry);
    this.buckets.delete(bucket);
    const keyed = entries.map((entry) => ({ key: Number(entry.slice(0, KEY_LENGTH)), entry }));
    keyed.sort((a, b) => a.key - b.key);
    for (const { entry } of keyed) yield entry.slice(KEY_LENGTH);
  }

  private file(bucket: number): string {
    return join(this.folder ?? '', String(bucket));
  }
}
