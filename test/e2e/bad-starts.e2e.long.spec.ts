import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openDatabase } from '../../src/kernel/sqlite/sqlite.js';
import { runVerb, type Told } from '../support/cli-in-process.js';
import { type Ended, Program } from '../support/program.js';
import { logAt, ofFiles, ofLogFile, ofViewFiles } from '../support/stores.js';

jest.setTimeout(240_000);

const EXAMPLE = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
const UNKNOWN = '10000000-0000-4000-8000-00000000000f';
const NOBODY = 65_534;

let folder: string;
let good: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fok-bad-'));
  chmodSync(folder, 0o755);
  good = join(folder, 'good');
  expect((await runVerb(['--data', good, 'import', EXAMPLE])).code).toBe(0);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a register that cannot be opened', () => {
  const spoiledLog: readonly [what: string, file: string, spoil: (path: string) => void, message: RegExp][] = [
    [
      'is newer than the program',
      'events.sqlite',
      (path) => execute(path, 'PRAGMA user_version = 99'),
      /format 99.*newer program/,
    ],
    ['is no database', 'events.sqlite', (path) => writeFileSync(path, 'this is a text'), /no SQLite database/],
    [
      'is a database of something else',
      'events.sqlite',
      (path) => execute(path, 'PRAGMA application_id = 7'),
      /no event store of this register/,
    ],
  ];
  const spoiledViews: typeof spoiledLog = [
    [
      'has views of something else',
      'views/catalogue.sqlite',
      (path) => writeFileSync(path, 'this is a text'),
      /catalogue\.sqlite/,
    ],
  ];
  const spoiledKeys: typeof spoiledLog = [
    [
      'has lost its master key',
      'keys/master.key',
      (path) => rmSync(path),
      /master key cannot be read from .*master\.key/,
    ],
    ['has no master key in its file', 'keys/master.key', (path) => writeFileSync(path, 'short'), /holds no master key/],
  ];
  const refuses = async (what: string, file: string, spoil: (path: string) => void, message: RegExp): Promise<void> => {
    const data = copyOfGood(what);
    for (const aside of ['-wal', '-shm']) rmSync(join(data, file + aside), { force: true });
    spoil(join(data, file));
    const [asked, served] = [
      await runVerb(['--data', data, 'report', '--on', '2024-02-01'], logAt(good)),
      await start({ DATA_DIR: data, ...logAt(good) }),
    ];
    refused(asked, 1, message);
    refused(served, 1, message);
  };
  ofLogFile.it.each(spoiledLog)('%s', refuses);
  ofViewFiles.it.each(spoiledViews)('%s', refuses);
  it.each(spoiledKeys)('%s', refuses);

  it('has another master key than the one it was begun with', async () => {
    const [data, other] = [copyOfGood('rekeyed'), join(folder, 'other')];
    await runVerb(['--data', other, 'import', EXAMPLE]);
    cpSync(join(other, 'keys', 'master.key'), join(data, 'keys', 'master.key'));
    refused(
      await runVerb(['--data', data, 'timeline', UNKNOWN], logAt(good)),
      1,
      /locked with master key \w+, given is \w+/,
    );
  });

  it('has a master key file that cannot be read', async () => {
    refused(
      await runVerb(['--data', good, 'report'], { MASTER_KEY_FILE: '/nowhere/key' }),
      1,
      /master key cannot be read from \/nowhere\/key/,
    );
  });

  ofFiles.it('has keys that the user may not look at: it is not told that they are gone', async () => {
    const data = copyOfGood('locked-keys');
    for (const path of ['', ...readdirSync(data, { recursive: true, encoding: 'utf8' })])
      chmodSync(join(data, path), 0o777);
    chmodSync(join(data, 'keys'), process.getuid?.() === 0 ? 0o700 : 0o000);
    const ended = await start({ DATA_DIR: data }, process.getuid?.() === 0 ? NOBODY : undefined);
    chmodSync(join(data, 'keys'), 0o700);
    refused(ended, 1, /keys\.sqlite cannot be looked at: permission denied \(EACCES\); give the user/);
    expect(ended.stderr).not.toContain('backup');
  });

  ofFiles.it('has a master key that others may read: it is opened, with a warning', async () => {
    const data = copyOfGood('read-by-all');
    expect(await runVerb(['--data', data, 'events', 'count'])).toMatchObject({ code: 0, stderr: '' });
    chmodSync(join(data, 'keys', 'master.key'), 0o640);
    expect(await runVerb(['--data', data, 'projections', 'status'])).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^fok: warning: the master key \S+master\.key has mode 0640: .*chmod 600 it\n$/),
    });
  });

  ofLogFile.it('is locked by another program for good', async () => {
    const data = copyOfGood('locked');
    const holder = openDatabase(join(data, 'events.sqlite'), {});
    holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    try {
      refused(await start({ DATA_DIR: data }), 1, /event store has been busy for \d+ ms/);
    } finally {
      holder.close();
    }
  });

  ofFiles.it('lies where the user may not write', async () => {
    const data = copyOfGood('read-only');
    for (const path of ['', ...readdirSync(data, { recursive: true, encoding: 'utf8' })])
      chmodSync(join(data, path), 0o555);
    refused(await start({ DATA_DIR: data }, process.getuid?.() === 0 ? NOBODY : undefined), 1, /read-only|no right/);
    for (const path of ['', 'keys', 'views', ...readdirSync(join(data, 'views')).map((name) => `views/${name}`)])
      chmodSync(join(data, path), 0o755);
  });

  ofLogFile.it('lies on a disk that is full', async () => {
    const data = join(folder, 'full');
    const run = new Program('cli', ['--data', data, 'import', EXAMPLE], { fileLimit: 40 });
    refused(await run.ended, 1, /disk|full|space/i);
    expect(await runVerb(['--data', data, 'import', EXAMPLE])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('0 rejected'),
    });
  });
});

