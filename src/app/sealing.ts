import type { Config } from '../kernel/config/config.js';
import { NotaryFollower, type SealingPace } from '../kernel/integrity/notary-follower.js';
import { verifyRegister } from '../audit/verify/verify-register.js';
import { showing } from '../audit/witness/showing.js';
import { witnessedBy, type WitnessRounds } from '../audit/witness/witness-rounds.js';
import type { Notary } from '../kernel/integrity/notary.js';
import type { EvidenceFigures } from '../kernel/observability/evidence.js';
import type { Clock } from '../kernel/time/clock.js';
import { openNotary } from '../stores/open-notary.js';
import type { AccessLog } from '../access-log/access-log.js';
import { signingOfAccess } from '../access-log/seals/signing-of-access.js';
import type { Register } from './register.js';
import { startVerifying } from './verifying.js';

/** A checkpoint at the latest after so many events, or so long after one that is not under a checkpoint. */
const PACE: SealingPace = { everyEvents: 10_000, everyMs: 3_600_000, lookMs: 1_000 };
/** Witnesses that could not be reached are shown the last checkpoint again after so long. */
const SHOWN_AGAIN_MS = 60_000;

export interface SealingOptions {
  readonly onError: (error: unknown) => void;
  /** Told what whoever runs it should know. */
  readonly say: (text: string) => void;
  /** Told what went as it should. */
  readonly log?: (text: string) => void;
  /** Signed beside the log, each hour and with each checkpoint. */
  readonly accessLog?: AccessLog;
}

/**
 * Seals the log by time and count while a server runs; not with stores that live in its memory. Of several servers of
 * one register one does. The log is also verified, again and again.
 * @throws IntegrityError when the log does not go on where it was sealed last: a damaged log never starts silently
 */
export async function startSealing(
  config: Config,
  register: Register,
  { onError, say, log = () => undefined, accessLog }: SealingOptions,
): Promise<{ close(): Promise<void> } | undefined> {
  if (config.eventStore === 'memory') return undefined;
  const { store, clock } = register;
  const access = accessLog && signingOfAccess(config.dataDir, accessLog, clock);
  const opened = await openNotary(config, store, clock, {
    taking: 'IF_FREE',
    verify: () => verifyRegister(config, store),
    say,
    ...(access && { besides: access.sign }),
  });
  const witnesses = showing(config, opened.notary, clock);
  const show = (): void => void witnesses?.rounds.show().catch(onError);
  const signAccess = async (): Promise<unknown> => access?.sign(opened.signingKey, await register.registerId());
  const follower = new NotaryFollower(store, opened.notary, PACE, onError, show);
  try {
    await follower.start();
  } catch (error) {
    await opened.close();
    access?.close();
    throw error;
  }
  const verifying = startVerifying(config, clock, { onError, say: (line, ok) => (ok ? log(line) : say(line)) });
  show();
  const again = setInterval(show, SHOWN_AGAIN_MS).unref();
  const hourly = setInterval(() => {
    if (follower.inOffice) void signAccess().catch(onError);
  }, PACE.everyMs).unref();
  register.evidence.show(() => ({
    ...evidenceFigures(config, opened.notary, follower.inOffice, witnesses?.rounds, clock),
    ...(verifying?.figures && { verified: verifying.figures }),
  }));
  return {
    close: async () => {
      clearInterval(again);
      clearInterval(hourly);
      await verifying?.close();
      const signs = follower.inOffice;
      await follower.stop();
      if (signs) await signAccess();
      await witnesses?.close();
      await opened.close();
      access?.close();
    },
  };
}

function evidenceFigures(
  { witnessesNeeded: needed }: Config,
  notary: Notary,
  signs: boolean,
  rounds: WitnessRounds | undefined,
  clock: Clock,
): EvidenceFigures {
  const statuses = rounds?.status() ?? [];
  const witnessed = witnessedBy(statuses, needed);
  const age = witnessed && (Date.parse(clock.now()) - Date.parse(witnessed.at)) / 1000;
  return {
    signs,
    sealed: notary.lastCheckpoint()?.checkpoint.size ?? 0,
    ...(rounds && {
      witnessed: { needed, size: witnessed?.size ?? 0, ...(age !== undefined && { ageSeconds: Math.round(age) }) },
    }),
    witnesses: statuses.map(({ name, size = 0, problem }) => ({
      name,
      size,
      ...(problem && { problem: problem.code }),
    })),
  };
}
