import type { EventStore, StoredRecord } from '../event-store/event-store.js';
import { IntegrityError } from './integrity-error.js';
import { leafOf } from './leaf.js';
import type { TreeFile } from './tree-file.js';

const PAGE = 5000;

export interface HowFar {
  /** Default to the log's end. */
  readonly upTo?: number;
  /** Told the number of events in the tree so far. */
  readonly onProgress?: (events: number) => void;
}

/**
 * Takes into a tree what the log holds beyond its end.
 * @throws IntegrityError LOG_NOT_CONTINUED for a hole in a log without gaps; EventStoreError
 */
export async function followLog(
  tree: TreeFile,
  store: Pick<EventStore, 'readLog' | 'gapless'>,
  { upTo = Infinity, onProgress }: HowFar = {},
): Promise<void> {
  for (;;) {
    const { size, position } = tree.end() ?? { size: 0, position: 0n };
    if (size >= upTo) return;
    const page = await store.readLog({ from: position, limit: PAGE });
    if (page.length === 0) return;
    if (store.gapless) assertWithoutGaps(page, position);
    tree.append(
      size,
      page.map((record) => ({ hash: leafOf(record), position: record.position, event: record.id })),
    );
    onProgress?.(size + page.length);
  }
}

/** What lies there no more must not be passed over in silence: a seal over the rest would look like one over the whole. */
function assertWithoutGaps(page: readonly StoredRecord[], after: bigint): void {
  let last = after;
  for (const { position } of page) {
    if (position !== last + 1n)
      throw new IntegrityError(
        'LOG_NOT_CONTINUED',
        `the log has position ${position} after ${last}: what lay between is missing or cannot be read; run verify`,
      );
    last = position;
  }
}
