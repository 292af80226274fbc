import { type Db, MongoClient, ReadConcern, ReadPreference, WriteConcern } from 'mongodb';
import { databaseOf } from '../config/database-of.js';
import { NotAConnectionString, ShardedCluster } from './failures.js';

/**
 * How long a server may be unreachable before we say so, where the URL names no `serverSelectionTimeoutMS`, and silent
 * at a greeting, `connectTimeoutMS`.
 */
const START_PATIENCE_MS = 5_000;

/**
 * How long a server may be silent in the middle of a call, where the URL names no `socketTimeoutMS`: the driver itself
 * would wait for ever.
 */
const SILENCE_MS = 60_000;

/** A `replica set` has transactions and snapshots; a `standalone` server has neither. */
export type ServerKind = 'replica set' | 'standalone';

/** A connection to a server, and what it said of itself. */
export interface MongoServer {
  readonly client: MongoClient;
  /**
   * The database that the URL names. Whatever else the URL says, a write is there to stay before it is answered, and
   * reads go to who takes the writes. No read concern: it would take the place of a snapshot session's own.
   */
  readonly db: Db;
  readonly kind: ServerKind;
  /** The newest version of the protocol that it speaks. */
  readonly wireVersion: number;
}

/**
 * Connects and finds out what kind of server it is.
 * @param url a connection string; its path names the database
 * @throws NotAConnectionString, ShardedCluster, or the driver's error; nothing is left open then
 */
export async function connectMongo(url: string): Promise<MongoServer> {
  const client = clientFor(url);
  try {
    await client.connect();
    const db = client.db(undefined, {
      writeConcern: new WriteConcern('majority'),
      readPreference: ReadPreference.primary,
    });
    const hello = await db.command({ hello: 1 });
    if (hello['msg'] === 'isdbgrid') throw new ShardedCluster();
    const kind = hello['setName'] === undefined ? 'standalone' : 'replica set';
    return { client, db, kind, wireVersion: Number(hello['maxWireVersion']) };
  } catch (error) {
    await client.close();
    throw error;
  }
}

/**
 * The database that a URL names, for what nobody may lose: whatever else the URL says, a write is there to stay, in the
 * journal of a majority, before it is answered, and what is read is there to stay.
 */
export function lastingDb({ client, kind }: MongoServer, url: string): Db {
  return client.db(databaseOf(url), {
    writeConcern: new WriteConcern('majority', undefined, true),
    readPreference: ReadPreference.primary,
    // A server by itself has no majority, and refuses the word.
    ...(kind === 'replica set' && { readConcern: new ReadConcern('majority') }),
  });
}

function clientFor(url: string): MongoClient {
  try {
    // Options here would win over those in the URL, so the URL is asked first.
    const patience = {
      ...(/[?&]serverSelectionTimeoutMS=/i.test(url) ? {} : { serverSelectionTimeoutMS: START_PATIENCE_MS }),
      ...(/[?&]connectTimeoutMS=/i.test(url) ? {} : { connectTimeoutMS: START_PATIENCE_MS }),
      ...(/[?&]socketTimeoutMS=/i.test(url) ? {} : { socketTimeoutMS: SILENCE_MS }),
    };
    return new MongoClient(url, { appName: 'fok', ...patience });
  } catch (error) {
    throw new NotAConnectionString(error);
  }
}
