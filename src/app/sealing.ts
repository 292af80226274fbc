import type { Config } from '../kernel/config/config.js';
import { NotaryFollower, type SealingPace } from '../kernel/integrity/notary-follower.js';
import { verifyRegister } from '../audit/verify/verify-register.js';
import { showing } from '../audit/witness/showing.js';
import { evidenceFigures } from '../audit/witness/evidence-figures.js';
import { protocolOf } from '../audit/verify/protocol.js';
import { signsAsOne } from '../stores/open-heads.js';
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
  // Of several servers the one that signs shows what was signed.
  const show = (): void => {
    if (follower.inOffice) void witnesses?.rounds.show().catch(onError);
  };
  const signAccess = async (): Promise<unknown> => access?.sign(opened.signingKey, await register.registerId());
  // Beside servers each machine has an access log of its own.
  const signsAccess = (): boolean => follower.inOffice || signsAsOne(config);
  const follower = new NotaryFollower(store, opened.notary, PACE, onError, show);
  try {
    await follower.start();
  } catch (error) {
    await opened.close();
    access?.close();
    throw error;
  }
  const verifying = startVerifying(config, clock, {
    onError,
    say: (line, ok) => (ok ? log(line) : say(line)),
    protocol: async (report, times) =>
      protocolOf(report, {
        register: (await register.registerId()) ?? '',
        asked: 'BACKGROUND',
        ...times,
        checkpoints: opened.notary.checkpoints(),
        key: opened.signingKey.publicKey,
        witnesses: witnesses?.rounds.status() ?? [],
        needed: config.witnessesNeeded,
      }),
  });
  show();
  const again = setInterval(show, SHOWN_AGAIN_MS).unref();
  const hourly = setInterval(() => {
    if (signsAccess()) void signAccess().catch(onError);
  }, PACE.everyMs).unref();
  register.evidence.show(
    () => ({
      ...evidenceFigures({
        signed: opened.notary.lastCheckpoint(),
        signs: follower.inOffice,
        statuses: witnesses?.rounds.status() ?? [],
        needed: config.witnessesNeeded,
        now: clock.now(),
      }),
      ...(verifying?.figures && { verified: verifying.figures }),
      ...(verifying?.protocol && { protocol: verifying.protocol }),
    }),
    () => opened.notary.checkpoints().map(({ checkpoint }) => checkpoint),
  );
  return {
    close: async () => {
      clearInterval(again);
      clearInterval(hourly);
      await verifying?.close();
      const signs = signsAccess();
      await follower.stop();
      if (signs) await signAccess();
      await witnesses?.close();
      await opened.close();
      access?.close();
    },
  };
}
