import { createHash } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { v4 } from 'uuid';
import type { FactToRecord } from '../../src/kernel/event-sourcing/event-log.js';
import type { StoredRecord } from '../../src/kernel/event-store/event-store.js';
import { SqliteEventStore } from '../../src/kernel/event-store/sqlite/sqlite-event-store.js';
import { openDatabase } from '../../src/kernel/sqlite/sqlite.js';
import { openEventStore } from '../../src/stores/open-stores.js';
import { openRegister } from '../../src/app/register.js';
import { runVerb } from '../support/cli-in-process.js';
import { configAt, embedded, logAt, ofLogFile, ofViewFiles, onFerretDb } from '../support/stores.js';
import { answerOf, runProgram } from '../support/verb.js';
import { assessmentsVersion, indexVersion } from '../support/view-versions.js';

jest.setTimeout(600_000);

const EXAMPLE = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
const ANNA = '10000000-0000-4000-8000-000000000001';
const CLIENTS = 64;

let folder: string;
let data: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fok-backup-'));
  data = join(folder, 'data');
  await verb(data, 'import', EXAMPLE);
  await verb(data, 'seal', '--out', join(folder, 'checkpoint.json'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a backup', () => {
  it('gives the same answers when it is restored, and verifies against the checkpoint that was given away before', async () => {
    const [backup, restored] = [join(folder, 'b1'), join(folder, 'r1')];
    await verb(data, 'backup', backup);
    const environment = logAt(data);
    expect(await runVerb(['--data', restored, 'restore', backup], environment)).toMatchObject({ code: 0 });
    for (const question of [
      ['report', '--on', '2024-02-01'],
      ['timeline', ANNA],
      ['compliance', ANNA, '--on', '2024-02-01'],
    ]) {
      expect(await answer(restored, question, environment)).toEqual(await answer(data, question));
    }
    expect(
      await answerOf(['--data', restored, 'verify', '--against', join(folder, 'checkpoint.json')], { environment }),
    ).toMatchObject({ ok: true, unsealed: 0 });
    expect(await answerOf(['--data', restored, 'check', '--all'], { environment })).toMatchObject({
      ok: true,
      keys: { opened: 86 },
      views: { episodes: { compared: 3, late: 0 } },
    });
  });

  ofLogFile.it("keeps the keys apart from the log: the part without them holds nobody's name and no key", async () => {
    const [backup, keys] = [join(folder, 'b2'), join(folder, 'b2-keys')];
    await verb(data, 'backup', backup, '--keys', keys);
    expect(readdirSync(backup).sort()).toEqual(['events.sqlite', 'manifest.json', 'public-key.pem', 'seals.sqlite']);
    expect(readdirSync(keys).sort()).toEqual([
      'KEEP-ELSEWHERE.txt',
      'keys.sqlite',
      'master.key',
      'notary.sqlite',
      'signing.key',
    ]);
    const master = readFileSync(join(keys, 'master.key'), 'utf8').trim().split(' ')[1] ?? '';
    const bytes = Buffer.concat(readdirSync(backup).map((name) => readFileSync(join(backup, name)))).toString('latin1');
    for (const secret of ['Anna', Buffer.from(master, 'base64').toString('latin1')])
      expect(bytes).not.toContain(secret);
    const restored = join(folder, 'r2');
    await verb(restored, 'restore', backup, '--keys', keys);
    expect(await answer(restored, ['timeline', ANNA])).toEqual(await answer(data, ['timeline', ANNA]));
  });

  // How many events the clients write while a restored copy's views are built is not ours to say: on FerretDB more than
  // it can take in.
  (onFerretDb ? it.skip : ofLogFile.it)('is whole whenever it is made, while 64 clients append', async () => {
    const config = configAt(join(folder, 'busy'));
    cpSync(data, config.dataDir, { recursive: true });
    const register = await openRegister(config);
    let acknowledged = await register.store.count();
    let stopped = false;
    const clients = Array.from({ length: CLIENTS }, async (_, client) => {
      while (!stopped) {
        const fact = anotherFact(client);
        await register.log.append(fact.stream, 'ANY', [fact]);
        acknowledged += 1;
      }
    });
    try {
      for (const round of [1, 2]) {
        const backup = join(folder, `busy-${round}`);
        const before = acknowledged;
        const { head } = (await answerOf(['--data', config.dataDir, 'backup', backup])) as {
          head: { events: number; event: string };
        };
        expect(head.events).toBeGreaterThanOrEqual(before);
        expect(head.events).toBeLessThanOrEqual(acknowledged + CLIENTS);
        const restored = join(folder, `busy-r${round}`);
        await verb(restored, 'restore', backup);
        expect(await answerOf(['--data', restored, 'check', '--all'])).toMatchObject({
          ok: true,
          log: { checked: head.events },
          keys: { opened: head.events },
        });
        expect(await beginningOf(register.store as SqliteEventStore, restored, head.events)).toBe(true);
      }
    } finally {
      stopped = true;
      await Promise.all(clients);
      await register.close();
    }
    expect(await answerOf(['--data', config.dataDir, 'check', '--all'])).toMatchObject({
      ok: true,
      log: { checked: acknowledged },
    });
  });
});

