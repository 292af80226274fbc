import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Program } from '../support/program.js';
import { EventStoreDbDouble } from '../doubles/eventstoredb/eventstoredb-double.js';

jest.setTimeout(600_000);

const SECRET = 'Hemligt-och-l0ngt';
const PERSON = '10000000-0000-4000-8000-00000000000f';
const UNIT = '10000000-0000-4000-8000-00000000000e';

const VERBS: readonly (readonly string[])[] = [
  ['events', 'count'],
  ['verify'],
  ['check'],
  ['seal'],
  ['timeline', PERSON],
  ['today', UNIT],
  ['projections'],
  ['parked'],
  ['migrate-store', '--from', 'eventstoredb', '--to', 'sqlite:FOLDER/migrated'],
];

/** Everything that a program could have written beside what it said. */
function filesOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile() && !path.endsWith('password'))
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');
}

describe('a password is in nothing that the program says or writes', () => {
  const double = new EventStoreDbDouble();
  let folder: string;
  const served = (): string => double.connectionString.replace('://', `://fok:${SECRET}@`);
  const asked = (environment: Record<string, string>, args: readonly string[], name: 'cli' | 'main' = 'cli') =>
    new Program(name, args, {
      environment: { DATA_DIR: join(folder, 'data'), DEBUG: '*', LOG_LEVEL: 'trace', PORT: '0', ...environment },
    });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fok-secrets-'));
    writeFileSync(join(folder, 'password'), SECRET);
    await double.start();
  });
  afterAll(async () => {
    double.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(VERBS)('of verb %s %s, where the server answers', async (...args) => {
    const environment = { EVENT_STORE: 'eventstoredb', EVENTSTORE_URL: served() };
    const said = args.map((arg) => arg.replace('FOLDER', folder));
    const { stdout, stderr, code } = await asked(environment, said).ended;
    expect(code).not.toBe('SIGKILL');
    expect(stdout + stderr + filesOf(folder)).not.toContain(SECRET);
  });

  it('of a server that starts, works and stops', async () => {
    const program = asked({ EVENT_STORE: 'eventstoredb', EVENTSTORE_URL: served() }, [], 'main');
    await program.says(/listening|http:/);
    const { stdout, stderr } = await program.stop();
    expect(stdout + stderr + filesOf(folder)).not.toContain(SECRET);
  });

  const starts: readonly [what: string, () => Record<string, string>][] = [
    ['the server cannot be reached', () => ({ EVENTSTORE_URL: `esdb://fok:${SECRET}@127.0.0.1:1?tls=false` })],
    ['an option is not known', () => ({ EVENTSTORE_URL: `${served()}&colour=red` })],
    ['the address is none', () => ({ EVENTSTORE_URL: `esdb://fok:${SECRET}@` })],
    [
      'the password comes from a file and the server cannot be reached',
      () => ({
        EVENTSTORE_URL: 'esdb://fok@127.0.0.1:1?tls=false',
        EVENTSTORE_PASSWORD_FILE: join(folder, 'password'),
      }),
    ],
    [
      'the views cannot be reached',
      () => ({
        EVENT_STORE: 'sqlite',
        VIEW_STORE: 'mongodb',
        MONGODB_URL: `mongodb://fok:${SECRET}@127.0.0.1:1/fok?serverSelectionTimeoutMS=500`,
      }),
    ],
    [
      'the keys cannot be reached',
      () => ({
        EVENT_STORE: 'sqlite',
        KEY_STORE: 'mongodb',
        KEYS_MONGODB_URL: `mongodb://fok:${SECRET}@127.0.0.1:1/keys?serverSelectionTimeoutMS=500`,
      }),
    ],
  ];
  describe.each(starts)('of a start where %s', (_, settings) => {
    it.each(['cli', 'main'] as const)('by %s', async (name) => {
      const environment = { EVENT_STORE: 'eventstoredb', ...settings() };
      const { stdout, stderr, code } = await asked(environment, name === 'cli' ? ['events', 'count'] : [], name).ended;
      expect(code).toBe(1);
      expect(stdout + stderr + filesOf(folder)).not.toContain(SECRET);
    });
  });
});
