import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SECONDS_PER_DAY = 86_400;
/** Buckets begin on whole multiples of their length. */
const COARSE_SECONDS = 2 * SECONDS_PER_DAY;
const FINE_SECONDS = 1_800;
const FINE_DAYS = 32;
const DEFAULT_BUDGET = 32 * 1024 * 1024;
const FIRST_CAPACITY = 2_048;
const GROWTH = 1.5;
const LINE_BREAK = 0x0a;
/** Every line is a JSON object; its second stands before its brace. */
const OPENING_BRACE = 0x7b;
/** No character of a JavaScript string takes more in UTF-8. */
const BYTES_PER_CHARACTER = 3;

/**
 * Puts lines into the order of their moments with bounded memory: a bucket for two days (for half an hour in the first
 * month, when a register is filled), kept in memory up to a budget and in a temporary folder beyond it, each bucket
 * sorted when its turn comes. Lines of the same second keep the order in which they were added. Small histories never
 * touch the disk.
 */
export class TimeOrderedSpool {
  private readonly buckets = new Map<number, Bucket>();
  private readonly onDisk = new Set<number>();
  private readonly fineUntil: number;
  private held = 0;
  private folder: string | undefined;

  /**
   * @param start first second (since 1970-01-01) that can occur
   * @param budget bytes to hold in memory before the buckets are written to a temporary folder
   * @param parent where that folder is made
   */
  constructor(
    start: number,
    private readonly budget = DEFAULT_BUDGET,
    private readonly parent = tmpdir(),
  ) {
    this.fineUntil = start - (start % COARSE_SECONDS) + FINE_DAYS * SECONDS_PER_DAY;
  }

  /**
   * Adds one line (no line break in it) of the second `at` since 1970-01-01.
   * @throws when the temporary folder is full.
   */
  add(at: number, line: string): void {
    const start = at < this.fineUntil ? at - (at % FINE_SECONDS) : at - (at % COARSE_SECONDS);
    let bucket = this.buckets.get(start);
    if (!bucket) {
      bucket = new Bucket();
      this.buckets.set(start, bucket);
    }
    this.held += bucket.push(at - start, line);
    if (this.held > this.budget) this.spill();
  }

  /** All lines in the order of their moments; what was handed out is let go of. */
  *drain(): Generator<string> {
    const order = [...this.buckets.keys()].sort((a, b) => a - b);
    for (const start of order) yield* sorted(this.take(start));
  }

  /** Removes the temporary folder, if there is one. */
  close(): void {
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
    this.folder = undefined;
    this.buckets.clear();
    this.onDisk.clear();
  }

  private spill(): void {
    this.folder ??= mkdtempSync(join(this.parent, 'fok-simulate-'));
    for (const [start, bucket] of this.buckets) {
      if (bucket.bytes().length === 0) continue;
      appendFileSync(this.file(start), bucket.bytes());
      this.onDisk.add(start);
      bucket.empty();
    }
    this.held = 0;
  }

  private take(start: number): Buffer {
    const inMemory = this.buckets.get(start)?.bytes() ?? Buffer.alloc(0);
    this.buckets.delete(start);
    if (!this.onDisk.delete(start)) return inMemory;
    const file = this.file(start);
    const bytes = Buffer.concat([readFileSync(file), inMemory]);
    rmSync(file);
    return bytes;
  }

  private file(start: number): string {
    return join(this.folder ?? '', String(start));
  }
}

/**
 * The lines of one span of time as bytes, each with its second before it: strings would keep the garbage collector
 * busy.
 */
class Bucket {
  private buffer = Buffer.allocUnsafe(FIRST_CAPACITY);
  private length = 0;

  /** @returns by how many bytes the bucket grew. */
  push(second: number, line: string): number {
    const entry = `${second}${line}\n`;
    const room = this.length + entry.length * BYTES_PER_CHARACTER;
    if (room > this.buffer.length) {
      const larger = Buffer.allocUnsafe(Math.ceil(room * GROWTH));
      this.buffer.copy(larger, 0, 0, this.length);
      this.buffer = larger;
    }
    const written = this.buffer.write(entry, this.length, 'utf8');
    this.length += written;
    return written;
  }

  bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  /** Forgets the lines and keeps the room, which the next ones will need. */
  empty(): void {
    this.length = 0;
  }
}

/** The lines of a bucket by their second, each made into a string only when its turn comes. */
function* sorted(bytes: Buffer): Generator<string> {
  const lines: { readonly second: number; readonly from: number; readonly to: number }[] = [];
  for (let at = 0; at < bytes.length;) {
    const to = bytes.indexOf(LINE_BREAK, at);
    const from = bytes.indexOf(OPENING_BRACE, at);
    lines.push({ second: Number(bytes.toString('latin1', at, from)), from, to });
    at = to + 1;
  }
  lines.sort((a, b) => a.second - b.second);
  for (const { from, to } of lines) yield bytes.toString('utf8', from, to);
}
