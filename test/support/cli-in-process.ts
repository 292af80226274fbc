import { Writable } from 'node:stream';
import { runCli } from '../../src/cli/program.js';
import type { World } from '../../src/cli/context.js';
import type { RegisterOptions } from '../../src/app/register.js';
import { environmentOf } from './stores.js';

export interface Told {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs one verb within this process, as `src/cli.ts` does in one of its own.
 * @param register how registers are opened, where not as usual
 * @param stdin who answers questions; nobody if it is left out
 */
export async function runVerb(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  register: RegisterOptions = {},
  stdin?: World['stdin'],
): Promise<Told> {
  const stdout = new Kept();
  const stderr = new Kept();
  const code = await runCli(args, {
    environment: environmentOf(args, environment),
    stdout,
    stderr,
    register,
    ...(stdin ? { stdin } : {}),
  });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** Keeps what is written. */
class Kept extends Writable {
  text = '';

  override _write(chunk: Buffer | string, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
