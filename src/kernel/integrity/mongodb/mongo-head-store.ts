import { setTimeout as sleep } from 'node:timers/promises';
import { type Collection, type Filter, MongoServerError } from 'mongodb';
import { onlyDuplicates } from '../../mongodb/failures.js';
import { connectKeys, keyErrors, type MongoKeys } from '../../privacy/mongodb/mongo-keys.js';
import { originIn, readCheckpoint, type SignedCheckpoint, writeCheckpoint } from '../checkpoint.js';
import { type Advanced, type HeadStore, isSameHead, type KeptHead, type Lease } from '../head-store.js';
import { IntegrityError } from '../integrity-error.js';

const NOTARY = 'notary';
/** What somebody else has just written may not be known to a majority yet. */
const SETTLES_MS = 20;

/** Who may sign and what was signed last lie in one document, so that one write decides on both on every kind of server. */
interface NotaryDocument {
  readonly _id: typeof NOTARY;
  readonly holder?: string;
  readonly token?: number;
  readonly until?: number;
  readonly origin?: string;
  readonly size?: number;
  readonly root?: string;
  readonly signed?: string;
  readonly before?: number | null;
}

/** Every checkpoint, by the number of events that it vouches for. */
interface CheckpointDocument {
  readonly _id: number;
  readonly signed: string;
}

/**
 * The head in the database of the keys, for servers on several machines: they sign as one, and share what was signed.
 * A node that was overtaken is told by the number of its right, whatever the machines' clocks say; these only decide
 * when the right of a node that is gone is free. Where the server is away or refuses, promises reject with KeyStoreError.
 */
export class MongoHeadStore implements HeadStore {
  private constructor(
    private readonly keys: MongoKeys,
    private readonly notary: Collection<NotaryDocument>,
    private readonly shared: Collection<CheckpointDocument>,
    private readonly now: () => number,
  ) {}

  /**
   * @param url names the database of the keys
   * @param now milliseconds since 1970, for who may sign
   * @throws KeyStoreError
   */
  static async open(url: string, { now = Date.now }: { readonly now?: () => number } = {}): Promise<MongoHeadStore> {
    const keys = await connectKeys(url);
    return new MongoHeadStore(keys, keys.db.collection('notary'), keys.db.collection('checkpoints'), now);
  }

  async head(): Promise<KeptHead | undefined> {
    const { signed, before } = (await this.read()) ?? {};
    if (signed === undefined) return undefined;
    return { signed: readOrThrow(signed), ...(typeof before === 'number' ? { before } : {}) };
  }

  async lease(): Promise<Lease | undefined> {
    const lease = leaseIn(await this.read());
    return lease && lease.until > this.now() ? lease : undefined;
  }

  async takeLease(holder: string, forMs: number, how: 'IF_FREE' | 'AT_ONCE'): Promise<Lease | undefined> {
    for (; ; await sleep(SETTLES_MS)) {
      const held = leaseIn(await this.read());
      const now = this.now();
      const mine = held?.holder === holder && held.until > now;
      if (held && !mine && held.until > now && how === 'IF_FREE') return undefined;
      const lease: Lease = { holder, token: mine ? held.token : (held?.token ?? 0) + 1, until: now + forMs };
      // Between the reading and this somebody else may have taken it: then it is looked at again.
      if (await this.write({ token: held ? held.token : ABSENT }, lease)) return lease;
    }
  }

  async release({ token }: Lease): Promise<void> {
    await keyErrors(() => this.notary.updateOne({ _id: NOTARY, token }, { $set: { until: 0 } }));
  }

  async advance({ token }: Lease, from: KeptHead | undefined, to: KeptHead): Promise<Advanced> {
    const [believed, next] = [from?.signed.checkpoint, to.signed.checkpoint];
    const there = await this.head();
    if (believed && isSameHead(there, from) && originIn(believed) === originIn(next) && next.size < believed.size)
      throw new IntegrityError('HEAD_UNUSABLE', 'what was signed last moves only forward');
    // Whoever put the last one forward may have ended before it was among all.
    if (there) await this.share(there.signed);
    const expected: Filter<NotaryDocument> = { token, until: { $gt: this.now() }, ...standing(believed) };
    const advanced = await this.write(expected, {
      origin: originIn(next),
      size: next.size,
      root: next.root,
      signed: writeCheckpoint(to.signed),
      before: to.before ?? null,
    });
    if (advanced) {
      await this.share(to.signed);
      return 'ADVANCED';
    }
    const held = await this.lease();
    return held?.token === token ? 'OVERTAKEN' : 'LEASE_LOST';
  }

  async checkpoints(after: number): Promise<SignedCheckpoint[]> {
    const found = await keyErrors(() => this.shared.find({ _id: { $gt: after } }, { sort: { _id: 1 } }).toArray());
    const last = (await this.head())?.signed;
    const all = found.map(({ signed }) => readOrThrow(signed));
    const isAmong = all.some(({ checkpoint }) => checkpoint.size === last?.checkpoint.size);
    return last && last.checkpoint.size > after && !isAmong ? [...all, last] : all;
  }

  async close(): Promise<void> {
    await this.keys.client.close();
  }

  private read(): Promise<NotaryDocument | null> {
    return keyErrors(() => this.notary.findOne({ _id: NOTARY }));
  }

  /** @returns false when the document is not as expected any more */
  private write(expected: Filter<NotaryDocument>, values: Partial<NotaryDocument>): Promise<boolean> {
    return keyErrors(async () => {
      const filter = { ...expected, _id: NOTARY } as Filter<NotaryDocument>;
      const { matchedCount, upsertedCount } = await this.notary
        .updateOne(filter, { $set: values }, { upsert: isAbsent(expected) })
        .catch(unlessThere);
      return matchedCount + upsertedCount > 0;
    });
  }

  /** Puts a checkpoint among all; one of that size that is there already stays. */
  private async share(signed: SignedCheckpoint): Promise<void> {
    const { size } = signed.checkpoint;
    await keyErrors(() =>
      this.shared.updateOne({ _id: size }, { $setOnInsert: { signed: writeCheckpoint(signed) } }, { upsert: true }),
    );
  }
}

const ABSENT = { $exists: false } as const;

/** The first who wants to sign makes the document. */
function isAbsent({ token }: Filter<NotaryDocument>): boolean {
  return token === ABSENT;
}

function standing(believed: SignedCheckpoint['checkpoint'] | undefined): Filter<NotaryDocument> {
  return believed ? { size: believed.size, root: believed.root } : { size: ABSENT };
}

/** Somebody else made the document first. */
function unlessThere(error: unknown): { readonly matchedCount: number; readonly upsertedCount: number } {
  if (!(error instanceof MongoServerError && onlyDuplicates(error))) throw error;
  return { matchedCount: 0, upsertedCount: 0 };
}

function leaseIn(found: NotaryDocument | null): Lease | undefined {
  const { holder, token, until } = found ?? {};
  return holder === undefined || token === undefined || until === undefined ? undefined : { holder, token, until };
}

function readOrThrow(text: string): SignedCheckpoint {
  const signed = readCheckpoint(text);
  if (!signed) throw new IntegrityError('HEAD_UNUSABLE', 'a checkpoint cannot be read from the database of the keys');
  return signed;
}
