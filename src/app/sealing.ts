import type { Config } from '../kernel/config/config.js';
import { NotaryFollower, type SealingPace } from '../kernel/integrity/notary-follower.js';
import { verifyRegister } from '../audit/verify/verify-register.js';
import { openNotary } from '../stores/open-notary.js';
import type { Register } from './register.js';

/** A checkpoint at the latest after so many events, or so long after one that is not under a checkpoint. */
const PACE: SealingPace = { everyEvents: 10_000, everyMs: 3_600_000, lookMs: 1_000 };

/**
 * Seals the log by time and count while a server runs; not with stores that live in its memory. Of several servers of
 * one register one does.
 * @param say told what whoever runs it should know once
 * @throws IntegrityError when the log does not go on where it was sealed last: a damaged log never starts silently
 */
export async function startSealing(
  config: Config,
  register: Register,
  { onError, say }: { readonly onError: (error: unknown) => void; readonly say: (text: string) => void },
): Promise<{ close(): Promise<void> } | undefined> {
  if (config.eventStore === 'memory') return undefined;
  const { store, clock } = register;
  const opened = await openNotary(config, store, clock, {
    taking: 'IF_FREE',
    verify: () => verifyRegister(config, store),
    say,
  });
  const follower = new NotaryFollower(store, opened.notary, PACE, onError);
  try {
    await follower.start();
  } catch (error) {
    await opened.close();
    throw error;
  }
  return {
    close: async () => {
      await follower.stop();
      await opened.close();
    },
  };
}
