import { createGunzip, type Gunzip } from 'node:zlib';

/**
 * What a gzip stream holds; what follows after its end is passed over. Everything that could be unpacked is given
 * before an error is
 * thrown: an iterator over the unpacking stream itself loses what lies in its buffer when the stream is found to be cut
 * off.
 * @throws the error of the packed stream, or of zlib for one that is cut off or damaged
 */
export async function* unpacked(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  const ready: Buffer[] = [];
  // Always flowing: what a piece holds is bounded by the size of the pieces, and is given before the next piece is
  // read.
  gunzip.on('data', (chunk: Buffer) => ready.push(chunk));
  const ended = new Promise<{ readonly failure?: Error }>((resolve) => {
    gunzip.once('end', () => resolve({})).once('error', (failure) => resolve({ failure }));
  });
  try {
    let end: { readonly failure?: Error } | undefined;
    for await (const piece of packed) {
      end = await Promise.race([ended, written(gunzip, piece)]);
      yield* ready.splice(0);
      if (end) break;
    }
    if (!end) gunzip.end();
    const { failure } = await ended;
    yield* ready.splice(0);
    if (failure) throw failure;
  } finally {
    gunzip.destroy();
  }
}

function written(gunzip: Gunzip, piece: Buffer): Promise<undefined> {
  return new Promise((resolve) => {
    // A failure is told by the stream itself.
    gunzip.write(piece, (failure) => {
      if (!failure) resolve(undefined);
    });
  });
}
