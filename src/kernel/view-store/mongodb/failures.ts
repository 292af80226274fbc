import { MongoServerError } from 'mongodb';
import { mongoFailure } from '../../mongodb/failures.js';
import { ViewStoreError, ViewStoreUnavailable, ViewStoreUnusable } from '../view-store.js';

/**
 * Runs something against the server and says what went wrong in the port's words.
 * @throws ViewStoreUnavailable when the server cannot be reached or cannot take writes now; ViewStoreUnusable when it
 * refuses for good.
 */
export async function translating<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translated(error);
  }
}

function translated(error: unknown): unknown {
  const failure = error instanceof ViewStoreError ? undefined : mongoFailure(error);
  if (!failure) return error;
  return failure.kind === 'AWAY'
    ? new ViewStoreUnavailable(failure.message, { cause: error })
    : new ViewStoreUnusable(failure.message, { cause: error });
}

/** True when the server ended a transaction because something was in the way, so that it may be tried again. */
export function isEndedTransaction(error: unknown): boolean {
  return (
    error instanceof MongoServerError && error.code !== undefined && error.hasErrorLabel('TransientTransactionError')
  );
}
