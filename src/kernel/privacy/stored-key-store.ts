import { createHmac } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { newKey } from './cipher.js';
import type { BrokenOffChange, KeyRecords, KeyRow, Rewrap } from './key-records.js';
import type { Admission, AdmissionRequest, Claim, KeyStore, SearchTerm, SubjectTerm } from './key-store.js';
import { KeyStoreError } from './key-store-error.js';
import type { KeyInContext, MasterKey } from './master-key.js';

/** What the key of the search terms is bound to. */
export const INDEX_KEY = 'fok:search-terms';
const CACHED_KEYS = 20_000;

export interface KeyStoreOptions {
  readonly master: MasterKey;
  /** How many unwrapped keys are held in memory at most. */
  readonly cachedKeys?: number;
  /** The master key before, where its change was broken off: the change is finished then. */
  readonly before?: MasterKey;
}

/** Keys and search terms over rows that lie anywhere; for one or several processes. */
export class StoredKeyStore implements KeyStore {
  private readonly unwrapped: LRUCache<string, Uint8Array>;
  private readonly fences = new Set<string>();
  private generation = -1;

  private constructor(
    private readonly records: KeyRecords,
    private readonly master: MasterKey,
    private readonly indexKey: Uint8Array,
    cachedKeys: number,
  ) {
    this.unwrapped = new LRUCache({ max: cachedKeys });
  }

  /**
   * Proves that the master key fits, before anything is served. The rows are closed with the store, and when it cannot
   * be opened.
   * @throws KeyStoreError MASTER_KEY_WRONG, or KEY_STORE_ROTATED when a change of the master key has to be finished
   * first
   */
  static async over(
    records: KeyRecords,
    { master, cachedKeys = CACHED_KEYS, before }: KeyStoreOptions,
  ): Promise<StoredKeyStore> {
    try {
      const [indexKey] = await master.unwrap([{ key: records.wrappedIndexKey, context: INDEX_KEY }]);
      if (!indexKey || records.masterKeyId !== master.id) {
        throw new KeyStoreError(
          'MASTER_KEY_WRONG',
          `the key store was locked with master key ${records.masterKeyId}, given is ${master.id}`,
        );
      }
      if (records.brokenOff) await finish(records.brokenOff, before, master);
      return new StoredKeyStore(records, master, indexKey, cachedKeys);
    } catch (error) {
      await records.close();
      throw error;
    }
  }

  get register(): string {
    return this.records.register;
  }

  get server(): string | undefined {
    return this.records.server;
  }

  async admit({ about, sealing, terms = [], claims = [] }: AdmissionRequest): Promise<Admission> {
    await this.refresh();
    const living = [...new Set([...sealing, ...terms.map(({ subject }) => subject)])].filter(
      (subject) => !this.fences.has(subject),
    );
    const keys = await this.keysOf(living);
    const missing = living.filter((subject) => !keys.has(subject));
    const lives = ({ subject }: { readonly subject: string }): boolean => !this.fences.has(subject);
    const [wanted, claimed] = [terms.filter(lives), claims.filter(lives)];
    if (missing.length > 0 || wanted.length > 0 || claimed.length > 0) {
      await this.add(missing, wanted, claimed);
      // What is there now counts: another process may have been first, with a key or with a fence.
      for (const [subject, key] of await this.keysOf(missing)) keys.set(subject, key);
    }
    const forgotten = new Set<string>();
    if (this.fences.size > 0) for (const subject of about) if (this.fences.has(subject)) forgotten.add(subject);
    return { forgotten, keys };
  }

  async openingKeys(subjects: Iterable<string>): Promise<ReadonlyMap<string, Uint8Array | 'FORGOTTEN'>> {
    await this.refresh();
    const all = [...subjects];
    const keys: Map<string, Uint8Array | 'FORGOTTEN'> = await this.keysOf(all);
    for (const subject of all) if (this.fences.has(subject)) keys.set(subject, 'FORGOTTEN');
    return keys;
  }

  async findByTerm(term: SearchTerm): Promise<string[]> {
    return this.records.subjectsWith(term.kind, this.token(term));
  }

  async dropTerms(subject: string, kind: string, except: readonly SearchTerm[]): Promise<void> {
    const kept = except.filter((term) => term.kind === kind).map((term) => this.token(term));
    await this.records.dropTerms(subject, kind, kept);
  }

  async claim(thing: SearchTerm, claim: Claim): Promise<Claim> {
    return this.records.claim({ token: this.token(thing), ...claim });
  }

  async holders(things: readonly SearchTerm[]): Promise<(Claim | undefined)[]> {
    const tokens = things.map((thing) => this.token(thing));
    const rows = await this.records.holders(tokens);
    const byToken = new Map(rows.map((row) => [hexOf(row.token), row]));
    return tokens.map((token) => byToken.get(hexOf(token)));
  }

  async moveClaim(thing: SearchTerm, from: Claim, to: Claim): Promise<boolean> {
    return this.records.moveClaim({ token: this.token(thing), ...from }, to);
  }

  async dropClaims(subject: string, except: readonly SearchTerm[]): Promise<void> {
    await this.records.dropClaims(
      subject,
      except.map((thing) => this.token(thing)),
    );
  }

