import type { Config } from '../../kernel/config/config.js';
import type { Notary } from '../../kernel/integrity/notary.js';
import type { Clock } from '../../kernel/time/clock.js';
import { sealPaths } from '../../stores/seal-paths.js';
import { Receipts } from './receipts.js';
import { WitnessRounds } from './witness-rounds.js';

export interface Showing {
  readonly rounds: WitnessRounds;
  readonly receipts: Receipts;
  close(): Promise<void>;
}

/** The rounds to the witnesses that the settings name; undefined when they name none. @throws IntegrityError */
export function showing(
  config: Pick<Config, 'dataDir' | 'witnesses'>,
  notary: Notary,
  clock: Clock,
): Showing | undefined {
  if (config.witnesses.length === 0) return undefined;
  const receipts = Receipts.open(sealPaths(config).receipts);
  const rounds = new WitnessRounds(config.witnesses, receipts, notary, clock);
  return {
    rounds,
    receipts,
    close: async () => {
      await rounds.stop();
      receipts.close();
    },
  };
}
