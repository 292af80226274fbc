import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import type { Reject } from './reject.js';

/**
 * The two files beside the input: the reasons as NDJSON, and the raw lines as they were, to be mended and imported.
 * They are made with the first rejected line and replace those of an earlier run.
 */
export class RejectFiles {
  private reasons: WriteStream | undefined;
  private lines: WriteStream | undefined;
  readonly linesPath: string;

  /** @throws Error when writing the rejects would overwrite the input */
  constructor(
    readonly path: string,
    input: string,
  ) {
    this.linesPath = `${path}.lines`;
    for (const target of [this.path, this.linesPath]) if (resolve(target) === resolve(input)) throw new Error(`the reject file ${target} would overwrite the input; name another with --reject-file`);
  }

  /** Keeps a rejected line. `raw` is left out for a line that is copied in pieces by {@link piece}. */
  async add(line: number, reject: Reject, ref: string | undefined, raw: Uint8Array | undefined): Promise<void> {
    this.reasons ??= createWriteStream(this.path);
    await put(this.reasons, `${JSON.stringify({ line, code: reject.code, reason: reject.reason, ...(ref === undefined ? {} : { ref }) })}\n`);
    if (raw !== undefined) {
      await this.piece(raw);
      await this.piece(Buffer.from('\n'));
    }
  }

  /** Copies a piece of a line that is too long to be held. */
  async piece(bytes: Uint8Array): Promise<void> {
    this.lines ??= createWriteStream(this.linesPath);
    await put(this.lines, bytes);
  }

  async close(): Promise<void> {
    for (const stream of [this.reasons, this.lines]) {
      if (!stream) continue;
      stream.end();
      await finished(stream);
    }
  }
}

async function put(stream: WriteStream, chunk: string | Uint8Array): Promise<void> {
  if (stream.errored) throw stream.errored;
  if (!stream.write(chunk)) await once(stream, 'drain');
}
