import { type SignedCheckpoint, continuesPrevious, fromHex, isSigned } from '../../kernel/integrity/checkpoint.js';
import { same } from '../../kernel/integrity/merkle.js';
import type { PublicKey } from '../../kernel/integrity/signing-key.js';
import type { TreeFile } from '../../kernel/integrity/tree-file.js';
import type { Findings } from './finding.js';

/**
 * Checks the seals by themselves: each checkpoint signed, and the tree with the root that each vouches for, so that each
 * continues the one before. The log is then compared with the tree.
 * @param elsewhere checkpoints that did not lie beside the log: what somebody else kept, and what lies with the key.
 * They count as those in the seals do, and what they say stands when those in the seals were taken away
 * @returns the checkpoint that counts, undefined when there is none
 */
export function checkSeals(
  tree: TreeFile,
  key: PublicKey,
  elsewhere: readonly SignedCheckpoint[],
  findings: Findings,
): SignedCheckpoint | undefined {
  const all = [...tree.checkpoints(), ...elsewhere].toSorted(
    (one, other) => one.checkpoint.size - other.checkpoint.size,
  );
  const end = tree.end()?.size ?? 0;
  const within = all.filter(({ checkpoint }) => checkpoint.size <= end);
  const roots = tree.rootsAt(within.map(({ checkpoint }) => checkpoint.size));
  for (const [index, signed] of all.entries()) {
    const { size, root, at } = signed.checkpoint;
    if (!isSigned(signed, key))
      findings.add({
        code: 'CHECKPOINT_NOT_SIGNED',
        message: `the checkpoint over ${size} events is not signed with key ${key.id}`,
      });
    if (!continues(signed, all))
      findings.add({
        code: 'CHECKPOINTS_BROKEN',
        message: `the checkpoint over ${size} events does not continue the one before it`,
      });
    const found = roots[index];
    if (!found || !same(found, fromHex(root)))
      findings.add({
        code: 'ROOT_DIFFERS',
        message: `the events that are kept do not have the root that was signed over the first ${size} at ${at}`,
      });
  }
  return all.at(-1);
}

/** Checkpoints of the first form name the one before them, and carry the proof. */
function continues({ checkpoint }: SignedCheckpoint, all: readonly SignedCheckpoint[]): boolean {
  const named = checkpoint.previous;
  const before = all.find((one) => one.checkpoint.size === named?.size);
  return continuesPrevious(checkpoint) && (!named || !before || before.checkpoint.root === named.root);
}
