import {
  MongoBulkWriteError,
  MongoError,
  MongoNetworkError,
  MongoServerError,
  MongoServerSelectionError,
} from 'mongodb';

const DUPLICATE_KEY = 11000;
/** Bad credentials and missing rights, https://www.mongodb.com/docs/manual/reference/error-codes/ */
const REFUSED_USER = new Set([8000, 13, 18]);
/** An index or a collection of that name is there with another form. */
const CONFLICTS = new Set([85, 86]);

const OUT_OF_DISK_SPACE = 14031;

/** The URL cannot be read. The driver's own message is left out: it may repeat the password. */
export class NotAConnectionString extends Error {
  constructor(cause: unknown) {
    super('the URL of MongoDB is no connection string', { cause });
  }
}

/** A router of a sharded cluster answers: no collection here has a shard key, so nothing would be spread. */
export class ShardedCluster extends Error {
  constructor() {
    super('MongoDB is a sharded cluster; the register needs a replica set, or a server by itself');
  }
}

/** An index that questions go by has been made by somebody else, over other fields. */
export class IndexInAnotherForm extends Error {
  constructor(index: string, collection: string) {
    super(`index "${index}" of ${collection} lies there in another form`);
  }
}

/**
 * What an error of the server or the driver means: `AWAY` may be over when it is tried again, `REFUSED` is for good.
 */
export interface MongoFailure {
  readonly kind: 'AWAY' | 'REFUSED';
  /** In words, without anything that the server said: that may hold values of documents. */
  readonly message: string;
}

/** @returns undefined for an error that is none of MongoDB's */
export function mongoFailure(error: unknown): MongoFailure | undefined {
  if (error instanceof NotAConnectionString || error instanceof ShardedCluster || error instanceof IndexInAnotherForm)
    return { kind: 'REFUSED', message: error.message };
  if (!(error instanceof MongoError)) return undefined;
  if (error instanceof MongoServerSelectionError || error instanceof MongoNetworkError || isBrokenBulk(error))
    return { kind: 'AWAY', message: 'MongoDB cannot be reached' };
  if (
    error.hasErrorLabel('RetryableWriteError') ||
    error.hasErrorLabel('TransientTransactionError') ||
    error.hasErrorLabel('UnknownTransactionCommitResult')
  ) {
    return { kind: 'AWAY', message: 'MongoDB cannot take this now' };
  }
  if (!(error instanceof MongoServerError))
    return { kind: 'AWAY', message: `MongoDB cannot be used now (${error.name})` };
  if (REFUSED_USER.has(Number(error.code)))
    return {
      kind: 'REFUSED',
      message: 'MongoDB refuses this user; check the name, the password and the rights in the URL',
    };
  if (error.code === OUT_OF_DISK_SPACE) return { kind: 'REFUSED', message: 'the disk of MongoDB is full' };
  if (CONFLICTS.has(Number(error.code))) return { kind: 'REFUSED', message: 'an index lies there in another form' };
  return {
    kind: 'REFUSED',
    message: `MongoDB refused a command (code ${String(error.code)} ${String(error['codeName'] ?? '')})`,
  };
}

/**
 * The driver makes a server's error of a connection that broke in the middle of a bulk write; only the code is missing.
 */
function isBrokenBulk(error: MongoError): boolean {
  return error instanceof MongoServerError && error.code === undefined;
}

/** True when nothing but documents with a taken key was refused. */
export function onlyDuplicates(error: unknown): boolean {
  if (!(error instanceof MongoServerError) || error.code !== DUPLICATE_KEY) return false;
  return refusals(error).every((one) => one.code === DUPLICATE_KEY);
}

/** The documents of a bulk write that were refused, by their place in it. */
export function refusals(error: unknown): { readonly index: number; readonly code: number }[] {
  return error instanceof MongoBulkWriteError
    ? [error.writeErrors].flat().map(({ index, code }) => ({ index, code }))
    : [];
}
