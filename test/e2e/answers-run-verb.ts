import { Writable } from 'node:stream';
import { runCli } from '../../src/cli/program.js';
import { environmentOf } from '../support/stores.js';

class Text extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString('utf8');
    done();
  }
}

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a verb as the program does, within this process and with streams of the test's own. */
export async function runVerb(args: readonly string[]): Promise<Ran> {
  const [stdout, stderr] = [new Text(), new Text()];
  // Threads cannot be started from within Jest: episodes are judged where they are asked for.
  const code = await runCli(args, {
    environment: environmentOf(args),
    stdout,
    stderr,
    register: { judge: (local) => local },
  });
  return { code, out: stdout.text, err: stderr.text };
}
