/**
 * `beside.ts eventstoredb|replica-set|standalone … -- COMMAND`: runs a command beside the doubles of servers, each in a
 * process of its own, with their addresses in EVENTSTORE_URL and MONGODB_URL and with STORES_ARE_DOUBLES set. Ends with
 * the exit code of the command.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const DOUBLES: Readonly<
  Record<string, { readonly variable: string; readonly program: string; readonly args: readonly string[] }>
> = {
  eventstoredb: { variable: 'EVENTSTORE_URL', program: './eventstoredb/serve.ts', args: [] },
  'replica-set': { variable: 'MONGODB_URL', program: './mongodb/serve.ts', args: ['replica set'] },
  standalone: { variable: 'MONGODB_URL', program: './mongodb/serve.ts', args: ['standalone'] },
};

const loader = new URL('../support/typescript.mjs', import.meta.url).href;
const separator = process.argv.indexOf('--');
const [command = '', ...args] = process.argv.slice(separator + 1);
const environment: NodeJS.ProcessEnv = { ...process.env, STORES_ARE_DOUBLES: '1' };
const running: ChildProcess[] = [];
try {
  for (const name of process.argv.slice(2, separator)) {
    const double = DOUBLES[name];
    if (!double) throw new Error(`there is no double called ${name}`);
    const server = spawn(
      process.execPath,
      ['--import', loader, fileURLToPath(new URL(double.program, import.meta.url)), ...double.args],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    running.push(server);
    const [address] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
    environment[double.variable] = address;
    process.stdout.write(`our double of ${name} is at ${address}\n`);
  }
  const child = spawn(command, args, { stdio: 'inherit', env: environment });
  // Whoever ends this means the command, and the doubles after it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const [code] = (await once(child, 'close')) as [number | null];
  process.exitCode = code ?? 1;
} finally {
  for (const server of running) server.kill();
}
