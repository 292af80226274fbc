import { existsSync } from 'node:fs';
import { Receipts } from '../audit/witness/receipts.js';
import { showing } from '../audit/witness/showing.js';
import { contradicts, witnessedBy, WitnessRounds, type WitnessStatus } from '../audit/witness/witness-rounds.js';
import { evidenceFigures } from '../audit/witness/evidence-figures.js';
import type { Config } from '../kernel/config/config.js';
import type { SignedCheckpoint } from '../kernel/integrity/checkpoint.js';
import type { Notary } from '../kernel/integrity/notary.js';
import type { EvidenceFigures } from '../kernel/observability/evidence.js';
import type { Clock } from '../kernel/time/clock.js';
import { keptHead } from '../stores/open-heads.js';
import { sealPaths } from '../stores/seal-paths.js';
import { EXIT } from './cli-error.js';
import type { Context } from './context.js';

/** A checkpoint with what witnesses signed, and the time-stamps over it in DER. */
export interface Shown {
  readonly signed: SignedCheckpoint;
  readonly statuses: readonly WitnessStatus[];
  readonly timeStamps: readonly Uint8Array[];
}

/** Shows a checkpoint to all witnesses that the settings name, and waits for those who answer. @throws IntegrityError */
export async function shownTo(config: Config, notary: Notary, clock: Clock, signed: SignedCheckpoint): Promise<Shown> {
  const open = showing(config, notary, clock);
  if (!open) return { signed, statuses: [], timeStamps: [] };
  try {
    const statuses = await open.rounds.show();
    const receipts = open.receipts.of(signed.checkpoint.size);
    const of = (kind: WitnessStatus['kind']): Uint8Array[] =>
      config.witnesses.flatMap((place) => (place.kind === kind ? (receipts.get(place.name)?.receipt ?? []) : []));
    const cosignatures = of('WITNESS').map((line) => Buffer.from(line).toString('utf8'));
    return { signed: { ...signed, cosignatures }, statuses, timeStamps: of('TIME_STAMPS') };
  } finally {
    await open.close();
  }
}

/** How it stands with what vouches for the log, as it lies there. @throws IntegrityError HEAD_UNUSABLE */
export async function evidenceAtRest(config: Config, clock: Clock): Promise<EvidenceFigures> {
  const signed = config.eventStore === 'memory' ? undefined : (await keptHead(config))?.signed;
  const { witnessesNeeded: needed } = config;
  return evidenceFigures({ signed, signs: false, statuses: statusesOf(config, clock), needed, now: clock.now() });
}

/** `seal --status`: who has seen which checkpoint. Signs and asks nothing. */
export async function sealStatus(config: Config, format: 'text' | 'json', context: Context): Promise<void> {
  const head = (await keptHead(config))?.signed.checkpoint;
  const statuses = statusesOf(config, context.clock);
  const witnessed = witnessedBy(statuses, config.witnessesNeeded);
  if (statuses.some(contradicts)) context.exitCode = EXIT.notVerified;
  if (format === 'json') {
    await context.printJson({ checkpoint: head ?? null, witnessed: witnessed ?? null, witnesses: statuses });
    return;
  }
  const lines = [
    head ? `${head.size} events are under the checkpoint of ${head.at}` : 'nothing was sealed yet',
    ...(statuses.length === 0
      ? ['no witnesses are named (CHECKPOINT_WITNESSES)']
      : [
          witnessed
            ? `${witnessed.size} events are witnessed (by ${config.witnessesNeeded} at least), the last at ${witnessed.at}`
            : `no checkpoint is witnessed (by ${config.witnessesNeeded} at least)`,
        ]),
    ...statuses.map(
      ({ name, size, at, problem }) =>
        `${name}: ${size === undefined ? 'has seen nothing' : `${size} events at ${at}`}${problem ? `; ${problem.code} since ${problem.at}: ${problem.message}` : ''}`,
    ),
  ];
  await context.print(lines.join('\n'));
}

/** What each witness that the settings name has seen, as it lies beside the seals. Asks none of them. */
export function statusesOf(config: Config, clock: Clock): readonly WitnessStatus[] {
  const { receipts: path } = sealPaths(config);
  if (!existsSync(path)) return config.witnesses.map(({ name, kind }) => ({ name, kind }));
  const receipts = Receipts.open(path, true);
  try {
    const nothing = { lastCheckpoint: () => undefined, consistency: () => [] };
    return new WitnessRounds(config.witnesses, receipts, nothing, clock).status();
  } finally {
    receipts.close();
  }
}
