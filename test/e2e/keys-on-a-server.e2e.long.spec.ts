import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createMasterKey } from '../../src/kernel/privacy/file-master-key.js';
import { EventStoreDbDouble } from '../doubles/eventstoredb/eventstoredb-double.js';
import { FakeMongoDB } from '../doubles/mongodb/fake-mongodb.js';
import { runVerb } from '../support/cli-in-process.js';
import { Program } from '../support/program.js';
import { answerOf, runProgram } from '../support/verb.js';

jest.setTimeout(600_000);

const EXAMPLE = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
const ANNA = '10000000-0000-4000-8000-000000000001';
const BERTIL = '10000000-0000-4000-8000-000000000002';

let folder: string;
let mongodb: FakeMongoDB;
let events: EventStoreDbDouble;
let environment: Record<string, string>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fok-keys-'));
  mongodb = await FakeMongoDB.start('standalone');
  events = new EventStoreDbDouble();
  await events.start();
  createMasterKey(join(folder, 'master.key'));
  environment = {
    EVENT_STORE: 'eventstoredb',
    EVENTSTORE_URL: events.connectionString,
    // Of the register, and not of the folder: a second machine has another one.
    EVENTSTORE_NAMESPACE: 'fok',
    VIEW_STORE: 'mongodb',
    MONGODB_URL: `${mongodb.url}/fok`,
    KEY_STORE: 'mongodb',
    KEYS_MONGODB_URL: `${mongodb.url}/fok-keys`,
    MASTER_KEY_FILE: join(folder, 'master.key'),
  };
  expect(await runProgram(['--data', at('one'), 'import', EXAMPLE], { environment })).toMatchObject({ code: 0 });
});

afterAll(async () => {
  events.kill();
  await mongodb.stop();
  rmSync(folder, { recursive: true, force: true });
});

const at = (machine: string): string => join(folder, machine);

async function timeline(machine: string, recipient: string, settings = environment): Promise<string> {
  const { code, stdout, stderr } = await runVerb(
    ['--data', at(machine), 'timeline', recipient, '--format', 'json'],
    settings,
  );
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

describe('a register whose log, views and keys lie on servers', () => {
  it('leaves nothing of its persons in a data folder', () => {
    expect(existsSync(join(at('one'), 'keys', 'keys.sqlite'))).toBe(false);
    expect(readdirSync(at('one')).filter((name) => !name.startsWith('server-index.sqlite'))).toEqual([]);
  });

  it('is read by a second machine that was given nothing but the settings and the master key', async () => {
    const seen = await timeline('two', ANNA);
    expect(seen).toContain('"name": "Anna');
    const entries = (text: string): unknown => (JSON.parse(text) as { entries: unknown }).entries;
    expect(entries(seen)).toEqual(entries(await timeline('one', ANNA)));
    expect(await answerOf(['--data', at('two'), 'check', '--all'], { environment })).toMatchObject({
      ok: true,
      keys: { opened: 86 },
    });
  });

  it('says at its start which stores it has opened, and what kind of server it found', async () => {
    const server = new Program('main', [], {
      environment: { ...environment, DATA_DIR: at('three'), PORT: '0', LOG_LEVEL: 'info' },
    });
    const [, url] = await server.says(/Listening on (http:\S+?)\/? /);
    const ready = (await (await fetch(`${url}/health/ready`)).json()) as { readonly details?: object };
    expect(JSON.stringify(ready)).toContain('keyStore');
    const { code, stdout } = await server.stop();
    expect(code).toBe(0);
    const logged = stdout
      .split('\n')
      .filter((line) => line.includes('"stores opened"'))
      .map((line) => JSON.parse(line) as unknown);
    expect(logged).toEqual([
      expect.objectContaining({
        stores: { events: 'eventstoredb', views: 'mongodb (standalone)', keys: 'mongodb (standalone)' },
      }),
    ]);
  });

  it('forgets on one machine what the other can then read no more', async () => {
    expect(await timeline('one', BERTIL)).toContain('"name": "Bertil');
    expect(
      await answerOf(['--data', at('two'), 'forget', BERTIL, '--reason', 'beslut 7', '--although', 'prov', '--yes'], {
        environment,
      }),
    ).toEqual({
      forgotten: [BERTIL],
    });
    expect(await timeline('one', BERTIL)).not.toContain('Bertil');
    expect(await timeline('one', ANNA)).toContain('"name": "Anna');
  });

  it('has its master key changed from any machine', async () => {
    const next = join(folder, 'next.key');
    expect(
      await answerOf(['--data', at('two'), 'keys', 'rotate', '--new-key-file', next], { environment }),
    ).toMatchObject({ rotated: expect.any(Number) as unknown });
    await expect(timeline('one', ANNA)).rejects.toThrow(/locked with master key \w+, given is \w+/);
    environment = { ...environment, MASTER_KEY_FILE: next };
    expect(await timeline('one', ANNA)).toContain('"name": "Anna');
    expect(await timeline('one', BERTIL)).not.toContain('Bertil');
  });

  it('is backed up, and its keys restored to another server or into a file; who was forgotten stays forgotten', async () => {
    const [backup, keys] = [at('backup'), at('backup-keys')];
    await answerOf(['--data', at('one'), 'backup', backup, '--keys', keys], { environment });
    expect(readdirSync(keys).sort()).toEqual(['KEEP-ELSEWHERE.txt', 'keys.sqlite']);
    expect(readFileSync(join(keys, 'keys.sqlite')).includes('Anna')).toBe(false);
    const places = {
      server: { ...environment, KEYS_MONGODB_URL: `${mongodb.url}/other-keys` },
      file: { ...environment, KEY_STORE: 'sqlite', KEYS_MONGODB_URL: '' },
    };
    for (const [name, settings] of Object.entries(places)) {
      expect(
        await runProgram(['--data', at(`restored-${name}`), 'restore', backup, '--keys', keys], {
          environment: settings,
        }),
      ).toMatchObject({ code: 0 });
      expect(await timeline(`restored-${name}`, ANNA, settings)).toContain('"name": "Anna');
      expect(await timeline(`restored-${name}`, BERTIL, settings)).not.toContain('Bertil');
    }
    expect(existsSync(join(at('restored-file'), 'keys', 'keys.sqlite'))).toBe(true);
    expect(await runProgram(['--data', at('again'), 'restore', backup, '--keys', keys], { environment })).toMatchObject(
      {
        code: 1,
        stderr: expect.stringContaining('there are keys in database "fok-keys" of MongoDB already') as unknown,
      },
    );
  });

  it('is refused, and says so, without its keys', async () => {
    const elsewhere = { ...environment, KEYS_MONGODB_URL: `${mongodb.url}/nowhere` };
    await expect(timeline('one', ANNA, elsewhere)).rejects.toThrow(
      'the log has entries, but there is no key store at database "nowhere" of MongoDB: restore its backup',
    );
    const gone = {
      ...environment,
      KEYS_MONGODB_URL: 'mongodb://keeper:hush-hush@127.0.0.1:1/keys?serverSelectionTimeoutMS=300',
    };
    const refused = await runVerb(['--data', at('one'), 'timeline', ANNA], gone);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the key store: MongoDB cannot be reached') as unknown,
    });
    expect(refused.stderr).not.toContain('hush-hush');
  });
});