describe('a register whose server is away', () => {
  it.each([
    [
      'EventStoreDB',
      { EVENT_STORE: 'eventstoredb', EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false', VIEW_STORE: 'sqlite' },
      /EventStoreDB cannot be reached/,
    ],
    [
      'MongoDB',
      {
        EVENT_STORE: 'sqlite',
        VIEW_STORE: 'mongodb',
        MONGODB_URL: 'mongodb://127.0.0.1:1/fok?serverSelectionTimeoutMS=500',
      },
      /MongoDB/,
    ],
  ])('%s: says so, and ends', async (name, environment, message) => {
    const data = join(folder, `without-${name}`);
    refused(await runVerb(['--data', data, 'import', EXAMPLE], environment), 1, message);
    refused(await start({ DATA_DIR: data, ...environment }), 1, message);
  });
});

describe('a server that cannot listen', () => {
  it('is refused beyond this machine unless callers sign in', async () => {
    const ended = await start({ DATA_DIR: good, HOST: '0.0.0.0' });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/HOST is reachable from other machines.*OIDC_ISSUER/);
  });

  it('names every wrong setting at once', async () => {
    const ended = await start({ PORT: '99999', EVENT_STORE: 'postgres' });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/PORT must[^]*EVENT_STORE must/);
  });

  it('says that the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    refused(await start({ DATA_DIR: good, PORT: String(port), LOG_LEVEL: 'silent' }), 1, /EADDRINUSE.*PORT/);
    other.close();
  });
});

describe('a command that is wrong', () => {
  it.each([
    [['frobnicate'], 2, /unknown command 'frobnicate'/],
    [['timeline'], 2, /missing required argument 'recipient'/],
    [['timeline', '123'], 2, /'123'.*no id/],
    [['report', '--on', '2025-02-30'], 2, /2025-02-30.*no calendar day/],
    [['report', '--known-at', 'yesterday'], 2, /yesterday.*no instant/],
    [['report', '--format', 'xml'], 2, /xml.*table, json, csv/],
    [['report', '--nonsense'], 2, /unknown option '--nonsense'/],
    [['report', '--figure', 'happiness'], 2, /happiness/],
    [['compliance'], 2, /name a recipient or an episode, or say --all/],
    [['timeline', UNKNOWN], 1, new RegExp(`UNKNOWN_RECIPIENT.*${UNKNOWN}`)],
    [['report', '--controller', UNKNOWN], 1, new RegExp(`UNKNOWN_CONTROLLER.*${UNKNOWN}`)],
    [['report', '--unit', UNKNOWN], 1, new RegExp(`UNKNOWN_UNIT.*${UNKNOWN}`)],
    [['report', '--reproduce', EXAMPLE], 1, /no JSON/],
    [['report', '--reproduce', '/tmp'], 1, /^fok: illegal operation on a directory \(EISDIR\)$/m],
    [['projections', 'remove', 'index', '9.9'], 1, /there is no version 9\.9 of index; there are \d/],
    [['--data', EXAMPLE, 'import', EXAMPLE], 1, new RegExp(`^fok: file already exists: ${EXAMPLE} \\(EEXIST\\)$`, 'm')],
    [
      ['simulate', '--recipients', '0', '--from', '2024-01-01', '--to', '2024-02-01', '--seed', 's'],
      2,
      /no whole number/,
    ],
  ])('%j ends with %i', async (args, code, message) => {
    refused(await runVerb(['--data', good, ...args]), code, message);
  });

  it('names the file that it cannot read', async () => {
    const ended = await new Program('cli', ['--data', join(folder, 'unread'), 'import', '/nowhere/history.ndjson'])
      .ended;
    refused(ended, 1, /no such file.*\/nowhere\/history\.ndjson/);
    expect(readdirSync(folder)).not.toContain('unread');
  });

  it('does not make a register by asking one that is not there', async () => {
    const data = join(folder, 'nothing');
    refused(await runVerb(['--data', data, 'report']), 1, /there is no register .+; import a history first/);
    expect(readdirSync(folder)).not.toContain('nothing');
  });
});

