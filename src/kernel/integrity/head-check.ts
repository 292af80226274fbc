import { type SignedCheckpoint, fromHex, isSigned } from './checkpoint.js';
import type { KeptHead } from './head-store.js';
import { IntegrityError, type IntegrityProblem } from './integrity-error.js';
import { same } from './merkle.js';
import type { PublicKey } from './signing-key.js';
import type { TreeFile } from './tree-file.js';

export interface HeadDifference {
  readonly code: IntegrityProblem;
  readonly message: string;
}

/** What a tree of seals says of itself at a glance. */
export interface SealsAtAGlance {
  readonly size: number;
  readonly last: SignedCheckpoint | undefined;
}

/** @param tree undefined when there are no seals */
export function atAGlance(tree: TreeFile | undefined): SealsAtAGlance {
  return { size: tree?.end()?.size ?? 0, last: tree?.last() };
}

/**
 * Whether seals, the key and what was signed last fit together, without reckoning anything anew: what lies beside the log is believed only as
 * far as what lies with the key bears it out.
 * @param key the public half of the signing key
 * @returns the first thing that does not fit
 */
export function headDifference(
  head: KeptHead | undefined,
  { size, last }: SealsAtAGlance,
  key: PublicKey,
): HeadDifference | undefined {
  if (head && !isSigned(head.signed, key))
    return {
      code: 'HEAD_NOT_SIGNED',
      message: `what is kept beside the signing key as signed last is not signed with it (${key.id})`,
    };
  const signed = head?.signed.checkpoint;
  if (signed && size === 0)
    return {
      code: 'SEALS_MISSING',
      message: `${signed.size} events were signed at ${signed.at}, but there are no seals: they were lost or taken away; bring them back, or restore a backup`,
    };
  if (last && !isSigned(last, key))
    return {
      code: 'CHECKPOINT_NOT_SIGNED',
      message: `the checkpoint over ${last.checkpoint.size} events in the seals is not signed with the register's key ${key.id}`,
    };
  if (!head || !signed) return undefined;
  const kept = last?.checkpoint;
  // The seals are written after the head: one that was written and not yet kept in them is no fault.
  if ((kept?.size ?? 0) < signed.size && kept?.size !== head.before)
    return {
      code: 'SEALS_SHORTER',
      message: `${signed.size} events were signed at ${signed.at}, but the seals end with ${kept?.size ?? 0}: they were cut off or exchanged`,
    };
  if (kept?.size === signed.size && kept.root !== signed.root)
    return {
      code: 'SEALS_INCONSISTENT',
      message: `the seals say another root over ${signed.size} events than was signed at ${signed.at}`,
    };
  return undefined;
}

/**
 * As {@link headDifference}, and that the tree has the root that was signed last.
 * @throws IntegrityError
 */
export function assertHeadStands(head: KeptHead | undefined, tree: TreeFile, key: PublicKey): void {
  const difference = headDifference(head, atAGlance(tree), key) ?? rootDifference(head?.signed ?? tree.last(), tree);
  if (difference) throw new IntegrityError(difference.code, `${difference.message}: run verify`);
}

function rootDifference(signed: SignedCheckpoint | undefined, tree: TreeFile): HeadDifference | undefined {
  if (!signed) return undefined;
  const { size, root, at } = signed.checkpoint;
  if ((tree.end()?.size ?? 0) >= size && same(tree.subtree(0, size), fromHex(root))) return undefined;
  return {
    code: 'SEALS_INCONSISTENT',
    message: `the tree no longer has the root that was signed over its first ${size} events at ${at}`,
  };
}
