import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccessRecord } from '../../src/access-log/access-record.js';
import { SqliteAccessLog } from '../../src/access-log/sqlite/sqlite-access-log.js';
import { type Look, writeDownLook } from '../../src/cli/looking.js';
import { readConfig } from '../../src/kernel/config/config.js';
import { openDatabase } from '../../src/kernel/sqlite/sqlite.js';
import { FixedClock } from '../../src/kernel/time/clock.js';
import { all, read } from '../access-log/samples.js';
import { runVerb, type Told } from '../support/cli-in-process.js';
import type { Ended } from '../support/program.js';
import { ofLogFile } from '../support/stores.js';
import { runProgram } from '../support/verb.js';

let folder: string;
let data: string;
let recipient: string;
let controller: string;
let unit: string;
const ON = { ACCESS_LOG: 'on' };

const run = (args: readonly string[], environment: Readonly<Record<string, string>> = ON): Promise<Told> =>
  runVerb([...(args.includes('--data') ? [] : ['--data', data]), ...args], environment, { judge: (local) => local });

/** A verb that starts threads, in a process of its own. */
const program = (args: readonly string[]): Promise<Ended> => runProgram(['--data', data, ...args], { environment: ON });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fok-access-cli-'));
  data = join(folder, 'data');
  const { code } = await run(['import', 'examples/three-recipients.ndjson', '--source', 'example'], {});
  expect(code).toBe(0);
  const first = (category: string): string =>
    new RegExp(`"${category}-([0-9a-f-]{36})"`).exec(readFileSync('examples/three-recipients.ndjson', 'utf8'))![1]!;
  [recipient, controller, unit] = [first('recipient'), first('controller'), first('unit')];
});
afterAll(() => rm(folder, { recursive: true }));

async function records(): Promise<AccessRecord[]> {
  const { stdout } = await run(['access', 'log']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as AccessRecord);
}