  async fence(subject: string, note: string): Promise<void> {
    await this.records.fence(subject, note);
  }

  async destroy(subject: string): Promise<void> {
    this.unwrapped.delete(subject);
    await this.records.remove(subject);
  }

  async finishForgetting(subject: string): Promise<void> {
    await this.records.eraseNote(subject);
  }

  async unfinishedForgettings(): Promise<{ readonly subject: string; readonly note: string }[]> {
    return this.records.unfinished();
  }

  async isForgotten(subject: string): Promise<boolean> {
    await this.refresh();
    return this.fences.has(subject);
  }

  async allForgotten(): Promise<string[]> {
    return this.records.fences();
  }

  async logBegun(): Promise<boolean> {
    return (await this.records.state()).logBegun;
  }

  async noteLogBegun(): Promise<void> {
    await this.records.noteLogBegun();
  }

  /**
   * Wraps every key anew with another master key. This store is closed then, and so is every other process's: it
   * answers KEY_STORE_ROTATED until it is opened with the new key. Broken off, it can be done again.
   * @param onProgress called with the number of keys done so far, and of all
   * @returns how many persons' keys there are
   */
  async rotate(next: MasterKey, onProgress: (done: number, all: number) => void = () => undefined): Promise<number> {
    const change = { from: this.master.id, to: next.id, rewrap: rewrapping(this.master, next), onProgress };
    const done = await this.records.changeMasterKey(change);
    await this.close();
    return done;
  }

  async close(): Promise<void> {
    this.unwrapped.clear();
    await this.records.close();
  }

  /**
   * Another process may have forgotten somebody or changed the master key: then every key held here is let go. Costs
   * one look at a row.
   */
  private async refresh(): Promise<number> {
    const { generation, masterKeyId } = await this.records.state();
    if (masterKeyId !== this.master.id)
      throw new KeyStoreError('KEY_STORE_ROTATED', 'the master key was changed: start again with the new one');
    if (generation === this.generation) return generation;
    const fences = await this.records.fences();
    this.unwrapped.clear();
    this.fences.clear();
    for (const subject of fences) this.fences.add(subject);
    this.generation = generation;
    return generation;
  }

  /**
   * The keys of the living. A key that was read from the rows is given away only when, after it was read, the master
   * key had not changed:
   * so every key that anybody ever had was there before the change, which sees to all that are.
   */
  private async keysOf(subjects: readonly string[]): Promise<Map<string, Uint8Array>> {
    for (;;) {
      const { generation } = this;
      const keys = new Map<string, Uint8Array>();
      const absent: string[] = [];
      for (const subject of new Set(subjects)) {
        if (this.fences.has(subject)) continue;
        const key = this.unwrapped.get(subject);
        if (key) keys.set(subject, key);
        else absent.push(subject);
      }
      if (absent.length === 0) return keys;
      const rows = await this.records.keysOf(absent);
      const plain = await this.master.unwrap(rows.map(asContext));
      if ((await this.refresh()) !== generation) continue;
      for (const [index, { subject }] of rows.entries()) {
        const key = plain[index];
        if (!key) continue;
        keys.set(subject, key);
        this.unwrapped.set(subject, key);
      }
      return keys;
    }
  }

  private async add(
    missing: readonly string[],
    terms: readonly SubjectTerm[],
    claims: readonly (SearchTerm & Claim)[],
  ): Promise<void> {
    const wrapped = await this.master.wrap(missing.map((subject) => ({ key: newKey(), context: subject })));
    const rows = {
      keys: missing.map((subject, index) => ({ subject, wrapped: wrapped[index]! })),
      terms: terms.map((term) => ({ subject: term.subject, kind: term.kind, token: this.token(term) })),
      claims: claims.map(({ subject, at, ...thing }) => ({ subject, at, token: this.token(thing) })),
    };
    await this.records.add(rows, this.master.id);
  }

  private token({ kind, value }: SearchTerm): Uint8Array {
    return createHmac('sha256', this.indexKey).update(`fok:term:v1\0${kind}\0${value}`).digest().subarray(0, 16);
  }
}

async function finish(change: BrokenOffChange, before: MasterKey | undefined, master: MasterKey): Promise<void> {
  if (before?.id !== change.from) {
    throw new KeyStoreError(
      'KEY_STORE_ROTATED',
      `the change from master key ${change.from} to ${master.id} was broken off: run fok keys rotate again, with both of them at hand`,
    );
  }
  await change.finish(rewrapping(before, master));
}

function rewrapping(from: MasterKey, to: MasterKey): Rewrap {
  return async (rows) => {
    const plain = await from.unwrap(rows.map(asContext));
    const damaged = rows[plain.findIndex((key) => key === undefined)];
    if (damaged) throw new KeyStoreError('KEY_STORE_UNUSABLE', `the key of ${damaged.subject} is damaged`);
    const wrapped = await to.wrap(rows.map(({ subject }, index) => ({ key: plain[index]!, context: subject })));
    return rows.map(({ subject }, index) => ({ subject, wrapped: wrapped[index]! }));
  };
}

function hexOf(token: Uint8Array): string {
  return Buffer.from(token).toString('hex');
}

function asContext({ subject, wrapped }: KeyRow): KeyInContext {
  return { key: wrapped, context: subject };
}
