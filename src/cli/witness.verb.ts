import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { Witness, readWitnessedLogs } from '../audit/witness/witness.js';
import { WitnessFile } from '../audit/witness/witness-file.js';
import { serveWitness } from '../audit/witness/witness-server.js';
import { SigningKey } from '../kernel/integrity/signing-key.js';
import { CliError, EXIT } from './cli-error.js';
import type { Context } from './context.js';

interface WitnessArguments {
  readonly name: string;
  readonly logs: string;
  readonly listen: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly state: string;
}

/** `witness serve`: vouches for logs of others, as another organisation runs it. Needs no register. */
export function addWitness(program: Command, context: Context): void {
  program
    .command('witness')
    .description('vouch for the logs of others')
    .command('serve')
    .description(
      'cosign checkpoints of the logs that are named, as long as each goes on from the last (C2SP tlog-witness)',
    )
    .requiredOption('--name <name>', 'what it signs as, best a name of your own domain: arkiv.example.se/fok')
    .requiredOption(
      '--logs <file>',
      "the keys of the logs that it takes, a line each (fok seal --status tells a register's)",
    )
    .option('--listen <host:port>', 'where it answers', '127.0.0.1:8420')
    .option('--tls-cert <file>', 'its certificate in PEM; without one only this machine is answered')
    .option('--tls-key <file>', "the certificate's key in PEM")
    .option('--state <dir>', 'the folder of its key and of what it has seen', './witness')
    .action(async (given: WitnessArguments) => {
      const { host, port } = placeOf(given.listen);
      const folder = resolve(given.state);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const state = join(folder, 'witness.sqlite');
      const keyFile = join(folder, 'witness.key');
      if (existsSync(state) && !existsSync(keyFile))
        throw new CliError(
          `${keyFile} is gone, but ${state} is there: bring the key back; another is not made in its place`,
        );
      const file = WitnessFile.open(state);
      try {
        const logs = readWitnessedLogs(readFileSync(given.logs, 'utf8'));
        const witness = new Witness(given.name, SigningKey.open(keyFile), logs, file, context.clock);
        const stopped = untilSignal();
        const server = await serveWitness(witness, { host, port, ...tlsOf(given) });
        context.say(`Listening on ${server.url} as ${witness.publicKey}, for ${logs.length} logs`);
        await stopped;
        await server.close();
      } finally {
        file.close();
      }
    });
}

function placeOf(listen: string): { readonly host: string; readonly port: number } {
  const [, host = '', port = ''] = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(listen) ?? [];
  if (host === '' || Number(port) > 65_535) throw new CliError(`--listen takes HOST:PORT, not ${listen}`, EXIT.misused);
  return { host, port: Number(port) };
}

function tlsOf({ tlsCert, tlsKey }: WitnessArguments): {
  readonly tls?: { readonly cert: string; readonly key: string };
} {
  if (tlsCert === undefined && tlsKey === undefined) return {};
  if (tlsCert === undefined || tlsKey === undefined)
    throw new CliError('--tls-cert and --tls-key go together', EXIT.misused);
  return { tls: { cert: readFileSync(tlsCert, 'utf8'), key: readFileSync(tlsKey, 'utf8') } };
}

function untilSignal(): Promise<void> {
  return new Promise((resolveOn) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolveOn());
  });
}
