import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, jest } from '@jest/globals';
import { SqliteEventStore } from '../../src/kernel/event-store/sqlite/sqlite-event-store.js';
import { closeDatabase, openDatabase } from '../../src/kernel/sqlite/sqlite.js';
import { openEventStore, openKeyStore } from '../../src/register/open-stores.js';
import { runVerb } from '../support/cli-in-process.js';
import { configAt, ofLogFile } from '../support/stores.js';
import { runProgram } from '../support/verb.js';

jest.setTimeout(240_000);

const EXAMPLE = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
const NEVER_MADE = join(tmpdir(), `fok-never-made-${process.pid}`);
const ANNA = '10000000-0000-4000-8000-000000000001';

let folder: string;
let whole: string;
let copies = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fok-damaged-'));
  whole = join(folder, 'whole');
  expect((await runVerb(['--data', whole, 'import', EXAMPLE])).code).toBe(0);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of a register, to be damaged. */
function copyOf(data: string): string {
  const copy = join(folder, `copy-${(copies += 1)}`);
  cpSync(data, copy, { recursive: true });
  return copy;
}

function inLog<T>(data: string, work: (db: ReturnType<typeof openDatabase>) => T): T {
  const db = openDatabase(join(data, 'events.sqlite'));
  try {
    return work(db);
  } finally {
    closeDatabase(db);
  }
}

const eventsIn = (data: string): number => inLog(data, (db) => (db.prepare('SELECT count(*) AS events FROM events').get() as { events: number }).events);

ofLogFile.describe('a log that was cut off behind its seals', () => {
  let data: string;
  beforeAll(async () => {
    data = copyOf(whole);
    expect((await runVerb(['--data', data, 'seal'])).code).toBe(0);
    inLog(data, (db) => db.exec('DROP TRIGGER events_are_not_deleted; DELETE FROM events WHERE position > 80'));
  });

  ofLogFile.it.each([
    ['import', EXAMPLE],
    ['import', EXAMPLE, '--dry-run'],
    ['forget', ANNA, '--reason', 'a decision'],
    ['backup', NEVER_MADE],
    ['projections', 'rebuild', 'index'],
    ['projections', 'status'],
    ['report', '--on', '2024-02-01'],
    ['timeline', ANNA],
    ['parked', 'list'],
    ['seal'],
    ['export', ANNA, '--out', NEVER_MADE],
    ['serve'],
  ])('is refused by %s %s', async (...verb: string[]) => {
    const { code, stdout, stderr } = await runVerb(['--data', data, ...verb], { PORT: '0', LOG_LEVEL: 'silent' });
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(/^fok: the log does not have event \S+ at position \d+, with which \d+ events were sealed: run verify\n$/) });
    expect(eventsIn(data)).toBe(80);
    expect(existsSync(NEVER_MADE)).toBe(false);
  });

  ofLogFile.it('can be looked at, and each look says it', async () => {
    expect(await runProgram(['--data', data, 'verify'])).toMatchObject({ code: 4, stdout: expect.stringContaining('CUT_OFF') });
    expect(await runProgram(['--data', data, 'check'])).toMatchObject({ code: 4, stdout: expect.stringMatching(/CUT_OFF[^]*LOG_NOT_CONTINUED/) });
    expect(await runVerb(['--data', data, 'events', 'count'])).toMatchObject({ code: 0, stdout: '80\n', stderr: expect.stringContaining('the log is damaged') });
    expect(await runVerb(['--data', data, 'events', 'show', '--after', '79'])).toMatchObject({ code: 0, stdout: expect.stringContaining('"position":"80"'), stderr: expect.stringContaining('the log is damaged') });
    expect(eventsIn(data)).toBe(80);
  });
});

ofLogFile.describe('a log that is gone, beside its keys', () => {
  const losses: readonly [what: string, lose: (path: string) => void][] = [
    ['is not there', (path) => rmSync(path)],
    ['has no byte', (path) => truncateSync(path)],
    ['was begun anew', (path) => cpSync(join(folder, 'empty', 'events.sqlite'), path)],
  ];
  beforeAll(async () => (await SqliteEventStore.open({ path: (mkdirSync(join(folder, 'empty')), join(folder, 'empty', 'events.sqlite')) })).close());

  ofLogFile.it.each(losses)('is refused when it %s, and nothing takes its place', async (_, lose) => {
    const data = copyOf(whole);
    for (const name of ['events.sqlite-wal', 'events.sqlite-shm']) rmSync(join(data, name), { force: true });
    const log = join(data, 'events.sqlite');
    lose(log);
    const before = existsSync(log) ? statSync(log).size : undefined;
    for (const verb of [['import', EXAMPLE], ['report', '--on', '2024-02-01'], ['serve'], ['events', 'count'], ['backup', NEVER_MADE]]) {
      const { code, stdout, stderr } = await runVerb(['--data', data, ...verb], { PORT: '0', LOG_LEVEL: 'silent' });
      expect({ verb, code, stdout, stderr }).toEqual({ verb, code: 1, stdout: '', stderr: expect.stringMatching(/^fok: .*(log|event store)/) });
    }
    expect((await runVerb(['--data', data, 'report'])).stderr).toMatch(/lost; bring it back, or restore a backup/);
    expect(await runProgram(['--data', data, 'check', '--all'])).toMatchObject({ code: 4, stdout: expect.stringMatching(/^NOT WHOLE[^]*(KEY_STORE_MISMATCH|EVENT_STORE_UNUSABLE)/) });
    expect((await runProgram(['--data', data, 'verify'])).stdout).not.toMatch(/^VERIFIED/);
    expect(existsSync(log) ? statSync(log).size : undefined).toBe(before);
  });

  ofLogFile.it('is not taken for one that an import left before its first event', async () => {
    const data = join(folder, 'keys-first');
    const config = configAt(data);
    const store = await openEventStore(config);
    const keys = await openKeyStore(config, store);
    await keys.admit({ about: [ANNA], sealing: [ANNA] });
    await keys.close();
    await store.close();
    expect(await runVerb(['--data', data, 'import', EXAMPLE])).toMatchObject({ code: 0 });
  });
});
