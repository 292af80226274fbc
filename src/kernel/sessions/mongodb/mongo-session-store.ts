import { Binary, type Collection, MongoServerError } from 'mongodb';
import { mongoFailure } from '../../mongodb/failures.js';
import { ensureIndexes } from '../../mongodb/indexes.js';
import { connectMongo, lastingDb, type MongoServer } from '../../mongodb/server.js';
import { SessionsUnavailable, type SessionStore, type StoredSession } from '../session-store.js';

interface SessionDocument {
  readonly _id: string;
  readonly startedAt: number;
  readonly usedAt: number;
  readonly sealed: Binary;
}

/** Sessions beside the keys on a server, for several processes on several machines. */
export class MongoSessionStore implements SessionStore {
  private constructor(
    private readonly server: MongoServer,
    private readonly sessions: Collection<SessionDocument>,
  ) {}

  /**
   * @param url names the database
   * @throws SessionsUnavailable
   */
  static async open(url: string): Promise<MongoSessionStore> {
    return said(async () => {
      const server = await connectMongo(url);
      // A logout that a fallen server takes with it would be none.
      const sessions = lastingDb(server, url).collection<SessionDocument>('sessions');
      try {
        await ensureIndexes(sessions, [
          { name: 'by start', key: { startedAt: 1 } },
          { name: 'by use', key: { usedAt: 1 } },
        ]);
      } catch (error) {
        await server.client.close();
        throw error;
      }
      return new MongoSessionStore(server, sessions);
    });
  }

  async add({ id, startedAt, usedAt, sealed }: StoredSession): Promise<void> {
    await said(() =>
      this.sessions.insertOne({ _id: id, startedAt, usedAt, sealed: new Binary(Buffer.from(sealed)) }).catch(onlyOnce),
    );
  }

  async read(id: string): Promise<StoredSession | undefined> {
    const found = await said(() => this.sessions.findOne({ _id: id }));
    if (!found) return undefined;
    const { startedAt, usedAt, sealed } = found;
    return { id, startedAt, usedAt, sealed: Uint8Array.from(sealed.buffer.subarray(0, sealed.position)) };
  }

  async touch(id: string, usedAt: number): Promise<void> {
    await said(() => this.sessions.updateOne({ _id: id, usedAt: { $lt: usedAt } }, { $set: { usedAt } }));
  }

  async remove(id: string): Promise<void> {
    await said(() => this.sessions.deleteOne({ _id: id }));
  }

  async sweep(startedBefore: number, usedBefore: number): Promise<void> {
    await said(() =>
      this.sessions.deleteMany({ $or: [{ startedAt: { $lt: startedBefore } }, { usedAt: { $lt: usedBefore } }] }),
    );
  }

  async close(): Promise<void> {
    await this.server.client.close();
  }
}

/** Sent again after an answer that was lost, the same session is there already: its id is drawn anew for each. */
function onlyOnce(error: unknown): void {
  if (!(error instanceof MongoServerError) || error.code !== 11000) throw error;
}

async function said<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = mongoFailure(error);
    if (!failure) throw error;
    throw new SessionsUnavailable(`the sessions: ${failure.message}`, { cause: error });
  }
}
