import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { accessBytes, accessHash, type AccessRecord, readAccess } from '../../src/access-log/access-record.js';
import { AccessSealFile } from '../../src/access-log/seals/access-seal-file.js';
import { sealAccessLog } from '../../src/access-log/seals/seal-access-log.js';
import { sealHash } from '../../src/access-log/seals/access-seal.js';
import { SqliteAccessLog } from '../../src/access-log/sqlite/sqlite-access-log.js';
import { type AccessVerifyReport, verifyAccessLog } from '../../src/access-log/verify/verify-access-log.js';
import { openDatabase, type SqliteDatabase } from '../../src/kernel/sqlite/sqlite.js';
import { SigningKey } from '../../src/kernel/integrity/signing-key.js';
import { FixedClock } from '../../src/kernel/time/clock.js';
import { read } from './samples.js';

const REGISTER = '5f0c8d2a-0000-4a6b-9c3d-000000000009';
const clock = new FixedClock('2026-03-01T08:00:00.000Z');
const key = SigningKey.ephemeral();

let folder: string;
let path: string;
let seals: AccessSealFile;

/** Ten records, the first seven under a seal. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'access-'));
  path = join(folder, 'access.sqlite');
  seals = AccessSealFile.open(join(folder, 'seals.sqlite'));
  const log = await SqliteAccessLog.open({ path, clock });
  for (let n = 1; n <= 10; n++) {
    clock.set(`2026-03-01T08:00:${String(n).padStart(2, '0')}.000Z`);
    await log.append(read());
    if (n === 3 || n === 7) await sealAccessLog(log, seals, key, REGISTER, clock);
  }
  await log.close();
});
afterEach(async () => {
  seals.close();
  await rm(folder, { recursive: true });
});

/** Changes the file as somebody may who has it: the triggers are lifted, and put back as they were. */
function tamper(change: (db: SqliteDatabase) => void): void {
  const db = openDatabase(path);
  const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  change(db);
  for (const { sql } of triggers) db.exec(sql);
  db.close();
}

async function verified(named?: string): Promise<AccessVerifyReport> {
  const log = await SqliteAccessLog.open({ path, readOnly: true });
  const report = await verifyAccessLog(log, {
    notes: seals.all(),
    publicKey: key.publicKey,
    ...(named === undefined ? {} : { named }),
  });
  await log.close();
  return report;
}

async function found(): Promise<string[]> {
  const { findings, ok } = await verified();
  expect(ok).toBe(findings.length === 0);
  return findings.map(({ code, n }) => (n === undefined ? code : `${code} ${n}`));
}

function rewritten(db: SqliteDatabase, n: number, change: (record: AccessRecord) => AccessRecord): void {
  const { body } = db.prepare('SELECT body FROM records WHERE n = ?').get(n) as { body: Uint8Array };
  const bytes = accessBytes(change(readAccess(body)!));
  db.prepare('UPDATE records SET body = ? WHERE n = ?').run(bytes, n);
}

/** Makes all hashes from a record on fit what lies there: what somebody does who knows how it is done. */
function rechained(db: SqliteDatabase, from: number): void {
  const before = db.prepare('SELECT hash FROM records WHERE n < ? ORDER BY n DESC LIMIT 1').get(from) as
    { hash: Uint8Array } | undefined;
  let hash = before?.hash ?? new Uint8Array(32);
  for (const { n, body } of db.prepare('SELECT n, body FROM records WHERE n >= ? ORDER BY n').all(from) as {
    n: number;
    body: Uint8Array;
  }[]) {
    hash = accessHash(hash, body);
    db.prepare('UPDATE records SET hash = ? WHERE n = ?').run(hash, n);
  }
}

describe('an access log that nobody touched', () => {
  it('verifies, and says what is under a seal', async () =>
    expect(await verified()).toEqual({ ok: true, checked: 10, findings: [], sealed: 7, unsealed: 3, disposed: 0 }));

  it('verifies after what was too old has gone', async () => {
    const log = await SqliteAccessLog.open({ path, clock });
    await log.dispose('2026-03-01T08:00:05.000Z');
    await log.close();
    expect(await verified()).toEqual({ ok: true, checked: 6, findings: [], sealed: 3, unsealed: 3, disposed: 4 });
  });
});

