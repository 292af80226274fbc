import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { systemMessage } from '../kernel/system-message.js';
import { GzipError, unpacked } from './unpacked.js';

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

/** Progress through the file, in bytes as they lie on disk. Of a pipe nobody knows how many there are. */
export interface ReadProgress {
  readonly bytesRead: number;
  readonly bytesTotal: number | undefined;
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
    this.reason = cause instanceof GzipError ? UNPACKING[cause.fault] : (systemMessage(cause) ?? 'it cannot be read');
  }
}

const UNPACKING: Readonly<Record<GzipError['fault'], string>> = {
  CUT_OFF: 'the gzip file is cut off',
  DAMAGED: 'the gzip file is damaged',
  RUBBISH_BEHIND: 'what follows in the gzip file is no gzip',
};

/** Bytes that are read at a time. */
const CHUNK_BYTES = 1 << 20;

/** Packed bytes that are unpacked at a time: few, because a hostile file can hold a thousand times as many. */
const PACKED_BYTES = 1 << 15;

/** What stands for standard input where a file is named. */
const STANDARD_INPUT = new Set(['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

/** Whether a file can be read once only, as a pipe: it has no length, and nothing can be kept beside it. */
export function isPipe(path: string): boolean {
  return STANDARD_INPUT.has(path) || !statSync(path).isFile();
}

/**
 * Opens a history file, plain or gzip: a file, a pipe, or standard input (`-`). It is opened once and read front to back.
 * @returns its lines, raw and without line ends, and how far reading has come
 * @throws the file system's error; the lines throw {@link BrokenOff}
 */
export async function openLines(
  path: string,
  input: AsyncIterable<Buffer> = process.stdin,
): Promise<{ lines: AsyncGenerator<Line[]>; progress: ReadProgress }> {
  const file = STANDARD_INPUT.has(path) ? undefined : await open(path, 'r');
  const stat = await file?.stat();
  const progress = { bytesRead: 0, bytesTotal: stat?.isFile() ? stat.size : undefined };
  const raw: AsyncIterable<Buffer> = file ? file.createReadStream({ highWaterMark: CHUNK_BYTES }) : input;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of raw) {
      progress.bytesRead += chunk.length;
      yield chunk;
    }
  };
  return { lines: splitLines(plain(counted())), progress };
}

/** What the bytes say, unpacked where they begin as gzip. */
async function* plain(chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let begin: Buffer = Buffer.alloc(0);
  while (begin.length < GZIP_MAGIC.length) {
    const { done, value } = await chunks.next();
    if (done) break;
    begin = Buffer.concat([begin, value]);
  }
  const all = async function* (): AsyncGenerator<Buffer> {
    if (begin.length > 0) yield begin;
    yield* chunks;
  };
  yield* GZIP_MAGIC.every((byte, at) => begin[at] === byte) ? unpacked(pieces(all())) : all();
}

async function* pieces(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PACKED_BYTES) yield chunk.subarray(at, at + PACKED_BYTES);
  }
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
    // What was packed ended before: its last line is whole, with or without a line end.
    const rest = error instanceof GzipError && error.fault === 'RUBBISH_BEHIND' ? splitter.rest() : undefined;
    const last = splitter.endOverlong() ?? rest;
    if (last) yield [last];
    throw new BrokenOff(splitter.whole + (rest ? 1 : 0), error);
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
