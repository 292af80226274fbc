import { setTimeout as delay } from 'node:timers/promises';
import { sqliteFailure } from '../../sqlite/sqlite.js';
import { ViewStoreUnavailable, ViewStoreUnusable } from '../view-store.js';

/** How long another process may hold a file before we say that the store is unavailable. */
const PATIENCE_MS = 60_000;
const LONGEST_PAUSE_MS = 40;

/**
 * Runs something that SQLite may refuse because another process is writing, again and again, without blocking the event
 * loop in between.
 * The pauses grow and are random, so that two processes do not keep meeting.
 * @param attempt must leave nothing behind when it throws.
 * @throws ViewStoreUnavailable after a minute; ViewStoreUnusable when the file is read-only, full, damaged or no
 * database.
 */
export async function whenFree<T>(path: string, attempt: () => T): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let pause = 1; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return attempt();
    } catch (error) {
      if (sqliteFailure(error) !== 'BUSY') throw translated(path, error);
      if (performance.now() > deadline)
        throw new ViewStoreUnavailable(`another process has kept ${path} locked for ${PATIENCE_MS / 1000} s`, {
          cause: error,
        });
      await delay(1 + Math.random() * pause);
    }
  }
}

/** The port's error for one of SQLite's, or the error itself when it is none of these. */
export function translated(path: string, error: unknown): unknown {
  switch (sqliteFailure(error)) {
    case 'READONLY':
    case 'CANTOPEN':
      return new ViewStoreUnusable(
        `${path} cannot be written; the views need a folder that this program may write to`,
        { cause: error },
      );
    case 'IOERR':
      // A limit on the size of a file, or a quota, comes as this one and not as FULL.
      return new ViewStoreUnusable(`the disk with ${path} is full or fails`, { cause: error });
    case 'FULL':
      return new ViewStoreUnusable(`there is no room left for ${path}`, { cause: error });
    case 'NOTADB':
      return new ViewStoreUnusable(`${path} is not a view file of this program`, { cause: error });
    case 'CORRUPT':
      return new ViewStoreUnusable(`${path} is damaged; views may be removed and are then built again from the log`, {
        cause: error,
      });
    default:
      return error;
  }
}
