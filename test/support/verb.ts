import { type Ended, Program, type ProgramOptions } from './program.js';

/** Runs one verb in a process of its own, as it is run from a shell; for verbs that start threads. */
export function runProgram(args: readonly string[], options?: ProgramOptions): Promise<Ended> {
  return new Program('cli', args, options).ended;
}

/**
 * As {@link runProgram}, for a verb that must succeed.
 * @returns what it printed, read as JSON
 * @throws Error with what it said otherwise
 */
export async function answerOf(args: readonly string[], options?: ProgramOptions): Promise<unknown> {
  const { code, stdout, stderr } = await runProgram([...args, '--format', 'json'], options);
  if (code !== 0) throw new Error(`fok ${args.join(' ')} ended with ${code}: ${stderr}${stdout}`);
  return JSON.parse(stdout);
}
