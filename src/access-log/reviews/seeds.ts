import { existsSync } from 'node:fs';
import { Receipts } from '../../audit/witness/receipts.js';
import type { Config } from '../../kernel/config/config.js';
import { TreeFile } from '../../kernel/integrity/tree-file.js';
import { sealPaths } from '../../stores/seal-paths.js';
import { type SeedCheckpoint, seedCheckpoint } from './draw.js';

export type SeedConfig = Pick<Config, 'dataDir' | 'witnesses' | 'witnessesNeeded'>;

/**
 * The checkpoint that the draw of a period follows from; where witnesses are set the first that enough of them have
 * seen, so that who signs checkpoints cannot sign them until the draw suits her.
 * @param after the first instant after the period
 * @returns undefined while there is none
 * @throws IntegrityError
 */
export function seedAfter(config: SeedConfig, after: string): SeedCheckpoint | undefined {
  const { tree: path, receipts: receiptsPath } = sealPaths(config);
  if (!existsSync(path)) return undefined;
  const tree = TreeFile.open(path, true);
  const receipts = existsSync(receiptsPath) ? Receipts.open(receiptsPath, true) : undefined;
  try {
    const isWitnessed = ({ size }: SeedCheckpoint): boolean => {
      if (config.witnesses.length === 0) return true;
      const seen = receipts?.of(size);
      return config.witnesses.filter(({ name }) => seen?.has(name)).length >= config.witnessesNeeded;
    };
    const checkpoints = tree.checkpoints().map(({ checkpoint: { size, root, at } }) => ({ size, root, at }));
    return seedCheckpoint(checkpoints, after, isWitnessed);
  } finally {
    receipts?.close();
    tree.close();
  }
}
