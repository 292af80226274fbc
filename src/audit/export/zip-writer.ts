import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { DIGEST_PREFIX } from './export-format.js';

const DIGITS = 64;

/** A file inside a ZIP, written when its turn comes: after the ones before it are complete. */
export interface ZipPart {
  readonly name: string;
  content(): AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
}

export interface WrittenPart {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Writes a ZIP file whose last bytes are a digest of all the others. It appears under its name when it is complete and
 * on the disk, and only its owner can read it.
 * @param parts the files in their order; the content of each may rest on the `written` ones before it
 * @param written receives what was written
 * @throws the file system's error, or that of a part
 */
export async function writeZip(path: string, parts: readonly ZipPart[], written: WrittenPart[]): Promise<void> {
  const unfinished = `${path}.part`;
  try {
    await writeParts(unfinished, parts, written);
    await writeDigest(unfinished);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function writeParts(path: string, parts: readonly ZipPart[], written: WrittenPart[]): Promise<void> {
  const zip = new yazl.ZipFile();
  for (const part of parts) {
    zip.addReadStreamLazy(part.name, { mode: 0o100600 }, (give) => {
      const content = Readable.from(measured(part, written));
      // The library does not listen for the errors of what it reads.
      content.once('error', (error) => (zip.outputStream as Readable).destroy(error));
      give(null, content);
    });
  }
  zip.end({ forceZip64Format: false, comment: DIGEST_PREFIX + '0'.repeat(DIGITS) });
  await pipeline(zip.outputStream as Readable, createWriteStream(path, { mode: 0o600 }));
}

async function* measured(part: ZipPart, written: WrittenPart[]): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of part.content()) {
    const chunk = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : Buffer.from(piece);
    hash.update(chunk);
    bytes += chunk.length;
    yield chunk;
  }
  written.push({ name: part.name, bytes, sha256: hash.digest('hex') });
}

async function writeDigest(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    await file.write(await digestOf(path, size), size - DIGITS);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Whether the last bytes of a ZIP file are the digest of all the others. */
export async function hasRightDigest(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    if (size < DIGITS) return false;
    const { buffer } = await file.read(Buffer.alloc(DIGITS), 0, DIGITS, size - DIGITS);
    return buffer.toString('latin1') === (await digestOf(path, size));
  } finally {
    await file.close();
  }
}

async function digestOf(path: string, size: number): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { end: size - DIGITS - 1 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
