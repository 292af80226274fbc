import { randomUUID } from 'node:crypto';
import { existsSync, renameSync, rmSync } from 'node:fs';
import type { EventStore } from '../../kernel/event-store/event-store.js';
import type { SignedCheckpoint } from '../../kernel/integrity/checkpoint.js';
import { leafOf } from '../../kernel/integrity/leaf.js';
import type { HeadStore } from '../../kernel/integrity/head-store.js';
import { LEASE_MS, Notary, type NotaryDesk, treeHas } from '../../kernel/integrity/notary.js';
import type { SigningKey } from '../../kernel/integrity/signing-key.js';
import { TreeFile } from '../../kernel/integrity/tree-file.js';
import type { Clock } from '../../kernel/time/clock.js';
import { MigrationError } from './migration-error.js';

const PAGE = 5_000;

export interface Resealing {
  /** The log in its new store. */
  readonly store: EventStore;
  /** The seals of the log it is a copy of. */
  readonly before: string;
  /** Where the new seals are to lie; may be the same file, which is then kept under {@link kept}. */
  readonly tree: string;
  readonly kept: string;
  readonly key: SigningKey;
  /** What lies with the key. */
  readonly heads: HeadStore;
  readonly clock: Clock;
}

/**
 * Starts the tree anew over a copied log. Positions are another store's, but leaves and their order are the same, so
 * the new tree must have the root of the last seal, and the new checkpoint continues the seals of before: whoever holds
 * one of them can verify the copy by it.
 * @returns the first checkpoint of the new tree
 * @throws MigrationError SEALS_DIFFER when the copy does not have the root that was sealed; IntegrityError
 */
export async function reseal(resealing: Resealing): Promise<SignedCheckpoint | undefined> {
  const { tree, kept } = resealing;
  const fresh = `${tree}.migrating`;
  rmSync(fresh, { force: true });
  const signed = await sealAnew(resealing, fresh);
  if (existsSync(tree)) {
    if (existsSync(kept)) rmSync(tree);
    else renameSync(tree, kept);
  }
  renameSync(fresh, tree);
  return signed;
}

async function sealAnew(
  { store, before, key, heads, clock }: Resealing,
  fresh: string,
): Promise<SignedCheckpoint | undefined> {
  const tree = TreeFile.open(fresh);
  try {
    for (let size = 0, after = 0n; ;) {
      const page = await store.readLog({ from: after, limit: PAGE });
      const last = page.at(-1);
      if (!last) break;
      tree.append(
        size,
        page.map((record) => ({ hash: leafOf(record), position: record.position, event: record.id })),
      );
      size += page.length;
      after = last.position;
    }
    const size = tree.end()?.size ?? 0;
    const head = await heads.head();
    const sealed = checkpointsOf(before);
    for (const earlier of [...sealed, ...(head ? [head.signed] : [])]) {
      if (!treeHas(tree, earlier.checkpoint))
        throw new MigrationError(
          'SEALS_DIFFER',
          `the copy does not have the root that was sealed over its first ${earlier.checkpoint.size} events: verify the log before it is copied`,
        );
      // One over all events names a position of the store before; it gives way to one of the same root that names ours.
      if (earlier.checkpoint.size < size) tree.keep(earlier);
    }
    const desk: NotaryDesk = { heads, holder: randomUUID(), taking: 'AT_ONCE' };
    if (!head) await takeOver(sealed.at(-1), desk);
    return await new Notary(store, tree, key, clock, desk).seal(undefined, { again: true });
  } finally {
    tree.close();
  }
}

/** Seals from before heads were kept: the copy has just been found to have the root of each. */
async function takeOver(last: SignedCheckpoint | undefined, { heads, holder, taking }: NotaryDesk): Promise<void> {
  if (!last) return;
  const lease = await heads.takeLease(holder, LEASE_MS, taking);
  if (lease) await heads.advance(lease, undefined, { signed: last });
}

function checkpointsOf(path: string): SignedCheckpoint[] {
  const tree = TreeFile.open(path, true);
  try {
    return tree.checkpoints();
  } finally {
    tree.close();
  }
}
