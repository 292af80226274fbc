import { accessSync, constants, createWriteStream, statSync, type Stats, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { dirname, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { systemMessage } from '../kernel/system-message.js';
import { ImportError } from './import-error.js';
import type { RejectedLine, Rejects } from './rejects.js';

/**
 * The two files beside the input: the reasons as NDJSON, and the raw lines as they were, to be mended and imported.
 * They are made with the first rejected line and replace those of an earlier run.
 */
export class RejectFiles implements Rejects {
  private reasons: WriteStream | undefined;
  private lines: WriteStream | undefined;
  readonly files: { readonly reasons: string; readonly lines: string };

  /** @throws ImportError when the files could not be written, or would overwrite the input */
  constructor(path: string, input: string) {
    this.files = filesOf(path);
    assertRejectFile(path, input);
  }

  async add(rejected: RejectedLine, raw: Uint8Array | undefined): Promise<void> {
    this.reasons ??= opened(this.files.reasons);
    await put(this.reasons, `${JSON.stringify(rejected)}\n`);
    if (raw !== undefined) {
      await this.piece(raw);
      await this.piece(Buffer.from('\n'));
    }
  }

  async piece(bytes: Uint8Array): Promise<void> {
    this.lines ??= opened(this.files.lines);
    await put(this.lines, bytes);
  }

  async close(): Promise<void> {
    for (const stream of [this.reasons, this.lines]) {
      if (!stream) continue;
      stream.end();
      await finished(stream).catch((error: unknown) => {
        throw asImportError(stream, error);
      });
    }
  }
}

/**
 * Looks whether rejected lines can be kept there, before anything is done; makes and changes nothing.
 * @throws ImportError
 */
export function assertRejectFile(path: string, input: string): void {
  for (const target of Object.values(filesOf(path))) {
    if (isSameFile(target, input))
      throw new ImportError(`the reject file ${target} would overwrite the input; name another with --reject-file`);
    const there = statOf(target);
    try {
      if (there?.isDirectory())
        throw new ImportError(`the reject file ${target} is a folder; name a file with --reject-file`);
      accessSync(there ? target : dirname(resolve(target)), constants.W_OK);
    } catch (error) {
      throw error instanceof ImportError ? error : cannotWrite(target, error);
    }
  }
}

function filesOf(path: string): { readonly reasons: string; readonly lines: string } {
  return { reasons: path, lines: `${path}.lines` };
}

/** Whether two names mean one file, through links too. */
function isSameFile(one: string, other: string): boolean {
  const [first, second] = [statOf(one), statOf(other)];
  return (
    resolve(one) === resolve(other) ||
    (first !== undefined && second !== undefined && first.dev === second.dev && first.ino === second.ino)
  );
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

function opened(path: string): WriteStream {
  const stream = createWriteStream(path);
  // Thrown by the next write and by the end; without a listener it would end the process before that.
  stream.on('error', () => undefined);
  return stream;
}

async function put(stream: WriteStream, chunk: string | Uint8Array): Promise<void> {
  if (stream.errored) throw asImportError(stream, stream.errored);
  if (!stream.write(chunk))
    await once(stream, 'drain').catch((error: unknown) => {
      throw asImportError(stream, error);
    });
}

function asImportError(stream: WriteStream, error: unknown): ImportError {
  return cannotWrite(String(stream.path), error);
}

function cannotWrite(path: string, error: unknown): ImportError {
  return new ImportError(
    `the reject file ${path} cannot be written: ${systemMessage(error) ?? 'unexpected error'}; name another with --reject-file`,
    { cause: error },
  );
}
