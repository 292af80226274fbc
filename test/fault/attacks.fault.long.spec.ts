import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { HeadFile } from '../../src/kernel/integrity/head-file.js';
import { Notary } from '../../src/kernel/integrity/notary.js';
import { SigningKey } from '../../src/kernel/integrity/signing-key.js';
import { TreeFile } from '../../src/kernel/integrity/tree-file.js';
import { closeDatabase, openDatabase } from '../../src/kernel/sqlite/sqlite.js';
import { systemClock } from '../../src/kernel/time/clock.js';
import { openEventStore } from '../../src/stores/open-stores.js';
import { forgeEvent, withoutGuards } from '../support/forging.js';
import { runVerb } from '../support/cli-in-process.js';
import { configAt } from '../support/stores.js';
import { runProgram } from '../support/verb.js';

jest.setTimeout(240_000);

const EXAMPLE = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
const ANNA = '10000000-0000-4000-8000-000000000001';

let folder: string;
let sealed: string;
let copies = 0;

const at = (data: string, ...path: string[]): string => join(data, ...path);
/** In a process of its own: what verifies works in threads, which Jest cannot start. */
const verified = (data: string, ...args: string[]) => runProgram(['--data', data, ...args]);
const fok = (data: string, ...args: string[]) => runVerb(['--data', data, ...args]);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fok-attacks-'));
  sealed = join(folder, 'sealed');
  const lines = readFileSync(EXAMPLE, 'utf8').trimEnd().split('\n');
  for (const [index, part] of [lines.slice(0, -5), lines.slice(-5)].entries()) {
    const file = join(folder, `part-${index}.ndjson`);
    writeFileSync(file, `${part.join('\n')}\n`);
    expect((await fok(sealed, 'import', file)).code).toBe(0);
    expect((await fok(sealed, 'seal')).code).toBe(0);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function copyOf(data: string): string {
  const copy = join(folder, `copy-${(copies += 1)}`);
  cpSync(data, copy, { recursive: true });
  return copy;
}

/** New seals over the log as it is now, made with another key. */
async function sealWith(data: string, key: SigningKey): Promise<void> {
  rmSync(at(data, 'seals'), { recursive: true });
  cpSync(at(sealed, 'seals', 'public-key.pem'), at(data, 'seals', 'public-key.pem'));
  const store = await openEventStore(configAt(data), { readOnly: true });
  const tree = TreeFile.open(at(data, 'seals', 'seals.sqlite'));
  const desk = { heads: HeadFile.open(':memory:'), holder: 'the forger', taking: 'AT_ONCE' as const };
  await new Notary(store, tree, key, systemClock, desk).seal();
  tree.close();
  await store.close();
}

function inSeals(data: string, sql: string): void {
  const db = openDatabase(at(data, 'seals', 'seals.sqlite'));
  db.exec(sql);
  closeDatabase(db);
}

function inKeys(data: string, sql: string): void {
  const db = openDatabase(at(data, 'keys', 'keys.sqlite'));
  db.exec(sql);
  closeDatabase(db);
}

/** Nobody signs it, hands it on, or answers from it, and whoever verifies it learns of it. */
async function expectRefused(data: string, code: string, said: RegExp): Promise<void> {
  for (const verb of [['seal'], ['export', ANNA, '--out', join(folder, `${copies}.zip`)], ['timeline', ANNA]]) {
    const told = await fok(data, ...verb);
    expect([verb[0], told.code, told.stdout]).toEqual([verb[0], 1, '']);
    expect(told.stderr).toMatch(said);
  }
  const told = await verified(data, 'verify');
  expect([told.code, told.stdout]).toEqual([4, expect.stringContaining(`\n${code}: `)]);
}

describe('whoever can write the files, and has no key', () => {
  it('finds nothing to hide behind in a register that nobody touched', async () => {
    const data = copyOf(sealed);
    expect(await verified(data, 'verify')).toMatchObject({ code: 0 });
    expect(await verified(data, 'check')).toMatchObject({ code: 0 });
  });

  it('changes an old event, reckons the chain anew and takes the seals away', async () => {
    const data = copyOf(sealed);
    forgeEvent(at(data, 'events.sqlite'));
    rmSync(at(data, 'seals'), { recursive: true });
    await expectRefused(data, 'SEALS_MISSING', /were signed at .*, but there are no seals/);
    const checked = await verified(data, 'check');
    expect([checked.code, checked.stdout]).toEqual([4, expect.stringMatching(/SEALS_MISSING: .*\nROOT_DIFFERS: /)]);
    const server = await runProgram(['--data', data, 'serve'], { environment: { PORT: '0' } });
    expect([server.code, server.stderr]).toEqual([1, expect.stringMatching(/there are no seals/)]);
  });

  it('changes an old event and empties the seals', async () => {
    const data = copyOf(sealed);
    forgeEvent(at(data, 'events.sqlite'));
    inSeals(data, 'DELETE FROM checkpoints; DELETE FROM tiles');
    await expectRefused(data, 'SEALS_MISSING', /there are no seals/);
  });

  it('changes an old event and takes the checkpoints away', async () => {
    const data = copyOf(sealed);
    forgeEvent(at(data, 'events.sqlite'));
    inSeals(data, 'DELETE FROM checkpoints');
    await expectRefused(data, 'SEALS_SHORTER', /the seals end with 0/);
    expect((await verified(data, 'verify')).stdout).toMatch(/NOT_AS_SEALED at position 4/);
  });

  it('signs a new tree with a key of its own', async () => {
    const data = copyOf(sealed);
    forgeEvent(at(data, 'events.sqlite'));
    await sealWith(data, SigningKey.ephemeral());
    await expectRefused(data, 'CHECKPOINT_NOT_SIGNED', /is not signed with the register's key/);
  });

  it('signs a new tree with a key of its own and exchanges the public key', async () => {
    const data = copyOf(sealed);
    forgeEvent(at(data, 'events.sqlite'));
    const key = SigningKey.ephemeral();
    await sealWith(data, key);
    writeFileSync(at(data, 'seals', 'public-key.pem'), key.publicKey.toPem());
    await expectRefused(data, 'PUBLIC_KEY_DIFFERS', /is not the public half of the signing key/);
  });

  it('makes a new tree under the genuine checkpoints', async () => {
    const data = copyOf(sealed);
    forgeEvent(at(data, 'events.sqlite'));
    const genuine = TreeFile.open(at(data, 'seals', 'seals.sqlite'));
    const checkpoints = genuine.checkpoints();
    genuine.close();
    await sealWith(data, SigningKey.ephemeral());
    inSeals(data, 'DELETE FROM checkpoints');
    const tree = TreeFile.open(at(data, 'seals', 'seals.sqlite'));
    for (const signed of checkpoints) tree.keep(signed);
    tree.close();
    const seal = await fok(data, 'seal');
    expect([seal.code, seal.stdout]).toEqual([1, '']);
    expect(seal.stderr).toMatch(/no longer has the root that was signed/);
    expect((await verified(data, 'verify')).stdout).toMatch(/ROOT_DIFFERS/);
  });

  it('takes the signing key away: another is not made in its place', async () => {
    const data = copyOf(sealed);
    rmSync(at(data, 'keys', 'signing.key'));
    const seal = await fok(data, 'seal');
    expect([seal.code, seal.stderr]).toEqual([1, expect.stringMatching(/the signing key .* is gone/)]);
    expect(existsSync(at(data, 'keys', 'signing.key'))).toBe(false);
    expect((await verified(data, 'verify')).code).toBe(4);
  });

  it('hands on a log with a public key and nothing that it signed', async () => {
    const data = copyOf(sealed);
    forgeEvent(at(data, 'events.sqlite'));
    rmSync(at(data, 'keys'), { recursive: true });
    rmSync(at(data, 'seals'), { recursive: true });
    const told = await verified(data, 'verify', '--public-key', at(sealed, 'seals', 'public-key.pem'));
    expect([told.code, told.stdout]).toEqual([4, expect.stringMatching(/CHECKPOINT_MISSING/)]);
  });

  it('drops a trigger of the log or of the keys', async () => {
    const data = copyOf(sealed);
    const db = openDatabase(at(data, 'events.sqlite'));
    db.exec('DROP TRIGGER events_are_not_changed');
    closeDatabase(db);
    expect((await fok(data, 'timeline', ANNA)).stderr).toMatch(/trigger events_are_not_changed is missing/);
    expect(await verified(data, 'verify')).toMatchObject({ code: 4, stdout: expect.stringMatching(/SCHEMA_DIFFERS/) });
    const other = copyOf(sealed);
    inKeys(other, 'CREATE TRIGGER t AFTER INSERT ON persons BEGIN DELETE FROM persons; END');
    expect((await fok(other, 'timeline', ANNA)).stderr).toMatch(/trigger t does not belong there/);
  });

  it('forgets somebody in the key store alone', async () => {
    const data = copyOf(sealed);
    inKeys(data, `INSERT INTO fences (subject) VALUES ('${ANNA}'); DELETE FROM persons WHERE subject = '${ANNA}'`);
    const told = await verified(data, 'check');
    expect([told.code, told.stdout]).toEqual([4, expect.stringMatching(/FORGOTTEN_WITHOUT_ENTRY: the key of 1000/)]);
  });
});

describe('a register from before what was signed last was kept', () => {
  const before = (): string => {
    const data = copyOf(sealed);
    rmSync(at(data, 'keys', 'notary.sqlite'));
    return data;
  };

  it('is verified, taken over, and says so once', async () => {
    const data = before();
    expect((await verified(data, 'verify')).code).toBe(0);
    const first = await verified(data, 'seal');
    expect([first.code, first.stderr]).toEqual([
      0,
      expect.stringMatching(/the seals were verified, and the last of them/),
    ]);
    expect(await fok(data, 'seal')).toMatchObject({ code: 0, stderr: '' });
  });

  it('is not taken over when it does not verify', async () => {
    const data = before();
    forgeEvent(at(data, 'events.sqlite'));
    const told = await verified(data, 'seal');
    expect([told.code, told.stdout]).toEqual([1, '']);
    expect(told.stderr).toMatch(/the seals over \d+ events do not verify/);
  });

  it('that never sealed says so once, and its key is no fault', async () => {
    const data = before();
    rmSync(at(data, 'seals'), { recursive: true });
    expect((await verified(data, 'verify')).code).toBe(0);
    expect(await fok(data, 'seal')).toMatchObject({ code: 0, stderr: expect.stringMatching(/was ever sealed/) });
    expect(await fok(data, 'seal')).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('files that change under a running program', () => {
  it.each(['removed', 'replaced'])('a log that is %s takes nothing more, and says so', async (how) => {
    const data = copyOf(sealed);
    const store = await openEventStore(configAt(data));
    const path = at(data, 'events.sqlite');
    renameSync(path, `${path}.elsewhere`);
    if (how === 'replaced') cpSync(at(sealed, 'events.sqlite'), path);
    await expect(store.head()).rejects.toMatchObject({ code: 'EVENT_STORE_UNUSABLE' });
    const record = { id: '30fea04a-5826-45ec-a39c-4004cdfeedf0', type: 'T', recordedAt: '2090-01-01T00:00:00.000Z' };
    const append = { ...record, body: Buffer.from('{}'), hash: Buffer.alloc(32) };
    const [answer] = await store.appendAll([{ stream: 's', expected: 'ANY', records: [append] }]);
    expect(answer).toMatchObject({ code: 'EVENT_STORE_UNUSABLE' });
    await store.close();
  });

  it('keeps every file to its owner, whatever it was started with', async () => {
    const data = join(folder, 'modes');
    const mask = process.umask(0);
    try {
      expect((await verified(data, 'import', join(folder, 'part-0.ndjson'))).code).toBe(0);
      expect((await verified(data, 'seal')).code).toBe(0);
    } finally {
      process.umask(mask);
    }
    const modeOf = (...path: string[]): string => (statSync(at(data, ...path)).mode & 0o777).toString(8);
    expect([modeOf(), modeOf('keys'), modeOf('seals'), modeOf('views')]).toEqual(['700', '700', '700', '700']);
    for (const file of [
      'events.sqlite',
      'keys/keys.sqlite',
      'keys/notary.sqlite',
      'keys/signing.key',
      'seals/seals.sqlite',
    ])
      expect([file, modeOf(file)]).toEqual([file, '600']);
  });

  it('starts although a new master key was begun and never got to be whole', async () => {
    const data = copyOf(sealed);
    writeFileSync(at(data, 'keys', 'master.key.next'), '');
    expect((await fok(data, 'timeline', ANNA)).code).toBe(0);
    expect(existsSync(at(data, 'keys', 'master.key.next'))).toBe(false);
  });
});

it('forges as it says: without seals nothing but the day is another', () => {
  const data = copyOf(sealed);
  const position = forgeEvent(at(data, 'events.sqlite'));
  withoutGuards(at(data, 'events.sqlite'), (db) => {
    const { body } = db.prepare('SELECT body FROM events WHERE position = ?').get(position) as { body: Uint8Array };
    expect(Buffer.from(body).toString()).toContain('"effectiveOn":"19');
  });
});
