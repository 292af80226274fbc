import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { systemMessage } from '../kernel/system-message.js';
import { unpacked } from './unpacked.js';

/** The longest line that is read as one, in bytes without its line end. */
export const MAX_LINE_BYTES = 1_048_576;

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const GZIP_MAGIC = [0x1f, 0x8b];
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * A whole line, or a piece of one that is too long to be held: its pieces come one by one, `last` with the final one.
 */
export type Line =
  | { readonly kind: 'line'; readonly number: number; readonly bytes: Buffer }
  | { readonly kind: 'overlong'; readonly number: number; readonly piece: Buffer; readonly last: boolean };

/** Progress through the file, in bytes as they lie on disk. */
export interface ReadProgress {
  readonly bytesRead: number;
  readonly bytesTotal: number;
}

/** Reading ended before the file did; every whole line before that was given. */
export class BrokenOff extends Error {
  /** What was wrong, in words. */
  readonly reason: string;

  /** @param afterLine the number of the last whole line */
  constructor(
    readonly afterLine: number,
    cause: unknown,
  ) {
    super(`after line ${afterLine}`, { cause });
    this.reason = systemMessage(cause) ?? UNPACKING[codeOf(cause)] ?? 'it cannot be unpacked';
  }
}

/** What zlib says of a packed file. */
const UNPACKING: Readonly<Record<string, string>> = {
  Z_BUF_ERROR: 'the gzip file is cut off',
  Z_DATA_ERROR: 'the gzip file is damaged',
};

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** Packed bytes that are unpacked at a time: few, because a hostile file can hold a thousand times as many. */
const PACKED_BYTES = 1 << 15;

/**
 * Opens a history file, plain or gzip.
 * @returns its lines, raw and without line ends, and how far reading has come
 * @throws the file system's error; the lines throw {@link BrokenOff}
 */
export async function openLines(path: string): Promise<{ lines: AsyncGenerator<Line[]>; progress: ReadProgress }> {
  const file = await open(path, 'r');
  let magic: Buffer;
  let size: number;
  try {
    magic = Buffer.alloc(2);
    await file.read(magic, 0, 2, 0);
    size = (await file.stat()).size;
  } finally {
    await file.close();
  }
  const gzipped = magic[0] === GZIP_MAGIC[0] && magic[1] === GZIP_MAGIC[1];
  const raw = createReadStream(path, { highWaterMark: gzipped ? PACKED_BYTES : 1 << 20 });
  // Asked of the stream: a listener would set it flowing, and what flows before the lines are asked for is lost.
  const progress: ReadProgress = {
    get bytesRead() {
      return raw.bytesRead;
    },
    bytesTotal: size,
  };
  const bytes: AsyncIterable<Buffer> = raw;
  return { lines: splitLines(gzipped ? unpacked(bytes) : bytes), progress };
}

/**
 * Splits bytes into lines; yields the lines of each chunk together. Holds at most one line of {@link MAX_LINE_BYTES}.
 * @throws BrokenOff when the bytes end with an error: the line that they cut off is not given, since nobody knows how
 * it goes on
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line[]> {
  const splitter = new Splitter();
  try {
    for await (const chunk of chunks) {
      const lines = splitter.split(chunk);
      if (lines.length > 0) yield lines;
    }
  } catch (error) {
    const tooLong = splitter.endOverlong();
    if (tooLong) yield [tooLong];
    throw new BrokenOff(splitter.whole, error);
  }
  const last = splitter.endOverlong() ?? splitter.rest();
  if (last) yield [last];
}

/** Cuts chunks into lines, keeping what the next chunk goes on with. */
class Splitter {
  /** How many lines have ended. */
  whole = 0;
  private held: Buffer = Buffer.alloc(0);
  private overlong = false;
  private first = true;

  split(next: Buffer): Line[] {
    const chunk = this.withoutMark(next);
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE, start); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const piece = chunk.subarray(start, end);
      start = end + 1;
      if (this.overlong) lines.push({ kind: 'overlong', number: this.whole + 1, piece, last: true });
      else lines.push(toLine(this.whole + 1, this.held.length === 0 ? piece : Buffer.concat([this.held, piece])));
      this.held = Buffer.alloc(0);
      this.overlong = false;
      this.whole += 1;
    }
    const begun = this.keep(chunk.subarray(start));
    return begun ? [...lines, begun] : lines;
  }

  /** The end of a line that is too long, if one is under way. */
  endOverlong(): Line | undefined {
    return this.overlong ? { kind: 'overlong', number: this.whole + 1, piece: Buffer.alloc(0), last: true } : undefined;
  }

  /** A last line without a line end. */
  rest(): Line | undefined {
    return this.held.length > 0 ? toLine(this.whole + 1, this.held) : undefined;
  }

  private withoutMark(chunk: Buffer): Buffer {
    if (!this.first || chunk.length === 0) return chunk;
    this.first = false;
    return chunk.subarray(0, 3).equals(BYTE_ORDER_MARK) ? chunk.subarray(3) : chunk;
  }

  /** Keeps the beginning of a line. @returns a piece of it when it is too long to be kept */
  private keep(rest: Buffer): Line | undefined {
    if (!this.overlong) {
      this.held = this.held.length === 0 ? Buffer.from(rest) : Buffer.concat([this.held, rest]);
      // One byte more than the limit may still be the carriage return of a line that fits.
      if (this.held.length <= MAX_LINE_BYTES + 1) return undefined;
      const piece = this.held;
      this.held = Buffer.alloc(0);
      this.overlong = true;
      return { kind: 'overlong', number: this.whole + 1, piece, last: false };
    }
    return rest.length > 0 ? { kind: 'overlong', number: this.whole + 1, piece: rest, last: false } : undefined;
  }
}

function toLine(number: number, bytes: Buffer): Line {
  const line = bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
  return line.length > MAX_LINE_BYTES
    ? { kind: 'overlong', number, piece: line, last: true }
    : { kind: 'line', number, bytes: line };
}
