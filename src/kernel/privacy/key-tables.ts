import type { SqliteDatabase, SqliteStatement } from '../sqlite/sqlite.js';
import type { FenceRow } from './key-contents.js';
import type { KeyRow, TermRow } from './key-records.js';

type MetaName = 'register' | 'masterKeyId' | 'indexKey' | 'generation' | 'logBegun';

/** The statements of a key store's file. Synchronous; may throw the driver's errors. */
export class KeyTables {
  private readonly selectMeta: SqliteStatement;
  private readonly updateMeta: SqliteStatement;
  private readonly selectKey: SqliteStatement;
  private readonly selectNumber: SqliteStatement;
  private readonly insertPerson: SqliteStatement;
  private readonly insertTerm: SqliteStatement;
  private readonly updateKey: SqliteStatement;
  private readonly selectFence: SqliteStatement;

  constructor(private readonly db: SqliteDatabase) {
    this.selectMeta = db.prepare('SELECT value FROM meta WHERE name = ?');
    this.updateMeta = db.prepare('UPDATE meta SET value = ? WHERE name = ?');
    this.selectKey = db.prepare('SELECT subject, wrapped FROM persons WHERE subject = ?');
    this.selectNumber = db.prepare('SELECT number FROM persons WHERE subject = ?');
    this.insertPerson = db.prepare(
      'INSERT INTO persons (subject, wrapped) VALUES (?, ?) ON CONFLICT (subject) DO NOTHING',
    );
    this.insertTerm = db.prepare(
      'INSERT INTO terms (token, person, kind) SELECT ?, number, ? FROM persons WHERE subject = ? ON CONFLICT DO NOTHING',
    );
    this.updateKey = db.prepare('UPDATE persons SET wrapped = ? WHERE subject = ?');
    this.selectFence = db.prepare('SELECT 1 FROM fences WHERE subject = ?');
  }

  /** The rows of a new store. */
  static fill(db: SqliteDatabase, register: string, masterKeyId: string, wrappedIndexKey: Uint8Array): void {
    const insert = db.prepare('INSERT INTO meta (name, value) VALUES (?, ?)');
    insert.run('register', Buffer.from(register));
    insert.run('masterKeyId', Buffer.from(masterKeyId));
    insert.run('indexKey', wrappedIndexKey);
    insert.run('generation', Buffer.from('0'));
  }

  meta(name: MetaName): Uint8Array {
    const row = this.selectMeta.get(name) as { value: Uint8Array } | undefined;
    return row?.value ?? new Uint8Array();
  }

  register(): string {
    return Buffer.from(this.meta('register')).toString();
  }

  masterKeyId(): string {
    return Buffer.from(this.meta('masterKeyId')).toString();
  }

  /** Rises whenever a person is fenced or the master key changes. */
  generation(): number {
    return Number(Buffer.from(this.meta('generation')).toString());
  }

  /**
   * Whether the log is known to have had its first event. Stores of before say nothing: they learn it when they are
   * opened with their log.
   */
  logBegun(): boolean {
    return this.meta('logBegun').length > 0;
  }

  noteLogBegun(): void {
    this.db
      .prepare('INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run('logBegun' satisfies MetaName, Buffer.from('1'));
  }

  keysOf(subjects: readonly string[]): KeyRow[] {
    return subjects
      .map((subject) => this.selectKey.get(subject) as KeyRow | undefined)
      .filter((row) => row !== undefined);
  }

  allKeys(): KeyRow[] {
    return this.db.prepare('SELECT subject, wrapped FROM persons ORDER BY number').all() as unknown as KeyRow[];
  }

  /** A person who has a key keeps it; one who is fenced gets none. */
  addPerson({ subject, wrapped }: KeyRow): void {
    if (!this.isFenced(subject)) this.insertPerson.run(subject, wrapped);
  }

  /** A term without a person, or of one who is fenced, is not kept. */
  addTerm({ subject, kind, token }: TermRow): void {
    if (!this.isFenced(subject)) this.insertTerm.run(token, kind, subject);
  }

  subjectsWith(token: Uint8Array): string[] {
    const rows = this.db
      .prepare(
        'SELECT DISTINCT p.subject FROM terms t JOIN persons p ON p.number = t.person WHERE t.token = ? ORDER BY p.subject',
      )
      .all(token);
    return (rows as { subject: string }[]).map(({ subject }) => subject);
  }

  dropTerms(subject: string, kind: string, kept: readonly Uint8Array[]): void {
    const places = kept.map(() => '?').join(',');
    this.db
      .prepare(
        `DELETE FROM terms WHERE person = (SELECT number FROM persons WHERE subject = ?) AND kind = ? AND token NOT IN (${places})`,
      )
      .run(subject, kind, ...kept);
  }

  fences(): string[] {
    return (this.db.prepare('SELECT subject FROM fences').all() as { subject: string }[]).map(({ subject }) => subject);
  }

  isFenced(subject: string): boolean {
    return this.selectFence.get(subject) !== undefined;
  }

  fence(subject: string, note: string): void {
    const { changes } = this.db
      .prepare('INSERT INTO fences (subject, note) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(subject, note);
    if (Number(changes) === 1) this.raiseGeneration();
  }

  /** A fence as it lay in another store. */
  addFence({ subject, note }: FenceRow): void {
    this.db.prepare('INSERT INTO fences (subject, note) VALUES (?, ?)').run(subject, note ?? null);
  }

  eraseNote(subject: string): void {
    this.db.prepare('UPDATE fences SET note = NULL WHERE subject = ?').run(subject);
  }

  unfinished(): { readonly subject: string; readonly note: string }[] {
    return this.db.prepare('SELECT subject, note FROM fences WHERE note IS NOT NULL ORDER BY subject').all() as {
      subject: string;
      note: string;
    }[];
  }

  deletePerson(subject: string): void {
    const row = this.selectNumber.get(subject) as { number: number } | undefined;
    if (!row) return;
    this.db.prepare('DELETE FROM terms WHERE person = ?').run(row.number);
    this.db.prepare('DELETE FROM persons WHERE number = ?').run(row.number);
  }

  /**
   * @returns false, having changed nothing, when the persons are not as many as they were: some came or went in between
   */
  replaceKeys(expected: number, rows: readonly KeyRow[], wrappedIndexKey: Uint8Array, masterKeyId: string): boolean {
    const { persons } = this.db.prepare('SELECT count(*) AS persons FROM persons').get() as { persons: number };
    if (persons !== expected) return false;
    for (const { subject, wrapped } of rows) {
      if (Number(this.updateKey.run(wrapped, subject).changes) !== 1)
        throw new Error('a person went while the keys were wrapped anew');
    }
    this.updateMeta.run(wrappedIndexKey, 'indexKey');
    this.updateMeta.run(Buffer.from(masterKeyId), 'masterKeyId');
    this.raiseGeneration();
    return true;
  }

  private raiseGeneration(): void {
    this.updateMeta.run(Buffer.from(String(this.generation() + 1)), 'generation');
  }
}
