import { MongoBulkWriteError, MongoError, MongoNetworkError, MongoServerError, MongoServerSelectionError } from 'mongodb';
import { ViewStoreError, ViewStoreUnavailable, ViewStoreUnusable } from '../view-store.js';

const DUPLICATE_KEY = 11000;
/** Bad credentials and missing rights, https://www.mongodb.com/docs/manual/reference/error-codes/ */
const REFUSED = new Set([8000, 13, 18]);
/** An index or a collection of that name is there with another form. */
const CONFLICTS = new Set([85, 86]);

/**
 * Runs something against the server and says what went wrong in the port's words. Messages of the server are not passed on:
 * they may hold values of rows.
 * @throws ViewStoreUnavailable when the server cannot be reached or cannot take writes now; ViewStoreUnusable when it refuses for good.
 */
export async function translating<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw translated(error);
  }
}

function translated(error: unknown): unknown {
  if (error instanceof ViewStoreError || !(error instanceof MongoError)) return error;
  if (error instanceof MongoServerSelectionError || error instanceof MongoNetworkError || isBrokenBulk(error)) return new ViewStoreUnavailable('MongoDB cannot be reached', { cause: error });
  if (error.hasErrorLabel('RetryableWriteError') || error.hasErrorLabel('TransientTransactionError') || error.hasErrorLabel('UnknownTransactionCommitResult')) {
    return new ViewStoreUnavailable('MongoDB cannot take this now', { cause: error });
  }
  if (!(error instanceof MongoServerError)) return new ViewStoreUnavailable(`MongoDB cannot be used now (${error.name})`, { cause: error });
  if (REFUSED.has(Number(error.code))) return new ViewStoreUnusable('MongoDB refuses this user; check the name, the password and the rights in the URL', { cause: error });
  if (CONFLICTS.has(Number(error.code))) return new ViewStoreUnusable('an index lies there in another form; a changed layout needs a new version', { cause: error });
  return new ViewStoreUnusable(`MongoDB refused a command (code ${String(error.code)} ${String(error['codeName'] ?? '')})`, { cause: error });
}

/** The driver makes a server's error of a connection that broke in the middle of a bulk write; only the code is missing. */
function isBrokenBulk(error: MongoError): boolean {
  return error instanceof MongoServerError && error.code === undefined;
}

/** True when the server ended a transaction because something was in the way, so that it may be tried again. */
export function isEndedTransaction(error: unknown): boolean {
  return error instanceof MongoServerError && error.code !== undefined && error.hasErrorLabel('TransientTransactionError');
}

/** True when nothing but documents with a taken key was refused. */
export function onlyDuplicates(error: unknown): boolean {
  if (!(error instanceof MongoServerError) || error.code !== DUPLICATE_KEY) return false;
  return refusals(error).every((one) => one.code === DUPLICATE_KEY);
}

/** The documents of a bulk write that were refused, by their place in it. */
export function refusals(error: unknown): { readonly index: number; readonly code: number }[] {
  return error instanceof MongoBulkWriteError ? [error.writeErrors].flat().map(({ index, code }) => ({ index, code })) : [];
}
