import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FileIdentity } from '../../kernel/sqlite/file-identity.js';
import { type SqliteFailure, sqliteFailure, WriteProtected } from '../../kernel/sqlite/sqlite.js';
import { type Clock, systemClock } from '../../kernel/time/clock.js';
import {
  type AccessHead,
  type AccessLog,
  AccessLogUnavailable,
  type AccessQuery,
  type DisposedAccess,
  type RawAccess,
  timeAfter,
} from '../access-log.js';
import { type Access, type ChainPlace, checkedAccess, placed, type StoredAccess } from '../access-record.js';
import { GroupCommit } from '../group-commit.js';
import { AccessFile } from './access-file.js';

/** What the records of a file are chained under: whoever writes to it, server or verb, goes on in one chain. */
const NODE = 'local';

/** So long a group waits for another process to let go of the file. */
const BUSY_LIMIT_MS = 2000;

const messages: Readonly<Record<SqliteFailure, string>> = {
  BUSY: 'the access log is held by another process',
  READONLY: 'the access log is read-only',
  FULL: 'the disk with the access log is full',
  NOTADB: 'the file is no SQLite database',
  CORRUPT: 'the access log is damaged: restore a backup, then verify it',
  CANTOPEN: 'the access log cannot be opened: no such file or folder, or no right to it',
  IOERR: 'the disk with the access log is full or fails',
  CONSTRAINT: 'the access log refused a record: the file is not as this program keeps it',
  OTHER: 'the access log does not answer as expected: the file is not as this program keeps it',
};

export interface SqliteAccessOptions {
  readonly path: string;
  readonly readOnly?: boolean;
  readonly clock?: Clock;
  /** How long a group waits for the file's lock. */
  readonly busyLimitMs?: number;
}

/** The access log in one SQLite file: `access/access.sqlite` of the data folder. */
export class SqliteAccessLog implements AccessLog {
  private readonly commits = new GroupCommit<Access, StoredAccess>((group) => this.write(group));

  private constructor(
    private readonly file: AccessFile,
    private readonly identity: FileIdentity,
    private readonly clock: Clock,
    private readonly busyLimitMs: number,
  ) {}

  /** @throws AccessLogUnavailable */
  static async open({
    path,
    readOnly = false,
    clock = systemClock,
    busyLimitMs = BUSY_LIMIT_MS,
  }: SqliteAccessOptions): Promise<SqliteAccessLog> {
    const file = await unlessBusy(busyLimitMs, () => {
      if (!readOnly) mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      return AccessFile.open(path, readOnly);
    });
    return new SqliteAccessLog(file, FileIdentity.of(path), clock, busyLimitMs);
  }

  async append(access: Access): Promise<StoredAccess> {
    return this.commits.add(checkedAccess(access));
  }

  async *read(query: AccessQuery = {}): AsyncIterable<StoredAccess> {
    try {
      yield* this.file.read(query);
    } catch (error) {
      throw unavailable(error);
    }
  }

  async *raw(): AsyncIterable<RawAccess> {
    try {
      yield* this.file.raw();
    } catch (error) {
      throw unavailable(error);
    }
  }

  async heads(): Promise<readonly AccessHead[]> {
    return this.ask(() => this.file.heads());
  }

  async count(): Promise<number> {
    return this.ask(() => this.file.count());
  }

  async disposed(): Promise<readonly DisposedAccess[]> {
    return this.ask(() => this.file.disposed());
  }

  async dispose(before: string): Promise<readonly DisposedAccess[]> {
    await this.commits.idle();
    const gone = await this.ask(() => this.file.dispose(before, this.clock.now()));
    if (gone.length > 0) await this.ask(() => this.file.compact());
    return gone;
  }

  async misplaced(): Promise<readonly string[]> {
    return this.ask(() => this.file.misplaced());
  }

  async close(): Promise<void> {
    await this.commits.idle();
    this.file.close();
  }

  private ask<T>(work: () => T): Promise<T> {
    return unlessBusy(this.busyLimitMs, work);
  }

  private write(group: readonly Access[]): Promise<readonly StoredAccess[]> {
    return this.ask(() => {
      this.assertThere();
      const stored = this.file.transaction(() => {
        const end = this.file.end(NODE);
        const at = timeAfter(end.at, this.clock.now());
        const records: StoredAccess[] = [];
        let last: ChainPlace = end;
        for (const access of group) {
          const next = placed(access, at, last);
          records.push(next);
          last = { node: NODE, n: next.record.n, hash: next.hash };
        }
        this.file.add(records);
        return records;
      });
      this.assertThere();
      return stored;
    });
  }

  private assertThere(): void {
    if (!this.identity.isThere())
      throw new AccessLogUnavailable('the file of the access log was moved or removed while it was open');
  }
}

/** Tries until no other process stands in the way. @throws AccessLogUnavailable */
async function unlessBusy<T>(limitMs: number, attempt: () => T): Promise<T> {
  const end = performance.now() + limitMs;
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (sqliteFailure(error) !== 'BUSY' || performance.now() >= end) throw unavailable(error);
    }
    await sleep(1 + Math.random() * 9);
  }
}

/** The driver's error as the port's; any other as it is. */
function unavailable(error: unknown): unknown {
  if (error instanceof WriteProtected) return new AccessLogUnavailable(error.message, { cause: error });
  const failure = sqliteFailure(error);
  if (failure !== undefined) return new AccessLogUnavailable(messages[failure], { cause: error });
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (['EACCES', 'EROFS', 'ENOSPC', 'ENOENT', 'ENOTDIR', 'EEXIST'].includes(code))
    return new AccessLogUnavailable(messages.CANTOPEN, { cause: error });
  return error;
}
