import { crc32, createInflateRaw, type InflateRaw } from 'node:zlib';

/** What a gzip file is wrong in. Everything that could be unpacked before was given. */
export class GzipError extends Error {
  /** @param fault the file ends within a part, a part is not what was packed, or what follows the last part is none */
  constructor(readonly fault: 'CUT_OFF' | 'DAMAGED' | 'RUBBISH_BEHIND') {
    super(fault);
  }
}

const MAGIC = [0x1f, 0x8b];
const DEFLATE = 8;
const FLAGS = { checksum: 2, extra: 4, name: 8, comment: 16 };
/** Time, compression and system: nothing that is needed. */
const UNUSED_BYTES = 6;

/**
 * What a gzip file (RFC 1952) holds, its parts one after the other; zeros behind the last are passed over, as gunzip does.
 * Node's own Gunzip loses what it has unpacked of a piece when something else follows in it, and so all of a small file.
 * @throws GzipError
 */
export async function* unpacked(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = new Pieces(packed);
  let behind = false;
  try {
    do {
      if (!(await readHeader(source))) throw new GzipError(behind ? 'RUBBISH_BEHIND' : 'DAMAGED');
      yield* inflated(source);
      behind = true;
    } while (await source.reachesMore());
  } finally {
    await source.close();
  }
}

/** @returns false when what stands there is no beginning of a part */
async function readHeader(source: Pieces): Promise<boolean> {
  for (const expected of [...MAGIC, DEFLATE]) if ((await source.byte()) !== expected) return false;
  const flags = await source.byte();
  await source.skip(UNUSED_BYTES);
  if (flags & FLAGS.extra) await source.skip((await source.byte()) + 256 * (await source.byte()));
  for (const text of [FLAGS.name, FLAGS.comment]) if (flags & text) while ((await source.byte()) !== 0);
  if (flags & FLAGS.checksum) await source.skip(2);
  return true;
}

async function* inflated(source: Pieces): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: 1 << 18 });
  const ready: Buffer[] = [];
  // Always flowing: what a piece holds is bounded by the size of the pieces, and is given before the next piece is read.
  inflate.on('data', (chunk: Buffer) => ready.push(chunk));
  const ended = new Promise<{ readonly failed: boolean }>((resolve) => {
    inflate.once('end', () => resolve({ failed: false })).once('error', () => resolve({ failed: true }));
  });
  let [fed, sum, size] = [0, 0, 0];
  try {
    for (;;) {
      const piece = await source.next();
      fed += piece.length;
      const end = await Promise.race([ended, written(inflate, piece)]);
      for (const chunk of ready.splice(0)) {
        sum = crc32(chunk, sum);
        size += chunk.length;
        yield chunk;
      }
      if (!end) continue;
      if (end.failed) throw new GzipError('DAMAGED');
      source.putBack(piece.subarray(piece.length - (fed - inflate.bytesWritten)));
      break;
    }
  } finally {
    inflate.destroy();
  }
  if ((await source.uint32()) !== sum || (await source.uint32()) !== size % 2 ** 32) throw new GzipError('DAMAGED');
}

function written(inflate: InflateRaw, piece: Buffer): Promise<undefined> {
  return new Promise((resolve) => {
    // A failure is told by the stream itself.
    inflate.write(piece, (failure) => {
      if (!failure) resolve(undefined);
    });
  });
}

/** Bytes that come in pieces, read one by one or piece by piece. */
class Pieces {
  private readonly pieces: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(pieces: AsyncIterable<Buffer>) {
    this.pieces = pieces[Symbol.asyncIterator]();
  }

  /** The next piece, or what is left of it. @throws GzipError CUT_OFF at the end */
  async next(): Promise<Buffer> {
    if (!(await this.hasMore())) throw new GzipError('CUT_OFF');
    const piece = this.rest;
    this.rest = Buffer.alloc(0);
    return piece;
  }

  /** @throws GzipError CUT_OFF at the end */
  async byte(): Promise<number> {
    const piece = await this.next();
    this.rest = piece.subarray(1);
    return piece[0] ?? 0;
  }

  async skip(count: number): Promise<void> {
    for (let skipped = 0; skipped < count; skipped += 1) await this.byte();
  }

  /** A number whose lowest byte comes first. */
  async uint32(): Promise<number> {
    let number = 0;
    for (const weight of [1, 2 ** 8, 2 ** 16, 2 ** 24]) number += weight * (await this.byte());
    return number;
  }

  putBack(rest: Buffer): void {
    this.rest = rest;
  }

  /** Whether anything but zeros follows; they are passed over. */
  async reachesMore(): Promise<boolean> {
    while (await this.hasMore()) {
      const begun = this.rest.findIndex((byte) => byte !== 0);
      this.rest = begun === -1 ? Buffer.alloc(0) : this.rest.subarray(begun);
      if (begun !== -1) return true;
    }
    return false;
  }

  /** Lets go of where the pieces come from. */
  async close(): Promise<void> {
    await this.pieces.return?.();
  }

  private async hasMore(): Promise<boolean> {
    while (this.rest.length === 0) {
      const { done, value } = await this.pieces.next();
      if (done) return false;
      this.rest = value;
    }
    return true;
  }
}
