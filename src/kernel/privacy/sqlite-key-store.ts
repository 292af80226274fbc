import { createHmac, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type SqliteDatabase, closeDatabase } from '../sqlite/sqlite.js';
import { newKey } from './cipher.js';
import { inTransaction, openKeyFile, scrubKeyFile, whenKeyFileFree } from './key-file.js';
import { type KeyRow, KeyTables } from './key-tables.js';
import type { Admission, AdmissionRequest, KeyStore, SearchTerm, SubjectTerm } from './key-store.js';
import { KeyStoreError } from './key-store-error.js';
import type { KeyInContext, MasterKey } from './master-key.js';

const INDEX_KEY = 'fok:search-terms';
const CACHED_KEYS = 20_000;

export interface SqliteKeyStoreOptions {
  /** The file, or `:memory:`. */
  readonly path: string;
  readonly master: MasterKey;
  /** Whether a store that is not there is made; false when the log has entries already, whose keys would then be missing. */
  readonly create: boolean;
  /** How many unwrapped keys are held in memory at most. */
  readonly cachedKeys?: number;
}

/** Keys and search terms in one SQLite file of their own, for one or several processes of one machine. */
export class SqliteKeyStore implements KeyStore {
  private readonly unwrapped: LRUCache<string, Uint8Array>;
  private readonly fences = new Set<string>();
  private generation = -1;

  private constructor(
    private readonly db: SqliteDatabase,
    private readonly tables: KeyTables,
    private readonly master: MasterKey,
    private readonly indexKey: Uint8Array,
    readonly register: string,
    cachedKeys: number,
  ) {
    this.unwrapped = new LRUCache({ max: cachedKeys });
  }

