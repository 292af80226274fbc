import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Witness } from '../../src/audit/witness/witness.js';
import { WitnessFile } from '../../src/audit/witness/witness-file.js';
import { type RunningWitness, serveWitness } from '../../src/audit/witness/witness-server.js';
import { originIn, readCheckpoint } from '../../src/kernel/integrity/checkpoint.js';
import { SigningKey } from '../../src/kernel/integrity/signing-key.js';
import { systemClock } from '../../src/kernel/time/clock.js';
import { runVerb } from '../support/cli-in-process.js';
import { forgeEvent } from '../support/forging.js';
import { runProgram } from '../support/verb.js';

jest.setTimeout(240_000);

const EXAMPLE = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
const ANNA = '10000000-0000-4000-8000-000000000001';

describe('a witness elsewhere', () => {
  let folder: string;
  let made: string;
  let data: string;
  let file: WitnessFile;
  let witness: Witness;
  let server: RunningWitness;
  let copies = 0;

  const part = (number: number): string => join(folder, `part-${number}.ndjson`);
  const at = (...path: string[]): string => join(data, ...path);
  const settings = (): Record<string, string> => ({
    CHECKPOINT_WITNESSES: `${server.url}/#${witness.publicKey} folder:${join(folder, `share-${copies}`)}`,
  });
  const fok = (...args: string[]) => runVerb(['--data', data, ...args], settings());

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fok-witnesses-'));
    made = join(folder, 'made');
    const lines = readFileSync(EXAMPLE, 'utf8').trimEnd().split('\n');
    for (const [index, some] of [
      lines.slice(0, -9),
      lines.slice(-9, -6),
      lines.slice(-6, -3),
      lines.slice(-3),
    ].entries())
      writeFileSync(part(index), `${some.join('\n')}\n`);
    expect((await runVerb(['--data', made, 'import', part(0)])).code).toBe(0);
    expect((await runVerb(['--data', made, 'seal'])).code).toBe(0);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeEach(async () => {
    copies += 1;
    data = join(folder, `copy-${copies}`);
    cpSync(made, data, { recursive: true });
    const register = JSON.parse((await runVerb(['--data', data, 'seal', '--format', 'json'])).stdout) as {
      checkpoint: Parameters<typeof originIn>[0];
    };
    file = WitnessFile.open(join(folder, `witness-${copies}.sqlite`));
    const logs = [{ origin: originIn(register.checkpoint), key: SigningKey.read(at('keys', 'signing.key')).publicKey }];
    witness = new Witness('arkiv.example', SigningKey.ephemeral(), logs, file, systemClock);
    server = await serveWitness(witness, { host: '127.0.0.1', port: 0 });
  });
  afterEach(async () => {
    await server.close();
    file.close();
  });

  /** Another log under the same key: the files, the signing key and all that lies with it were at hand. */
  async function rewriteAll(): Promise<void> {
    forgeEvent(at('events.sqlite'));
    rmSync(at('seals'), { recursive: true });
    rmSync(at('keys', 'notary.sqlite'));
    expect((await runVerb(['--data', data, 'seal'])).code).toBe(0);
    expect((await runProgram(['--data', data, 'verify'])).code).toBe(0);
  }

  it('signs what goes on, and what is exported carries it', async () => {
    expect(await fok('seal')).toMatchObject({ code: 0, stderr: '' });
    expect((await fok('import', part(1))).code).toBe(0);
    expect(await fok('seal')).toMatchObject({ code: 0, stderr: '' });
    const status = JSON.parse((await fok('seal', '--status', '--format', 'json')).stdout);
    expect(status.witnessed.size).toBe(status.checkpoint.size);
    expect(readdirSync(join(folder, `share-${copies}`))).toHaveLength(2);
    const zip = join(folder, `export-${copies}.zip`);
    expect((await fok('export', ANNA, '--out', zip)).code).toBe(0);
    const trusted = await fok('verify-export', zip, '--witness', witness.publicKey);
    expect([trusted.code, trusted.stdout]).toEqual([0, expect.stringMatching(/arkiv\.example: seen at /)]);
    const other = new Witness('arkiv.example', SigningKey.ephemeral(), [], file, systemClock).publicKey;
    expect((await fok('verify-export', zip, '--witness', other)).code).toBe(4);
    const verified = await runProgram(['--data', data, 'verify', '--witness', witness.publicKey]);
    expect([verified.code, verified.stdout]).toEqual([0, expect.stringMatching(/arkiv\.example signed a checkpoint/)]);
  });

  it('that cannot be reached keeps nobody from sealing, and is asked again', async () => {
    const { url } = server;
    await server.close();
    const late = await fok('seal');
    expect([late.code, late.stderr]).toEqual([0, expect.stringMatching(/could not be asked/)]);
    expect((await fok('seal', '--status')).stdout).toMatch(/LATE since/);
    server = await serveWitness(witness, { host: '127.0.0.1', port: Number(new URL(url).port) });
    expect(await fok('seal')).toMatchObject({ code: 0, stderr: '' });
    expect((await fok('seal', '--status')).stdout).not.toMatch(/LATE/);
  });

  it('finds a log that was written anew with the genuine key', async () => {
    expect((await fok('seal')).code).toBe(0);
    const zip = join(folder, `older-${copies}.zip`);
    const older = join(folder, `older-${copies}.txt`);
    expect((await fok('export', ANNA, '--out', zip)).code).toBe(0);
    expect((await fok('seal', '--out', older)).code).toBe(0);
    await rewriteAll();
    const seal = await fok('seal');
    expect([seal.code, seal.stderr]).toEqual([4, expect.stringMatching(/was shown another log/)]);
    expect((await fok('seal', '--status')).code).toBe(4);
    expect(file.contradictions()).toMatchObject([{ kind: 'FORKED' }]);
    // Without asking anybody: nothing that the witness signed is there for this log.
    const verified = await runProgram(['--data', data, 'verify', '--witness', witness.publicKey]);
    expect([verified.code, verified.stdout]).toEqual([4, expect.stringMatching(/NOT_WITNESSED/)]);
    // And by whoever kept a checkpoint, or has an older export, whose checkpoint is in it.
    expect((await runProgram(['--data', data, 'verify', '--against', older])).stdout).toMatch(/ROOT_DIFFERS/);
    expect((await fok('verify-export', zip, '--witness', witness.publicKey)).code).toBe(0);
  });

  it('finds a receipt that was kept for another log', async () => {
    expect((await fok('seal')).code).toBe(0);
    const receipts = join(folder, `kept-${copies}.sqlite`);
    cpSync(at('seals', 'witnessed.sqlite'), receipts);
    await rewriteAll();
    cpSync(receipts, at('seals', 'witnessed.sqlite'));
    const verified = await runProgram(['--data', data, 'verify', '--witness', witness.publicKey]);
    expect([verified.code, verified.stdout]).toEqual([4, expect.stringMatching(/WITNESS_CONTRADICTS/)]);
  });

  it('finds log, seals, views and keys put back together', async () => {
    const before = join(folder, `before-${copies}`);
    cpSync(data, before, { recursive: true });
    expect((await fok('import', part(1))).code).toBe(0);
    expect((await fok('seal')).code).toBe(0);
    rmSync(data, { recursive: true });
    cpSync(before, data, { recursive: true });
    expect((await runProgram(['--data', data, 'verify'])).code).toBe(0);
    const seal = await fok('seal');
    expect([seal.code, seal.stderr]).toEqual([4, expect.stringMatching(/it was put back/)]);
    // However it goes on from there.
    for (const number of [1, 2, 3]) {
      expect((await fok('import', part(number))).code).toBe(0);
      expect((await fok('seal')).code).toBe(4);
    }
  });

  it('finds two forks that are shown to two people, and keeps both notes', async () => {
    const fork = join(folder, `fork-${copies}`);
    cpSync(data, fork, { recursive: true });
    expect((await fok('import', part(1))).code).toBe(0);
    expect((await fok('seal')).code).toBe(0);
    data = fork;
    expect((await fok('import', part(1))).code).toBe(0);
    expect((await fok('seal')).code).toBe(4);
    const [kept] = file.contradictions();
    const [one, other] = [readCheckpoint(kept!.kept)!, readCheckpoint(kept!.shown)!];
    expect(one.checkpoint.keyId).toBe(other.checkpoint.keyId);
    expect(one.checkpoint.root).not.toBe(other.checkpoint.root);
  });
});

describe('the witness server', () => {
  it('answers this machine only without a certificate, nothing but checkpoints, and none that are too long', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fok-witness-'));
    const file = WitnessFile.open(join(folder, 'witness.sqlite'));
    const witness = new Witness('arkiv.example', SigningKey.ephemeral(), [], file, systemClock);
    await expect(serveWitness(witness, { host: '0.0.0.0', port: 0 })).rejects.toThrow('--tls-cert');
    const server = await serveWitness(witness, { host: '127.0.0.1', port: 0 });
    const post = (path: string, body: string) => fetch(`${server.url}${path}`, { method: 'POST', body });
    expect((await fetch(`${server.url}/add-checkpoint`)).status).toBe(405);
    expect((await post('/other', '')).status).toBe(404);
    expect((await post('/add-checkpoint', 'old 0\n\nnothing')).status).toBe(400);
    expect((await post('/add-checkpoint', 'x'.repeat(100_000))).status).toBe(413);
    await server.close();
    file.close();
    rmSync(folder, { recursive: true });
  });
});
