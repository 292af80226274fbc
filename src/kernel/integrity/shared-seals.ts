import type { EventStore } from '../event-store/event-store.js';
import { type Checkpoint, fromHex, isSigned } from './checkpoint.js';
import { assertContinued } from './continued.js';
import { followLog } from './follow-log.js';
import type { HeadStore } from './head-store.js';
import { IntegrityError } from './integrity-error.js';
import { same } from './merkle.js';
import type { PublicKey } from './signing-key.js';
import type { TreeFile } from './tree-file.js';

/**
 * Brings the seals of one machine up to what was signed on any: where a register's servers sign as one, the tree of each
 * is made from the log, and what was signed is kept in it as far as the log bears it out. Nothing where seals are not
 * shared.
 * @param key the public half of the one signing key
 * @param onProgress told the number of events in the tree so far
 * @throws IntegrityError LOG_NOT_CONTINUED, SEALS_INCONSISTENT, CHECKPOINT_NOT_SIGNED, HEAD_UNUSABLE; EventStoreError
 */
export async function bringUp(
  tree: TreeFile,
  store: Pick<EventStore, 'readLog' | 'readStream' | 'find' | 'gapless'>,
  heads: HeadStore,
  key: PublicKey,
  onProgress: (events: number) => void = () => undefined,
): Promise<void> {
  if (!heads.checkpoints) return;
  const head = await heads.head();
  if (!head) return;
  await assertContinued(tree, store);
  const { size } = head.signed.checkpoint;
  await followLog(tree, store, { upTo: size, onProgress });
  for (const signed of await heads.checkpoints(tree.last()?.checkpoint.size ?? 0)) {
    // What is signed while this is read comes with the next one.
    if (signed.checkpoint.size > size) return;
    if (!isSigned(signed, key))
      throw new IntegrityError(
        'CHECKPOINT_NOT_SIGNED',
        `the checkpoint over ${signed.checkpoint.size} events, which the servers share, is not signed with the register's key ${key.id}`,
      );
    assertBornOut(tree, signed.checkpoint);
    tree.keep(signed);
  }
}

function assertBornOut(tree: TreeFile, { size, root, at }: Checkpoint): void {
  const there = tree.end()?.size ?? 0;
  if (there < size)
    throw new IntegrityError(
      'LOG_NOT_CONTINUED',
      `${size} events were signed at ${at}, but the log has only ${there}: run verify`,
    );
  if (!same(tree.subtree(0, size), fromHex(root)))
    throw new IntegrityError(
      'SEALS_INCONSISTENT',
      `the log does not have the root that was signed over its first ${size} events at ${at}: run verify`,
    );
}
