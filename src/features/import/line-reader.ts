import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream';

/** The longest line that is read as one, in bytes without its line end. */
export const MAX_LINE_BYTES = 1_048_576;

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const GZIP_MAGIC = [0x1f, 0x8b];
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** A whole line, or a piece of one that is too long to be held: its pieces come one by one, `last` with the final one. */
export type Line =
  | { readonly kind: 'line'; readonly number: number; readonly bytes: Buffer }
  | { readonly kind: 'overlong'; readonly number: number; readonly piece: Buffer; readonly last: boolean };

/** Progress through the file, in bytes as they lie on disk. */
export interface ReadProgress {
  readonly bytesRead: number;
  readonly bytesTotal: number;
}

/** Opens a history file, plain or gzip. @returns its lines, raw and without line ends, and how far reading has come. */
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
  const raw = createReadStream(path, { highWaterMark: 1 << 20 });
  // Asked of the stream: a listener would set it flowing, and what flows before the lines are asked for is lost.
  const progress: ReadProgress = { get bytesRead() { return raw.bytesRead; }, bytesTotal: size };
  const gzipped = magic[0] === GZIP_MAGIC[0] && magic[1] === GZIP_MAGIC[1];
  // pipeline() hands an error of the file on to the reader of the gunzip; it is thrown there.
  const source = gzipped ? pipeline(raw, createGunzip({ chunkSize: 1 << 18 }), () => undefined) : raw;
  return { lines: splitLines(source as AsyncIterable<Buffer>), progress };
}

/** Splits bytes into lines; yields the lines of each chunk together. Holds at most one line of {@link MAX_LINE_BYTES}. */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line[]> {
  let number = 1;
  let held: Buffer = Buffer.alloc(0);
  let overlong = false;
  let first = true;
  for await (const next of chunks) {
    let chunk = next;
    if (first && chunk.length > 0) {
      first = false;
      if (chunk.subarray(0, 3).equals(BYTE_ORDER_MARK)) chunk = chunk.subarray(3);
    }
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE, start); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const piece = chunk.subarray(start, end);
      start = end + 1;
      if (overlong) lines.push({ kind: 'overlong', number, piece, last: true });
      else lines.push(toLine(number, held.length === 0 ? piece : Buffer.concat([held, piece])));
      held = Buffer.alloc(0);
      overlong = false;
      number += 1;
    }
    const rest = chunk.subarray(start);
    if (overlong) {
      if (rest.length > 0) lines.push({ kind: 'overlong', number, piece: rest, last: false });
    } else {
      held = held.length === 0 ? Buffer.from(rest) : Buffer.concat([held, rest]);
      // One byte more than the limit may still be the carriage return of a line that fits.
      if (held.length > MAX_LINE_BYTES + 1) {
        lines.push({ kind: 'overlong', number, piece: held, last: false });
        held = Buffer.alloc(0);
        overlong = true;
      }
    }
    if (lines.length > 0) yield lines;
  }
  if (overlong) yield [{ kind: 'overlong', number, piece: Buffer.alloc(0), last: true }];
  else if (held.length > 0) yield [toLine(number, held)];
}

function toLine(number: number, bytes: Buffer): Line {
  const line = bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
  return line.length > MAX_LINE_BYTES ? { kind: 'overlong', number, piece: line, last: true } : { kind: 'line', number, bytes: line };
}