describe('the places of a backup', () => {
  const namesBelow = (path: string): string[] => readdirSync(path, { recursive: true, encoding: 'utf8' });

  it('are apart also when only one is named: no key lies with the log', async () => {
    const backup = join(folder, 'apart');
    await verb(data, 'backup', `${backup}/`);
    expect(namesBelow(backup).filter((name) => name.endsWith('.key') || name.includes('keys'))).toEqual([]);
    expect(namesBelow(`${backup}.keys`).sort()).toEqual([
      'KEEP-ELSEWHERE.txt',
      'keys.sqlite',
      'master.key',
      'notary.sqlite',
      'signing.key',
    ]);
  });

  it('are refused when log, keys and register are not each in a folder of its own, and nothing is made', async () => {
    const there = join(folder, 'places');
    mkdirSync(there);
    symlinkSync(data, join(there, 'link'));
    const before = namesBelow(folder);
    for (const [args, message] of [
      [['backup', join(there, 'b'), '--keys', join(there, 'b')], /the keys would lie with the log/],
      [['backup', join(there, 'b'), '--keys', join(there, 'b', 'keys')], /the keys would lie with the log/],
      [['backup', join(there, 'b', 'log'), '--keys', join(there, 'b')], /the keys would lie with the log/],
      [['backup', join(data, 'backup')], /lies in the register's folder/],
      [['backup', join(there, 'link', 'backup')], /lies in the register's folder/],
      [['backup', join(there, 'b'), '--keys', join(data, 'backup-keys')], /lies in the register's folder/],
    ] as const) {
      expect(await runVerb(['--data', data, ...args])).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(message),
      });
    }
    expect(namesBelow(folder)).toEqual(before);
  });

  it('are not what a register is restored into', async () => {
    const backup = join(folder, 'source');
    await verb(data, 'backup', backup);
    for (const target of [backup, join(backup, 'data'), join(`${backup}.keys`, 'data'), folder]) {
      expect(await runVerb(['--data', target, 'restore', backup], logAt(data))).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/lies in the backup|holds it/),
      });
    }
    expect(existsSync(join(backup, 'data'))).toBe(false);
  });

  it('of a program of before, which put the keys into the folder of the log, are found', async () => {
    const backup = join(folder, 'of-before');
    await verb(data, 'backup', backup);
    renameSync(`${backup}.keys`, join(backup, 'keys'));
    const restored = join(folder, 'older-restored');
    expect(await runVerb(['--data', restored, 'restore', backup], logAt(data))).toMatchObject({ code: 0 });
  });
});

ofLogFile.describe('a backup that finds no room', () => {
  it('says in one line which disk it is, and is none', async () => {
    const target = join(folder, 'full');
    // The register can still be opened, while the copy of its log is larger than this many blocks.
    const fileLimit = 60;
    const args = ['--data', data, 'backup', target, '--keys', `${target}-keys`];
    expect(await runProgram(args, { fileLimit })).toEqual({
      code: 1,
      stdout: '',
      stderr: `fok: the disk with ${target} or ${target}-keys is full or fails: what lies there is no backup, remove it and begin again\n`,
    });
    expect((await runVerb(['--data', join(folder, 'into-full'), 'restore', target])).code).toBe(1);
  });
});