describe('a verb that opens persons', () => {
  it('keeps no record where none is kept', async () => {
    expect((await run(['timeline', recipient], {})).code).toBe(0);
    expect(existsSync(join(data, 'access'))).toBe(false);
    const { code, stderr } = await run(['access', 'log'], {});
    expect([code, stderr]).toEqual([1, expect.stringContaining('keeps no access log')]);
  });

  it.each([
    ['timeline', () => [recipient], 'READ'],
    ['replay', () => [recipient], 'READ'],
    ['compliance', () => [recipient], 'READ'],
    ['find', () => ['Berg'], 'SEARCH'],
    ['today', () => [unit, '--on', '2024-06-01'], 'LIST'],
    ['due', () => [unit, '--from', '2024-01-01', '--to', '2025-01-01'], 'LIST'],
    ['compliance', () => ['--all', '--on', '2024-06-01'], 'LIST'],
    ['report', () => ['--controller', controller, '--figure', 'population', '--on', '2024-06-01'], 'LIST'],
    ['events', () => ['show', '--stream', `recipient-${recipient}`, '--open'], 'READ'],
    ['export', () => [recipient, '--out', join(folder, `export-${Math.random()}.zip`)], 'EXPORT'],
  ] as const)('%s writes down one look, by whom and for what', async (verb, args, act) => {
    const before = existsSync(join(data, 'access')) ? (await records()).length : 0;
    const { code, stderr } = await run([verb, ...args(), '--purpose', 'SUPERVISION']);
    expect([code, stderr.includes('unexpected')]).toEqual([0, false]);
    const found = await records();
    const [look] = found.slice(before);
    // What `access log` reads is written down too.
    expect(found).toHaveLength(before + 2);
    expect(look).toMatchObject({
      act,
      purpose: 'SUPERVISION',
      who: { kind: 'OS_USER', id: `uid:${process.getuid?.()}` },
    });
    expect(look!.count).toBe(look!.persons.length);
    if (act === 'READ' || act === 'EXPORT') expect(look!.persons).toContain(recipient);
  });

  it('asks what it is for where people sign in, before it shows anything', async () => {
    const config = { ...readConfig({ ...ON, DATA_DIR: data }), auth: 'oidc' as const };
    const say = (): void => undefined;
    await expect(writeDownLook(LOOK, config, {}, clock, say)).rejects.toThrow('say what it is for: --purpose');
    await expect(writeDownLook(LOOK, config, { purpose: 'DAILY' }, clock, say)).resolves.toBeUndefined();
  });

  it('works where nobody may write, says so, and keeps the record in a file of its own', async () => {
    const config = readConfig({ ...ON, DATA_DIR: join(folder, 'a-file', 'data') });
    writeFileSync(join(folder, 'a-file'), '');
    const said: string[] = [];
    await writeDownLook(LOOK, config, {}, clock, (text) => said.push(text));
    expect(said).toEqual([expect.stringContaining('--access-log FILE keeps it elsewhere')]);
    const file = join(folder, 'elsewhere.sqlite');
    await writeDownLook(LOOK, config, { accessLog: file }, clock, (text) => said.push(text));
    expect(said).toHaveLength(1);
    const log = await SqliteAccessLog.open({ path: file, readOnly: true });
    expect((await all(log.read())).map(({ record }) => record)).toMatchObject([{ persons: [RECIPIENT] }]);
    await log.close();
  });

  it('shows nothing when the record cannot be kept though it should', async () => {
    const db = openDatabase(join(data, 'access', 'access.sqlite'));
    db.exec('BEGIN IMMEDIATE');
    const { code, stdout, stderr } = await run(['timeline', recipient]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('the access log is held by another process');
    db.exec('ROLLBACK');
    db.close();
  });
});

describe('what has been kept long enough', () => {
  it('goes when somebody says so, in whole months, and the log verifies', async () => {
    expect(JSON.parse((await run(['access', 'dispose', '--format', 'json'])).stdout)).toMatchObject({ records: 0 });
    const old = join(folder, 'old');
    expect((await run(['--data', old, 'import', 'examples/three-recipients.ndjson', '--source', 'x'], {})).code).toBe(
      0,
    );
    const log = await SqliteAccessLog.open({
      path: join(old, 'access', 'access.sqlite'),
      clock: new FixedClock('2019-05-31T12:00:00.000Z'),
    });
    await log.append(read());
    await log.append(read());
    await log.close();
    const dispose = (...more: string[]) => run(['--data', old, 'access', 'dispose', '--format', 'json', ...more]);
    expect(JSON.parse((await dispose('--dry-run')).stdout)).toMatchObject({ records: 2, dryRun: true });
    expect((await dispose()).code).toBe(1);
    expect(JSON.parse((await dispose('--yes')).stdout)).toMatchObject({ records: 2 });
    expect(JSON.parse((await dispose('--yes')).stdout)).toMatchObject({ records: 0 });
    const { code, stdout } = await run(['--data', old, 'access', 'verify', '--format', 'json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { ok: true, disposed: 2 }]);
  });
});

describe('the reviews of the access log', () => {
  const SIGNED_IN = { AUTH: 'demo', ACCESS_LOG: 'on' };
  let reviewed: string;
  const review = (...args: string[]) => run(['--data', reviewed, 'access', ...args], SIGNED_IN);

  beforeAll(async () => {
    reviewed = join(folder, 'reviewed');
    const lines = readFileSync('examples/three-recipients.ndjson', 'utf8').split('\n');
    const opened = lines.filter((line) => /"(ControllerRegistered|UnitOpened)"/.test(line));
    const file = join(folder, 'opened.ndjson');
    writeFileSync(file, opened.map((line) => `${line.replaceAll('2022-05-02', '2018-01-02')}\n`).join(''));
    expect((await run(['--data', reviewed, 'import', file, '--source', 'x'], {})).code).toBe(0);
    const clock = new FixedClock('2018-03-10T12:00:00.000Z');
    const log = await SqliteAccessLog.open({ path: join(reviewed, 'access', 'access.sqlite'), clock });
    await log.append(read());
    clock.set('2018-05-10T12:00:00.000Z');
    await log.append(read());
    await log.close();
  });

  it('are told, month by month from the first whole one', async () => {
    const { code, stdout } = await review('review', '--unit', unit, '--format', 'json');
    const { items } = JSON.parse(stdout) as { items: { month: string; status: string }[] };
    expect([code, items[0], items[1]]).toMatchObject([
      0,
      { month: '2018-04', status: 'BREACH' },
      { month: '2018-05', status: 'BREACH' },
    ]);
    expect((await review('review', '--month', '2018-04')).stdout).toMatch(
      /^2018-04 {2}BREACH {2}due 2018-05-31 {2}Hemtjänst Ekbacken/,
    );
    expect((await review('review', '--unit', recipient)).code).toBe(1);
    expect((await review('review', '--month', '2018-13')).code).toBe(2);
    expect((await run(['--data', reviewed, 'access', 'review'], ON)).stderr).toContain('AUTH=none');
  });

  it('keep what they are of from going, however old it is', async () => {
    const dispose = async (environment: Readonly<Record<string, string>>): Promise<unknown> =>
      JSON.parse(
        (await run(['--data', reviewed, 'access', 'dispose', '--dry-run', '--format', 'json'], environment)).stdout,
      );
    expect(await dispose(SIGNED_IN)).toMatchObject({ keptFrom: '2018-04-01', records: 1, unsigned: '2018-04' });
    // Where nobody signs in nothing is reviewed: what is old goes, the looks of this test's own verbs are not.
    expect(await dispose(ON)).toMatchObject({ records: 2 });
  });
});

const RECIPIENT = '5f0c8d2a-3333-4a6b-9c3d-000000000001';
const LOOK: Look = { act: 'READ', route: 'recipient.timeline', shown: ['NAME'], persons: { recipient: RECIPIENT } };
const clock = new FixedClock('2026-03-01T08:00:00.000Z');

describe('what vouches for the access log', () => {
  it('is named by the checkpoint, and verify says so', async () => {
    const sealed = await run(['seal', '--format', 'json']);
    expect(JSON.parse(sealed.stdout)).toMatchObject({
      checkpoint: { access: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown },
    });
    const { code, stdout } = await program(['verify']);
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/records of the access log\n\d+ are under a seal; 0 are not/),
    ]);
  });

  ofLogFile.it('goes into a backup with the log, and comes back whole', async () => {
    const [backup, restored] = [join(folder, 'backup'), join(folder, 'restored')];
    expect((await run(['backup', backup])).code).toBe(0);
    const back = await runVerb(['--data', restored, 'restore', backup], ON, { judge: (local) => local });
    expect([back.code, back.stderr]).toEqual([0, expect.anything()]);
    const { code, stdout } = await runProgram(['--data', restored, 'verify', '--format', 'json'], { environment: ON });
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { ok: true, accessLog: { ok: true, unsealed: 0 } }]);
  });

  it('is not what lies there any more when somebody changed it', async () => {
    const db = openDatabase(join(data, 'access', 'access.sqlite'));
    const { sql } = db.prepare("SELECT sql FROM sqlite_schema WHERE name = 'records_are_not_deleted'").get() as {
      sql: string;
    };
    db.exec(`DROP TRIGGER records_are_not_deleted; DELETE FROM records WHERE n = (SELECT max(n) FROM records); ${sql}`);
    db.close();
    for (const verb of [['verify'], ['access', 'verify']]) {
      const { code, stdout } = await program(verb);
      expect([code, stdout]).toEqual([4, expect.stringContaining('CUT_OFF')]);
    }
    const { stdout } = await program(['verify', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, accessLog: { ok: false } });
  });

  it('says so when the whole log is gone', async () => {
    await rm(join(data, 'access'), { recursive: true });
    const { code, stdout } = await program(['verify']);
    expect([code, stdout]).toEqual([4, expect.stringContaining('there is none: it was lost or taken away')]);
  });
});
