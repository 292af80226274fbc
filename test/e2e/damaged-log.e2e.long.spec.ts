import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, jest } from '@jest/globals';
import { SqliteEventStore } from '../../src/kernel/event-store/sqlite/sqlite-event-store.js';
import { closeDatabase, openDatabase } from '../../src/kernel/sqlite/sqlite.js';
import { openEventStore, openKeyStore } from '../../src/stores/open-stores.js';
import { withoutGuards } from '../support/forging.js';
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

/** Every event of a log by its position, with what the table itself says. */
const idAt = (data: string, position: number): Buffer =>
  inLog(data, (db) =>
    Buffer.from(
      (db.prepare('SELECT id FROM events NOT INDEXED WHERE position = ?').get(position) as { id: Uint8Array }).id,
    ),
  );

/** Flips a bit of an event's id in the index of ids; the row of the event stays. */
function flipInIndex(data: string, position: number): void {
  const log = join(data, 'events.sqlite');
  const id = idAt(data, position);
  const bytes = readFileSync(log);
  for (let at = bytes.indexOf(id); at >= 0; at = bytes.indexOf(id, at + 1)) {
    const flipped = Buffer.from(bytes);
    flipped[at + 15]! ^= 1;
    writeFileSync(log, flipped);
    if (idAt(data, position).equals(id)) return;
  }
  throw new Error('the id is not in an index');
}

/** Spoils the page of the table that holds an event. */
function spoilPageOf(data: string, position: number): void {
  const log = join(data, 'events.sqlite');
  const id = idAt(data, position);
  const bytes = readFileSync(log);
  for (let at = bytes.indexOf(id); at >= 0; at = bytes.indexOf(id, at + 1)) {
    const page = at - (at % 4096);
    // 13 marks a leaf of a table, 10 one of an index.
    if (bytes[page] !== 13) continue;
    bytes.fill(0xff, page, page + 100);
    writeFileSync(log, bytes);
    return;
  }
  throw new Error('the row is in no leaf');
}

const eventsIn = (data: string): number =>
  inLog(data, (db) => (db.prepare('SELECT count(*) AS events FROM events').get() as { events: number }).events);

ofLogFile.describe('a log that was cut off behind its seals', () => {
  let data: string;
  beforeAll(async () => {
    data = copyOf(whole);
    expect((await runVerb(['--data', data, 'seal'])).code).toBe(0);
    withoutGuards(join(data, 'events.sqlite'), (db) => db.exec('DELETE FROM events WHERE position > 80'));
  });

  ofLogFile.it.each([
    ['import', EXAMPLE],
    ['import', EXAMPLE, '--dry-run'],
    ['forget', ANNA, '--reason', 'a decision', '--although', 'prov', '--yes'],
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
    expect({ code, stdout, stderr }).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        /^fok: the log does not have event \S+ at position \d+, with which \d+ events were sealed: run verify\n$/,
      ),
    });
    expect(eventsIn(data)).toBe(80);
    expect(existsSync(NEVER_MADE)).toBe(false);
  });

  ofLogFile.it('can be looked at, and each look says it', async () => {
    expect(await runProgram(['--data', data, 'verify'])).toMatchObject({
      code: 4,
      stdout: expect.stringContaining('CUT_OFF'),
    });
    expect(await runProgram(['--data', data, 'check'])).toMatchObject({
      code: 4,
      stdout: expect.stringMatching(/CUT_OFF[^]*LOG_NOT_CONTINUED/),
    });
    expect(await runVerb(['--data', data, 'events', 'count'])).toMatchObject({
      code: 0,
      stdout: '80\n',
      stderr: expect.stringContaining('the log is damaged'),
    });
    expect(await runVerb(['--data', data, 'events', 'show', '--after', '79'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('"position":"80"'),
      stderr: expect.stringContaining('the log is damaged'),
    });
    expect(eventsIn(data)).toBe(80);
  });
});