describe('a question that cannot be answered', () => {
  let server: Program;
  let api: string;

  beforeAll(async () => {
    server = new Program('main', [], { environment: { DATA_DIR: good, PORT: '0', LOG_LEVEL: 'silent' } });
    const [, address] = await server.says(/Listening on (http:\S+?)\/? /);
    api = `${address}/api/v1`;
  });

  afterAll(() => server.stop());

  it.each([
    [`recipients/${UNKNOWN}/timeline`, 404, 'UNKNOWN_RECIPIENT', UNKNOWN],
    [`recipients/${UNKNOWN}/compliance`, 404, 'UNKNOWN_RECIPIENT', UNKNOWN],
    [`care-episodes/${UNKNOWN}`, 404, 'UNKNOWN_EPISODE', UNKNOWN],
    [`staff/${UNKNOWN}`, 404, 'UNKNOWN_STAFF', UNKNOWN],
    [`units/${UNKNOWN}/current`, 404, 'UNKNOWN_UNIT', UNKNOWN],
    [`reports/supervision?controller=${UNKNOWN}`, 404, 'UNKNOWN_CONTROLLER', UNKNOWN],
    ['recipients/10000000-0000-4000-8000-000000000001/timeline?asOf=2025-02-30', 400, 'VALIDATION_FAILED', 'asOf'],
    ['recipients/10000000-0000-4000-8000-000000000001/timeline?knownAt=yesterday', 400, 'VALIDATION_FAILED', 'knownAt'],
    ['reports/supervision', 400, 'VALIDATION_FAILED', 'controller'],
    ['rules?when=2025-01-01', 400, 'VALIDATION_FAILED', 'when'],
    ['nowhere', 404, 'NOT_FOUND', ''],
  ])('GET %s is answered by %i %s', async (path, status, code, named) => {
    const answer = await fetch(`${api}/${path}`);
    const text = await answer.text();
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(JSON.parse(text)).toMatchObject({ status, code });
    expect(text).toContain(named);
    expect(text).not.toMatch(/node_modules|:\d+:\d+\)/);
  });
});

/** A copy of the good register, to be spoiled. */
function copyOfGood(name: string): string {
  const data = join(folder, name.replaceAll(' ', '-'));
  mkdirSync(data);
  cpSync(good, data, { recursive: true });
  return data;
}

function execute(path: string, statement: string): void {
  const db = openDatabase(path, {});
  db.exec(statement);
  db.close();
}

function start(environment: Readonly<Record<string, string>>, user?: number): Promise<Ended> {
  return new Program('main', [], { environment: { PORT: '0', ...environment }, user }).ended;
}

/**
 * Refused with this exit code, in one line beside the hint how to ask for help, with nothing of the program's inside.
 */
function refused({ code, stderr }: Told | Ended, expected: number, message: RegExp): void {
  expect(stderr).toMatch(message);
  expect(code).toBe(expected);
  const lines = stderr
    .trim()
    .split('\n')
    .filter((line) => !line.endsWith('--help tells how)'));
  expect(lines).toHaveLength(1);
  expect(stderr).not.toMatch(/node_modules|:\d+:\d+\)|unforeseen|unexpected/);
}
