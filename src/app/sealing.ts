import type { Config } from '../kernel/config/config.js';
import { NotaryFollower, type SealingPace } from '../kernel/integrity/notary-follower.js';
import { openNotary } from '../stores/open-notary.js';
import type { Register } from './register.js';

/** A checkpoint at the latest after so many events, or so long after one that is not under a checkpoint. */
const PACE: SealingPace = { everyEvents: 10_000, everyMs: 3_600_000 };

/**
 * Seals the log by time and count while a server runs; not with stores that live in its memory.
 * @throws IntegrityError when the log does not go on where it was sealed last: a damaged log never starts silently
 */
export async function startSealing(
  config: Config,
  register: Register,
  onError: (error: unknown) => void,
): Promise<{ close(): Promise<void> } | undefined> {
  if (config.eventStore === 'memory') return undefined;
  const { notary, tree } = openNotary(config, register.store, register.clock);
  const follower = new NotaryFollower(register.store, notary, PACE, onError);
  try {
    await follower.start();
  } catch (error) {
    tree.close();
    throw error;
  }
  return {
    close: async () => {
      await follower.stop();
      tree.close();
    },
  };
}