ofLogFile.describe('a log that is gone, beside its keys', () => {
  const losses: readonly [what: string, lose: (path: string) => void][] = [
    ['is not there', (path) => rmSync(path)],
    ['has no byte', (path) => truncateSync(path)],
    ['was begun anew', (path) => cpSync(join(folder, 'empty', 'events.sqlite'), path)],
  ];
  beforeAll(async () =>
    (
      await SqliteEventStore.open({ path: (mkdirSync(join(folder, 'empty')), join(folder, 'empty', 'events.sqlite')) })
    ).close(),
  );

  ofLogFile.it.each(losses)('is refused when it %s, and nothing takes its place', async (_, lose) => {
    const data = copyOf(whole);
    for (const name of ['events.sqlite-wal', 'events.sqlite-shm']) rmSync(join(data, name), { force: true });
    const log = join(data, 'events.sqlite');
    lose(log);
    const before = existsSync(log) ? statSync(log).size : undefined;
    for (const verb of [
      ['import', EXAMPLE],
      ['report', '--on', '2024-02-01'],
      ['serve'],
      ['events', 'count'],
      ['backup', NEVER_MADE],
    ]) {
      const { code, stdout, stderr } = await runVerb(['--data', data, ...verb], { PORT: '0', LOG_LEVEL: 'silent' });
      expect({ verb, code, stdout, stderr }).toEqual({
        verb,
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(/^fok: .*(log|event store)/),
      });
    }
    expect((await runVerb(['--data', data, 'report'])).stderr).toMatch(/lost; bring it back, or restore a backup/);
    expect(await runProgram(['--data', data, 'check', '--all'])).toMatchObject({
      code: 4,
      stdout: expect.stringMatching(/^NOT WHOLE[^]*(KEY_STORE_MISMATCH|EVENT_STORE_UNUSABLE)/),
    });
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

ofLogFile.describe('a log whose index of ids is damaged', () => {
  let data: string;
  beforeAll(() => {
    data = copyOf(whole);
    // A fact that its stream goes on after, as most are.
    flipInIndex(data, 40);
  });

  ofLogFile.it('is told by verify, at the event, and by check', async () => {
    expect(await runProgram(['--data', data, 'verify'])).toMatchObject({
      code: 4,
      stdout: expect.stringContaining('ID_NOT_FOUND at position 40'),
    });
    expect(await runProgram(['--data', data, 'check'])).toMatchObject({
      code: 4,
      stdout: expect.stringMatching(/FILE_DAMAGED: the log's file: .*events_by_id/),
    });
  });

  ofLogFile.it('takes no event a second time', async () => {
    const before = eventsIn(data);
    expect(await runVerb(['--data', data, 'import', EXAMPLE])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^fok: the event store is damaged: event \S+ lies at position 40, but is not found by its id; run fok check\n$/,
      ),
    });
    expect(eventsIn(data)).toBe(before);
  });

  ofLogFile.it('is told when an event was doubled all the same, sealed or not', async () => {
    const doubled = copyOf(data);
    const last = inLog(doubled, (db) => {
      const { head, revision } = db
        .prepare(
          'SELECT max(position) AS head, (SELECT max(revision) + 1 FROM events WHERE stream = (SELECT stream FROM events WHERE position = 40)) AS revision FROM events',
        )
        .get() as { head: number; revision: number };
      db.prepare(
        'INSERT INTO events SELECT ?, stream, ?, id, type, (SELECT recorded_at FROM events WHERE position = ?), body, hash FROM events NOT INDEXED WHERE position = 40',
      ).run(head + 1, revision, head);
      return head + 1;
    });
    for (const sealed of [false, true]) {
      if (sealed) expect((await runVerb(['--data', doubled, 'seal'])).code).toBe(0);
      expect(await runProgram(['--data', doubled, 'verify'])).toMatchObject({
        code: 4,
        stdout: expect.stringMatching(new RegExp(`ID_TWICE at position 40.* found at position ${last}`)),
      });
    }
  });
});

ofLogFile.describe('a log with a damaged page', () => {
  let data: string;
  beforeAll(() => {
    data = copyOf(whole);
    inLog(data, (db) => db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all());
    spoilPageOf(data, 40);
  });

  ofLogFile.it('is a finding with the positions that are gone, and everything else is verified', async () => {
    const { code, stdout, stderr } = await runProgram(['--data', data, 'verify']);
    expect({ code, stderr }).toEqual({ code: 4, stderr: '' });
    const [, from, to] =
      /UNREADABLE at position (\d+): (?:it|positions \d+ to (\d+)) cannot be read/.exec(stdout) ?? [];
    expect(Number(from)).toBeLessThanOrEqual(40);
    expect(Number(to ?? from)).toBeGreaterThanOrEqual(40);
    expect(Number(/(\d+) events in/.exec(stdout)?.[1])).toBe(eventsWithoutPage(Number(from), Number(to ?? from)));
    expect(stdout).not.toMatch(/POSITION_BROKEN|CHANGED/);
  });

  ofLogFile.it('is a finding of check, and one clear line of what has to read it, in threads too', async () => {
    expect(await runProgram(['--data', data, 'check', '--all'])).toMatchObject({
      code: 4,
      stderr: '',
      stdout: expect.stringMatching(/^NOT WHOLE[^]*UNREADABLE/),
    });
    for (const verb of [['projections', 'rebuild', 'index'], ['projections', 'rebuild', 'assessments'], ['seal']]) {
      expect({ verb, ...(await runProgram(['--data', data, ...verb])) }).toMatchObject({
        verb,
        code: 1,
        stdout: '',
        stderr: expect.stringMatching(
          /^fok: (?!unexpected).*the event store is damaged: restore a backup, then verify it.*\n$/,
        ),
      });
    }
  });

  const eventsWithoutPage = (from: number, to: number): number => eventsIn(whole) - (to - from + 1);
});

ofLogFile.describe('a part of a log', () => {
  ofLogFile.it.each([
    [['--from', '0', '--to', '3'], /positions begin with 1/],
    [['--to', '0'], /no position from 1 to 0/],
    [['--from', '10', '--to', '5'], /no position from 10 to 5/],
    [['--from', '100000'], /the log ends at position \d+/],
  ])('that has no event is none that can be verified: %j', async (part, message) => {
    expect(await runVerb(['--data', whole, 'verify', ...part])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(message),
    });
  });
});
