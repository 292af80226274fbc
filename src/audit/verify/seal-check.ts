import { type SignedCheckpoint, continuesPrevious, isSigned } from '../../kernel/integrity/checkpoint.js';
import { treeHas } from '../../kernel/integrity/notary.js';
import type { PublicKey } from '../../kernel/integrity/signing-key.js';
import type { TreeFile } from '../../kernel/integrity/tree-file.js';
import type { Findings } from './finding.js';

/**
 * Checks the seals by themselves: each signed, each a continuation of the one before, and the tree as it was signed.
 * The log is then
 * compared with the tree.
 * @param against a checkpoint that somebody else kept; believed instead of those that lie beside the log
 * @returns the checkpoint that counts, undefined when there is none
 */
export function checkSeals(
  tree: TreeFile,
  key: PublicKey,
  against: SignedCheckpoint | undefined,
  findings: Findings,
): SignedCheckpoint | undefined {
  const own = tree.checkpoints();
  for (const [index, signed] of [...own, ...(against ? [against] : [])].entries()) {
    const { size } = signed.checkpoint;
    if (!isSigned(signed, key))
      findings.add({
        code: 'CHECKPOINT_NOT_SIGNED',
        message: `the checkpoint over ${size} events is not signed with key ${key.id}`,
      });
    if (index < own.length && !continues(signed, own[index - 1]))
      findings.add({
        code: 'CHECKPOINTS_BROKEN',
        message: `the checkpoint over ${size} events does not continue the one before it`,
      });
  }
  const counts = against ? [against, own.at(-1)] : [own.at(-1)];
  for (const signed of counts) {
    if (signed && !treeHas(tree, signed.checkpoint))
      findings.add({
        code: 'ROOT_DIFFERS',
        message: `the events that are kept do not have the root that was signed over the first ${signed.checkpoint.size}`,
      });
  }
  return counts
    .filter((signed) => signed !== undefined)
    .sort((one, other) => other.checkpoint.size - one.checkpoint.size)[0];
}

function continues({ checkpoint }: SignedCheckpoint, before: SignedCheckpoint | undefined): boolean {
  const named = checkpoint.previous;
  if (!before || !named) return !before && !named;
  return (
    named.size === before.checkpoint.size && named.root === before.checkpoint.root && continuesPrevious(checkpoint)
  );
}
