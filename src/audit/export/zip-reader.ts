import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { promisify } from 'node:util';
import yauzl from 'yauzl';

/** So much of a file is read as one text at most; a hostile ZIP must not fill the memory. */
const TEXT_LIMIT = 64 * 1024 * 1024;

/** Reads the files of a ZIP. */
export class ZipReader {
  private constructor(
    private readonly zip: yauzl.ZipFile,
    private readonly entries: ReadonlyMap<string, yauzl.Entry>,
  ) {}

  /** @throws Error when the file is no ZIP, or a name stands in it twice */
  static async open(path: string): Promise<ZipReader> {
    const openZip = promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open);
    const zip = await openZip(path, { lazyEntries: false, autoClose: false, strictFileNames: true });
    const entries = new Map<string, yauzl.Entry>();
    await new Promise<void>((resolve, reject) => {
      zip.on('entry', (entry: yauzl.Entry) => {
        if (entries.has(entry.fileName)) reject(new Error('a file stands in it twice'));
        entries.set(entry.fileName, entry);
      });
      zip.once('end', resolve);
      zip.once('error', reject);
    });
    return new ZipReader(zip, entries);
  }

  get names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** @throws Error when the file is not there, is damaged, or is too large */
  async text(name: string): Promise<string> {
    return (await this.bytes(name)).toString('utf8');
  }

  /** @throws Error when the file is not there, is damaged, or is too large */
  async bytes(name: string): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of await this.read(name)) {
      bytes += (chunk as Buffer).length;
      if (bytes > TEXT_LIMIT) throw new Error(`${name} is too large`);
      chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks);
  }

  async measure(name: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of await this.read(name)) {
      hash.update(chunk as Buffer);
      bytes += (chunk as Buffer).length;
    }
    return { bytes, sha256: hash.digest('hex') };
  }

  /** The lines of a file, which end with a line feed and nothing else. */
  async *lines(name: string): AsyncGenerator<string> {
    const decoder = new StringDecoder('utf8');
    let rest = '';
    for await (const chunk of await this.read(name)) {
      const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
      rest = lines.pop()!;
      if (rest.length > TEXT_LIMIT) throw new Error(`${name} has a line that is too long`);
      yield* lines;
    }
    if (rest !== '') yield rest;
  }

  close(): void {
    this.zip.close();
  }

  private async read(name: string): Promise<Readable> {
    const entry = this.entries.get(name);
    if (!entry) throw new Error(`${name} is missing`);
    const openStream = promisify<yauzl.Entry, Readable>((which, done) =>
      this.zip.openReadStream(which, (error, stream) => done(error, stream)),
    );
    return openStream(entry);
  }
}