  /**
   * Opens the store and proves that the master key fits, before anything is served.
   * @throws KeyStoreError MASTER_KEY_WRONG, KEY_STORE_MISSING, KEY_STORE_BUSY, KEY_STORE_UNUSABLE
   */
  static async open({ path, master, create, cachedKeys = CACHED_KEYS }: SqliteKeyStoreOptions): Promise<SqliteKeyStore> {
    const [wrappedIndexKey] = await master.wrap([{ key: newKey(), context: INDEX_KEY }]);
    const db = await whenKeyFileFree(() => openKeyFile(path, create, (fresh) => KeyTables.fill(fresh, randomUUID(), master.id, wrappedIndexKey!)));
    try {
      const tables = new KeyTables(db);
      const [indexKey] = await master.unwrap([{ key: tables.meta('indexKey'), context: INDEX_KEY }]);
      if (!indexKey || tables.masterKeyId() !== master.id) {
        throw new KeyStoreError('MASTER_KEY_WRONG', `the key store was locked with master key ${tables.masterKeyId()}, given is ${master.id}`);
      }
      return new SqliteKeyStore(db, tables, master, indexKey, tables.register(), cachedKeys);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  async admit({ about, sealing, terms = [] }: AdmissionRequest): Promise<Admission> {
    await whenKeyFileFree(() => this.refresh());
    const forgotten = new Set<string>();
    if (this.fences.size > 0) for (const subject of about) if (this.fences.has(subject)) forgotten.add(subject);
    const living = [...sealing, ...terms.map(({ subject }) => subject)].filter((subject) => !forgotten.has(subject));
    const keys = await this.keysOf(living);
    const missing = new Set(living.filter((subject) => !keys.has(subject)));
    const wanted = terms.filter(({ subject }) => !forgotten.has(subject));
    if (missing.size > 0 || wanted.length > 0) await this.make([...missing], wanted, keys, forgotten);
    return { forgotten, keys };
  }

  async openingKeys(subjects: Iterable<string>): Promise<ReadonlyMap<string, Uint8Array | 'FORGOTTEN'>> {
    await whenKeyFileFree(() => this.refresh());
    const all = [...subjects];
    const keys: Map<string, Uint8Array | 'FORGOTTEN'> = await this.keysOf(all.filter((subject) => !this.fences.has(subject)));
    for (const subject of all) if (this.fences.has(subject)) keys.set(subject, 'FORGOTTEN');
    return keys;
  }

  async findByTerm(term: SearchTerm): Promise<string[]> {
    return whenKeyFileFree(() => this.tables.subjectsWith(this.token(term)));
  }

  async dropTerms(subject: string, kind: string, except: readonly SearchTerm[]): Promise<void> {
    const kept = except.filter((term) => term.kind === kind).map((term) => this.token(term));
    await whenKeyFileFree(() => inTransaction(this.db, () => this.tables.dropTerms(subject, kind, kept)));
  }

  async fence(subject: string, note: string): Promise<void> {
    await whenKeyFileFree(() => inTransaction(this.db, () => this.tables.fence(subject, note)));
  }

  async destroy(subject: string): Promise<void> {
    await whenKeyFileFree(() => {
      inTransaction(this.db, () => {
        if (!this.tables.isFenced(subject)) throw new RangeError('a person is fenced before the key is destroyed');
        this.tables.deletePerson(subject);
      });
    });
    this.unwrapped.delete(subject);
    await whenKeyFileFree(() => scrubKeyFile(this.db));
  }

  async finishForgetting(subject: string): Promise<void> {
    await whenKeyFileFree(() => inTransaction(this.db, () => this.tables.eraseNote(subject)));
    await whenKeyFileFree(() => scrubKeyFile(this.db));
  }

  async unfinishedForgettings(): Promise<{ readonly subject: string; readonly note: string }[]> {
    return whenKeyFileFree(() => this.tables.unfinished());
  }

  async isForgotten(subject: string): Promise<boolean> {
    await whenKeyFileFree(() => this.refresh());
    return this.fences.has(subject);
  }

  /**
   * Wraps every key anew with another master key, all of them in one transaction: after a crash they all have the old one or all the new
   * one. This store is closed then, and so is every other process's: it answers KEY_STORE_ROTATED until it is opened with the new key.
   * @param onProgress called with the number of keys done so far, and of all
   */
  async rotate(next: MasterKey, onProgress: (done: number, all: number) => void = () => undefined): Promise<number> {
    for (;;) {
      const rows = await whenKeyFileFree(() => [{ subject: INDEX_KEY, wrapped: this.tables.meta('indexKey') }, ...this.tables.allKeys()]);
      const rewrapped: KeyRow[] = [];
      for (let start = 0; start < rows.length; start += 1000) {
        rewrapped.push(...(await this.rewrap(rows.slice(start, start + 1000), next)));
        onProgress(rewrapped.length, rows.length);
      }
      const [index, ...persons] = rewrapped;
      const done = await whenKeyFileFree(() => inTransaction(this.db, () => {
        this.assertSameMaster();
        return this.tables.replaceKeys(rows.length - 1, persons, index!.wrapped, next.id);
      }));
      if (!done) continue;
      await whenKeyFileFree(() => scrubKeyFile(this.db));
      await this.close();
      return persons.length;
    }
  }

  async close(): Promise<void> {
    this.unwrapped.clear();
    if (this.db.isOpen) closeDatabase(this.db);
  }

  /** Another process may have forgotten somebody or changed the master key: then every key held here is let go. Costs one look at a row. */
  private refresh(): void {
    const generation = this.tables.generation();
    if (generation === this.generation) return;
    this.assertSameMaster();
    this.unwrapped.clear();
    this.fences.clear();
    for (const subject of this.tables.fences()) this.fences.add(subject);
    this.generation = generation;
  }

  private async keysOf(subjects: readonly string[]): Promise<Map<string, Uint8Array>> {
    const keys = new Map<string, Uint8Array>();
    const absent: string[] = [];
    for (const subject of new Set(subjects)) {
      const key = this.unwrapped.get(subject);
      if (key) keys.set(subject, key);
      else absent.push(subject);
    }
    if (absent.length === 0) return keys;
    const wrapped = await whenKeyFileFree(() => this.tables.keysOf(absent));
    const unwrapped = await this.master.unwrap(wrapped.map(asContext));
    for (const [index, { subject }] of wrapped.entries()) {
      const key = unwrapped[index];
      if (!key) continue;
      keys.set(subject, key);
      this.unwrapped.set(subject, key);
    }
    return keys;
  }

  /** Makes keys and terms in one transaction; what another process made or fenced in between counts. */
  private async make(missing: readonly string[], terms: readonly SubjectTerm[], keys: Map<string, Uint8Array>, forgotten: Set<string>): Promise<void> {
    const fresh = missing.map((subject) => ({ subject, key: newKey() }));
    const wrapped = await this.master.wrap(fresh.map(({ subject, key }) => ({ key, context: subject })));
    const tokens = terms.map((term) => ({ subject: term.subject, kind: term.kind, token: this.token(term) }));
    const made = await whenKeyFileFree(() => inTransaction(this.db, () => {
      this.assertSameMaster();
      this.refresh();
      const added = fresh.filter(({ subject }, index) => !this.fences.has(subject) && this.tables.addPerson(subject, wrapped[index]!));
      for (const { subject, kind, token } of tokens) if (!this.fences.has(subject)) this.tables.addTerm(subject, kind, token);
      return added;
    }));
    for (const { subject, key } of made) {
      keys.set(subject, key);
      this.unwrapped.set(subject, key);
    }
    for (const subject of missing) if (this.fences.has(subject)) forgotten.add(subject);
    const elsewhere = missing.filter((subject) => !keys.has(subject) && !forgotten.has(subject));
    for (const [subject, key] of await this.keysOf(elsewhere)) keys.set(subject, key);
  }

  private async rewrap(rows: readonly KeyRow[], next: MasterKey): Promise<KeyRow[]> {
    const plain = await this.master.unwrap(rows.map(asContext));
    const damaged = rows[plain.findIndex((key) => key === undefined)];
    if (damaged) throw new KeyStoreError('KEY_STORE_UNUSABLE', `the key of ${damaged.subject} is damaged`);
    const wrapped = await next.wrap(rows.map(({ subject }, index) => ({ key: plain[index]!, context: subject })));
    return rows.map(({ subject }, index) => ({ subject, wrapped: wrapped[index]! }));
  }

  private assertSameMaster(): void {
    if (this.tables.masterKeyId() !== this.master.id) throw new KeyStoreError('KEY_STORE_ROTATED', 'the master key was changed: start again with the new one');
  }

  private token({ kind, value }: SearchTerm): Uint8Array {
    return createHmac('sha256', this.indexKey).update(`fok:term:v1\0${kind}\0${value}`).digest().subarray(0, 16);
  }
}

function asContext({ subject, wrapped }: KeyRow): KeyInContext {
  return { key: wrapped, context: subject };
}