describe('what somebody did to the file', () => {
  it.each(Array.from({ length: 10 }, (_, index) => index + 1))('record %i says another reader', async (n) => {
    tamper((db) => rewritten(db, n, (record) => ({ ...record, who: { ...record.who, id: 'somebody-else' } })));
    expect(await found()).toContain(`CHANGED ${n}`);
  });

  it('a record was removed', async () => {
    tamper((db) => db.exec('DELETE FROM records WHERE n = 5; DELETE FROM seen WHERE position = 5'));
    expect(await found()).toEqual(['MISSING 6']);
  });

  it('the last records were removed, under a seal and not', async () => {
    tamper((db) => db.exec('DELETE FROM records WHERE n > 6; DELETE FROM seen WHERE position > 6'));
    expect(await found()).toEqual(['CUT_OFF 7']);
  });

  it('two records changed places', async () => {
    tamper((db) => {
      db.exec('UPDATE records SET position = 99 WHERE n = 4; UPDATE records SET position = 4 WHERE n = 5');
      db.exec('UPDATE records SET position = 5 WHERE n = 4');
    });
    const findings = await found();
    expect(findings).toContain('MISSING 5');
    expect(findings).toContain('REORDERED 4');
  });

  it('a record was appended that says an earlier time, with a chain that fits', async () => {
    tamper((db) => {
      rewritten(db, 10, (record) => ({ ...record, at: '2026-03-01T08:00:02.000Z' }));
      db.exec("UPDATE records SET at = '2026-03-01T08:00:02.000Z' WHERE n = 10");
      rechained(db, 10);
    });
    expect(await found()).toEqual(['TIME_BACKWARDS 10']);
  });

  it('a record beside says another time than the record', async () => {
    tamper((db) => db.exec("UPDATE records SET at = '2026-03-01T08:00:04.500Z' WHERE n = 4"));
    expect(await found()).toEqual(['COLUMN_DIFFERS 4']);
  });

  it('a record was changed, and all hashes after it made to fit: what was signed says so', async () => {
    tamper((db) => {
      rewritten(db, 2, (record) => ({ ...record, purpose: 'SUPERVISION' }));
      rechained(db, 2);
    });
    expect(await found()).toEqual(['NOT_AS_SEALED 3', 'NOT_AS_SEALED 7']);
  });

  it('a record was removed, and all after it renumbered and chained anew', async () => {
    tamper((db) => {
      db.exec('DELETE FROM records WHERE n = 2; DELETE FROM seen WHERE position = 2');
      for (let n = 3; n <= 10; n++) {
        rewritten(db, n, (record) => ({ ...record, n: n - 1 }));
        db.prepare('UPDATE records SET n = ? WHERE n = ?').run(n - 1, n);
      }
      rechained(db, 2);
    });
    expect(await found()).toEqual(['NOT_AS_SEALED 3', 'NOT_AS_SEALED 7']);
  });

  it('what lies there is no record', async () => {
    tamper((db) => db.prepare('UPDATE records SET body = ? WHERE n = 8').run(Buffer.from('{}')));
    expect(await found()).toContain('UNREADABLE 8');
  });

  it('a seal is by another key, or the one that a checkpoint names is gone', async () => {
    const named = sealHash(seals.last()!);
    expect((await verified(named)).ok).toBe(true);
    const log = await SqliteAccessLog.open({ path, clock });
    await sealAccessLog(log, seals, SigningKey.ephemeral(), REGISTER, clock);
    await log.close();
    expect(await found()).toEqual(['SEAL_NOT_SIGNED']);
    expect((await verified(sealHash('other'))).findings.map(({ code }) => code)).toContain('SEAL_MISSING');
  });

  it('is nothing when the log did not grow: it is signed once', async () => {
    const before = seals.all().length;
    const log = await SqliteAccessLog.open({ path, clock });
    const first = await sealAccessLog(log, seals, key, REGISTER, clock);
    expect(await sealAccessLog(log, seals, key, REGISTER, clock)).toBe(first);
    await log.close();
    expect(seals.all()).toHaveLength(before + 1);
  });
});
