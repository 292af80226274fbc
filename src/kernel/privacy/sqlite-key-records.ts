import { randomUUID } from 'node:crypto';
import { FileIdentity } from '../sqlite/file-identity.js';
import { type SqliteDatabase, closeDatabase, inTransaction } from '../sqlite/sqlite.js';
import { newKey } from './cipher.js';
import { ClaimTable } from './claim-table.js';
import { openKeyFile, scrubKeyFile, whenKeyFileFree } from './key-file.js';
import type { ClaimRow, KeyRecords, KeyRow, KeyState, MasterKeyChange, NewRows } from './key-records.js';
import type { Claim } from './key-store.js';
import { KeyStoreError } from './key-store-error.js';
import { KeyTables } from './key-tables.js';
import type { MasterKey } from './master-key.js';
import { INDEX_KEY, type KeyStoreOptions, StoredKeyStore } from './stored-key-store.js';

const REWRAPPED_AT_A_TIME = 1_000;

export interface SqliteKeyStoreOptions extends KeyStoreOptions {
  /** The file, or `:memory:`. */
  readonly path: string;
  /**
   * Whether a store that is not there is made; false when the log has entries already, whose keys would then be
   * missing.
   */
  readonly create: boolean;
}

/**
 * Opens keys and search terms in one SQLite file of their own, for one or several processes of one machine.
 * @throws KeyStoreError
 */
export async function openSqliteKeyStore({ path, create, ...options }: SqliteKeyStoreOptions): Promise<StoredKeyStore> {
  return StoredKeyStore.over(await SqliteKeyRecords.open(path, create, options.master), options);
}

/** The rows of a key store in an SQLite file. */
export class SqliteKeyRecords implements KeyRecords {
  readonly register: string;
  readonly masterKeyId: string;
  readonly wrappedIndexKey: Uint8Array;

  private readonly claimed: ClaimTable;

  private constructor(
    private readonly db: SqliteDatabase,
    private readonly tables: KeyTables,
    private readonly file: FileIdentity,
  ) {
    this.claimed = new ClaimTable(db);
    this.register = tables.register();
    this.masterKeyId = tables.masterKeyId();
    this.wrappedIndexKey = tables.meta('indexKey');
  }

  /**
   * @param master wraps the index key of a store that is made
   * @throws KeyStoreError KEY_STORE_MISSING, KEY_STORE_BUSY, KEY_STORE_UNUSABLE
   */
  static async open(path: string, create: boolean, master: MasterKey): Promise<SqliteKeyRecords> {
    const [indexKey] = await master.wrap([{ key: newKey(), context: INDEX_KEY }]);
    const db = await whenKeyFileFree(() =>
      openKeyFile(path, create, (fresh) => KeyTables.fill(fresh, randomUUID(), master.id, indexKey!)),
    );
    try {
      return new SqliteKeyRecords(db, new KeyTables(db), FileIdentity.of(path));
    } catch (error) {
      db.close();
      throw error;
    }
  }

  async state(): Promise<KeyState> {
    return whenKeyFileFree(() => ({
      generation: this.tables.generation(),
      masterKeyId: this.tables.masterKeyId(),
      logBegun: this.tables.logBegun(),
    }));
  }

  async fences(): Promise<string[]> {
    return whenKeyFileFree(() => this.tables.fences());
  }

  async keysOf(subjects: readonly string[]): Promise<KeyRow[]> {
    return whenKeyFileFree(() => this.tables.keysOf(subjects));
  }

  async add({ keys, terms, claims }: NewRows, masterKeyId: string): Promise<void> {
    await this.write(() => {
      this.assertMaster(masterKeyId);
      for (const row of keys) this.tables.addPerson(row);
      for (const term of terms) this.tables.addTerm(term);
      for (const claim of claims) if (!this.tables.isFenced(claim.subject)) this.claimed.claim(claim);
    });
  }

  async subjectsWith(_kind: string, token: Uint8Array): Promise<string[]> {
    return whenKeyFileFree(() => this.tables.subjectsWith(token));
  }

  async dropTerms(subject: string, kind: string, kept: readonly Uint8Array[]): Promise<void> {
    await this.write(() => this.tables.dropTerms(subject, kind, kept));
  }

  async claim(row: ClaimRow): Promise<Claim> {
    return this.write(() => this.claimed.claim(row));
  }

  async holders(tokens: readonly Uint8Array[]): Promise<ClaimRow[]> {
    return whenKeyFileFree(() => this.claimed.holders(tokens));
  }

  async moveClaim(row: ClaimRow, to: Claim): Promise<boolean> {
    return this.write(() => this.claimed.move(row, to));
  }

  async dropClaims(subject: string, kept: readonly Uint8Array[]): Promise<void> {
    await this.write(() => this.claimed.drop(subject, kept));
  }

  async fence(subject: string, note: string): Promise<void> {
    await this.write(() => this.tables.fence(subject, note));
  }

  async remove(subject: string): Promise<void> {
    await this.write(() => {
      if (!this.tables.isFenced(subject)) throw new RangeError('a person is fenced before the key is destroyed');
      this.tables.deletePerson(subject);
      this.claimed.drop(subject, []);
    });
    await whenKeyFileFree(() => scrubKeyFile(this.db));
  }

  async eraseNote(subject: string): Promise<void> {
    await this.write(() => this.tables.eraseNote(subject));
    await whenKeyFileFree(() => scrubKeyFile(this.db));
  }

  async noteLogBegun(): Promise<void> {
    await this.write(() => this.tables.noteLogBegun());
  }

  async unfinished(): Promise<{ readonly subject: string; readonly note: string }[]> {
    return whenKeyFileFree(() => this.tables.unfinished());
  }

  /** All keys in one transaction: after a crash they all have the old master key or all the new one. */
  async changeMasterKey({ from, to, rewrap, onProgress }: MasterKeyChange): Promise<number> {
    for (;;) {
      const rows = await whenKeyFileFree(() => [
        { subject: INDEX_KEY, wrapped: this.tables.meta('indexKey') },
        ...this.tables.allKeys(),
      ]);
      const rewrapped: KeyRow[] = [];
      for (let start = 0; start < rows.length; start += REWRAPPED_AT_A_TIME) {
        rewrapped.push(...(await rewrap(rows.slice(start, start + REWRAPPED_AT_A_TIME))));
        onProgress(rewrapped.length, rows.length);
      }
      const [index, ...persons] = rewrapped;
      const done = await this.write(() => {
        this.assertMaster(from);
        return this.tables.replaceKeys(rows.length - 1, persons, index!.wrapped, to);
      });
      if (!done) continue;
      await whenKeyFileFree(() => scrubKeyFile(this.db));
      return persons.length;
    }
  }

  async close(): Promise<void> {
    if (this.db.isOpen) closeDatabase(this.db);
  }

  /** Asked before and after: a key that went to a file which is gone would be given away, and lost with what it sealed. */
  private async write<T>(work: () => T): Promise<T> {
    this.assertFileThere();
    const result = await whenKeyFileFree(() => inTransaction(this.db, work));
    this.assertFileThere();
    return result;
  }

  private assertFileThere(): void {
    if (this.file.isThere()) return;
    throw new KeyStoreError(
      'KEY_STORE_UNUSABLE',
      'the file of the key store was removed or replaced while it was open: nothing more is sealed; stop, bring it back, start again',
    );
  }

  private assertMaster(id: string): void {
    if (this.tables.masterKeyId() !== id)
      throw new KeyStoreError('KEY_STORE_ROTATED', 'the master key was changed: start again with the new one');
  }
}
