import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreError, EventStoreUnavailable, EventStoreUnusable } from '../event-store.js';
import { type SqliteFailure, sqliteFailure, WriteProtected } from '../../sqlite/sqlite.js';

/** Said of a file whose pages, or what lies in them, cannot be read. */
export const DAMAGED = 'the event store is damaged: restore a backup, then verify it';

const messages: Record<Exclude<SqliteFailure, 'BUSY'>, string> = {
  READONLY: 'the event store is read-only',
  FULL: 'the disk with the event store is full',
  NOTADB: 'the file is no SQLite database',
  CORRUPT: DAMAGED,
  CANTOPEN: 'the event store cannot be opened: no such file or folder, or no right to it',
  IOERR: 'the disk with the event store is full or fails',
  CONSTRAINT: 'the event store refused a record: the file is not as this program keeps it',
  OTHER: 'the event store does not answer as expected: the file is not as this program keeps it',
};

/**
 * Tries until no other process stands in the way. Each attempt blocks for a few milliseconds at most; in between, the
 * event loop is free.
 * @param limitMs how long to try
 * @throws EventStoreUnavailable when it was busy all the time, EventStoreUnusable for every other failure of the driver
 */
export async function whenNotBusy<T>(limitMs: number, attempt: () => T): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (sqliteFailure(error) !== 'BUSY') throw asEventStoreError(error);
      if (performance.now() >= end) throw new EventStoreUnavailable(`the event store has been busy for ${limitMs} ms`);
    }
    await sleep(1 + Math.random() * 9);
  }
}

/** The driver's error as the port's; an error that is none of the driver's as it is. */
export function asEventStoreError(error: unknown): unknown {
  if (error instanceof EventStoreError) return error;
  if (error instanceof WriteProtected) return new EventStoreUnusable(error.message, { cause: error });
  const failure = sqliteFailure(error);
  if (failure === undefined) return error;
  if (failure === 'BUSY') return new EventStoreUnavailable('the event store is busy', { cause: error });
  return new EventStoreUnusable(messages[failure], { cause: error });
}