describe('a restore refuses', () => {
  let backup: string;
  beforeAll(async () => {
    backup = join(folder, 'good');
    await verb(data, 'backup', backup);
  });

  it('a folder that holds a register, in use or not, and one that holds anything else', async () => {
    expect(await runVerb(['--data', data, 'restore', backup])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(embedded.log ? 'holds a register' : 'is not empty'),
    });
    const other = join(folder, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'letter.txt'), 'dear all');
    expect(await runVerb(['--data', other, 'restore', backup])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not empty'),
    });
    expect(readdirSync(other)).toEqual(['letter.txt']);
  });

  const spoiled: readonly [what: string, spoil: (copy: string) => void, message: RegExp][] = [
    [
      'a backup of a newer program',
      (copy) => edit(copy, 'manifest.json', '"format": 1', '"format": 2'),
      /format 2, this program knows 1/,
    ],
    ['a manifest that is none', (copy) => writeFileSync(join(copy, 'manifest.json'), '{"format": 1}'), /no manifest/],
    ['a folder without a manifest', (copy) => rmSync(join(copy, 'manifest.json')), /there is no .*manifest\.json/],
    [
      'a file that was changed',
      (copy) => execute(join(copy, 'seals.sqlite'), 'DELETE FROM checkpoints'),
      /seals\.sqlite is not the file/,
    ],
    ['keys that are missing', (copy) => renameSync(`${copy}.keys`, `${copy}.elsewhere`), /keys\.sqlite cannot be read/],
    [
      'a manifest that names a file outside',
      (copy) => edit(copy, 'manifest.json', '"seals.sqlite"', '"../../seals.sqlite"'),
      /no manifest/,
    ],
  ];
  const spoiledLog: typeof spoiled = [
    [
      'a log of a newer program',
      (copy) => {
        execute(join(copy, 'events.sqlite'), 'PRAGMA user_version = 99');
        forgive(copy, 'events.sqlite');
      },
      /format 99/,
    ],
    ['a log that is missing', (copy) => rmSync(join(copy, 'events.sqlite')), /events\.sqlite cannot be read/],
    [
      'a log of another backup',
      (copy) => edit(copy, 'manifest.json', '"events": 86', '"events": 85'),
      /not the one that its manifest describes/,
    ],
  ];
  const refuses = async (what: string, spoil: (copy: string) => void, message: RegExp): Promise<void> => {
    const copy = join(folder, what.replaceAll(' ', '-'));
    cpSync(backup, copy, { recursive: true });
    cpSync(`${backup}.keys`, `${copy}.keys`, { recursive: true });
    spoil(copy);
    const target = `${copy}-restored`;
    const { code, stderr } = await runVerb(['--data', target, 'restore', copy]);
    expect(stderr).toMatch(message);
    expect(code).toBe(1);
    expect(existsSync(target)).toBe(false);
  };
  it.each(spoiled)('%s', refuses);
  ofLogFile.it.each(spoiledLog)('%s', refuses);

  it('another master key than the one that wrapped the keys', async () => {
    const master = join(folder, 'master.key');
    writeFileSync(master, `fok-master-key-v1 ${Buffer.alloc(32, 7).toString('base64')}\n`);
    const { code, stderr } = await runVerb(['--data', join(folder, 'r3'), 'restore', backup], {
      MASTER_KEY_FILE: master,
    });
    expect(stderr).toMatch(/locked with master key \w+, given is \w+/);
    expect(code).toBe(1);
  });

  it('and a backup goes into no folder that holds something', async () => {
    expect(await runVerb(['--data', data, 'backup', backup])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not empty'),
    });
  });
});

describe('a check', () => {
  const views: readonly [what: string, file: string, statement: string, code: string][] = [
    [
      'a row of the views that says something else',
      `views/assessments/${assessmentsVersion(1)}.sqlite`,
      `UPDATE "c:episodes" SET assessment = json_set(assessment, '$.careForm', 'LSS')`,
      'ROW_DIFFERS',
    ],
    [
      'a row of the views that is gone',
      `views/assessments/${assessmentsVersion(1)}.sqlite`,
      'DELETE FROM "c:episodes"',
      'ROW_MISSING',
    ],
    [
      'a stretch that is gone',
      `views/assessments/${assessmentsVersion(1)}.sqlite`,
      'DELETE FROM "c:stretches"',
      'ROW_DIFFERS',
    ],
    [
      'a link that is gone',
      `views/index/${indexVersion(1)}.sqlite`,
      `DELETE FROM "c:links" WHERE kind = 'UNIT_EPISODE'`,
      'ROW_MISSING',
    ],
    [
      'a stream that the log does not have',
      `views/index/${indexVersion(1)}.sqlite`,
      `INSERT INTO "c:streams" SELECT category, zeroblob(16), subject, controller FROM "c:streams" LIMIT 1`,
      'ROW_TOO_MANY',
    ],
  ];
  const keys: typeof views = [
    ['a key that is gone', 'keys/keys.sqlite', 'DELETE FROM persons WHERE number = 1', 'NOT_OPENED'],
    [
      'a key store of another register',
      'keys/keys.sqlite',
      `UPDATE meta SET value = CAST('00000000-0000-4000-8000-000000000000' AS BLOB) WHERE name = 'register'`,
      'KEY_STORE_MISMATCH',
    ],
  ];
  const log: typeof views = [
    [
      'an event that was changed',
      'events.sqlite',
      'DROP TRIGGER events_are_not_changed; UPDATE events SET type = type || 1 WHERE position = 40',
      'COLUMN_DIFFERS',
    ],
  ];
  const finds = async (what: string, file: string, statement: string, code: string): Promise<void> => {
    const spoiled = join(folder, what.replaceAll(' ', '-'));
    cpSync(data, spoiled, { recursive: true });
    execute(join(spoiled, file), statement);
    const ended = await runProgram(['--data', spoiled, 'check', '--all', '--format', 'json'], {
      environment: logAt(data),
    });
    const report = JSON.parse(ended.stdout) as {
      ok: boolean;
      findings: { code: string }[];
      log: { findings: { code: string }[] };
    };
    expect([...report.log.findings, ...report.findings].map((finding) => finding.code)).toContain(code);
    expect(report.ok).toBe(false);
    expect(ended.code).toBe(4);
  };
  ofViewFiles.it.each(views)('finds %s', finds);
  it.each(keys)('finds %s', finds);
  ofLogFile.it.each(log)('finds %s', finds);

  it('finds it when the key of a forgotten person is there again', async () => {
    const [revived, older] = [join(folder, 'revived'), join(folder, 'older')];
    await verb(revived, 'import', EXAMPLE);
    cpSync(join(revived, 'keys'), older, { recursive: true });
    await verb(revived, 'forget', ANNA, '--reason', 'decision 7', '--although', 'prov', '--yes');
    expect(await answerOf(['--data', revived, 'check', '--all'])).toMatchObject({ ok: true });
    rmSync(join(revived, 'keys'), { recursive: true });
    cpSync(older, join(revived, 'keys'), { recursive: true });
    const ended = await runProgram(['--data', revived, 'check', '--all']);
    expect(ended.stdout).toContain('FORGOTTEN_BUT_KEYED');
    expect(ended.code).toBe(4);
  });

  it('changes nothing in the log, and a sample of it is clean too', async () => {
    const before = await logOf(data);
    const report = (await answerOf(['--data', data, 'check', '--sample', '40'])) as { keys: { opened: number } };
    expect(report).toMatchObject({ ok: true, log: { checked: 86 }, views: { episodes: { late: 0 } } });
    // Four places with ten neighbours each; the last may be near the end of the log.
    expect(report.keys.opened).toBeGreaterThan(30);
    expect(report.keys.opened).toBeLessThanOrEqual(40);
    expect(await logOf(data)).toEqual(before);
  });
});

/** Every record of a log, to be compared. */
async function logOf(dataDir: string): Promise<StoredRecord[]> {
  const store = await openEventStore(configAt(dataDir));
  try {
    return await store.readLog({ limit: 1_000 });
  } finally {
    await store.close();
  }
}

/** Runs a verb that must succeed. */
async function verb(dataDir: string, ...args: readonly string[]): Promise<void> {
  const { code, stderr } = await runVerb(['--data', dataDir, ...args]);
  if (code !== 0) throw new Error(stderr);
}

/** An answer, without the instant at which it was asked. */
async function answer(
  dataDir: string,
  question: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const { code, stdout, stderr } = await runVerb(['--data', dataDir, ...question, '--format', 'json'], environment);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout, (key, value: unknown) => (key === 'generatedAt' || key === 'knownAt' ? undefined : value));
}

/** Whether a restored log is the beginning of the one it was taken from. */
async function beginningOf(store: SqliteEventStore, restored: string, events: number): Promise<boolean> {
  const copy = await SqliteEventStore.open({ path: join(restored, 'events.sqlite'), readOnly: true });
  try {
    const [wanted, found] = await Promise.all([store.readLog({ limit: events }), copy.readLog({ limit: events + 1 })]);
    return (
      found.length === events &&
      wanted.every(({ id, hash }, at) => id === found[at]?.id && Buffer.compare(hash, found[at].hash) === 0)
    );
  } finally {
    await copy.close();
  }
}

function anotherFact(client: number): FactToRecord {
  return {
    id: v4(),
    type: 'InformationGiven',
    stream: `careEpisode-e0000000-0000-4000-8000-00000000000${(client % 3) + 1}`,
    effectiveOn: '2024-03-01',
    actor: { id: `client-${client}`, role: 'CARE_CONTACT' },
    subject: `10000000-0000-4000-8000-00000000000${(client % 3) + 1}`,
    data: { form: 'PHONE', items: ['UNDERSTOOD'], attendees: [{ kind: 'RELATIVE', name: 'Alma Alm' }] },
  };
}

function edit(copy: string, file: string, before: string, after: string): void {
  const text = readFileSync(join(copy, file), 'utf8');
  if (!text.includes(before)) throw new Error(`${file} holds no ${before}`);
  writeFileSync(join(copy, file), text.replace(before, after));
}

/** Makes the manifest fit a file that was changed, so that only what is in the file speaks against it. */
function forgive(copy: string, file: string): void {
  const path = join(copy, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as {
    files: { name: string; bytes: number; sha256: string }[];
  };
  const bytes = readFileSync(join(copy, file));
  for (const entry of manifest.files) {
    if (entry.name === file)
      Object.assign(entry, { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  }
  writeFileSync(path, JSON.stringify(manifest));
}

function execute(path: string, statement: string): void {
  chmodSync(path, 0o600);
  const db = openDatabase(path, {});
  db.exec(statement);
  db.close();
}
