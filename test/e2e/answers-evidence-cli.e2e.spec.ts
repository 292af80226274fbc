import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readCheckpoint } from '../../src/kernel/integrity/checkpoint.js';
import { wrongStaffEntry } from '../../src/audit/export/verify-export.js';
import {
  CHECKPOINT,
  JUDGEMENT,
  STAFF_ENTRIES,
  type StaffEntry,
  staffEntry,
  TEXT,
} from '../../src/audit/export/export-format.js';
import { ZipReader } from '../../src/audit/export/zip-reader.js';
import { runProgram } from '../support/verb.js';
import { type Ran, runVerb } from './answers-run-verb.js';

jest.setTimeout(240_000);

const folder = mkdtempSync(join(tmpdir(), 'fok-evidence-'));
const data = join(folder, 'data');

/** Runs a verb within this process. */
const fok = (...args: string[]) => runVerb([...args, '--data', data]);

/** Runs the program itself, in a process of its own: verifying works in threads, which Jest cannot start. */
async function program(...args: string[]): Promise<Ran> {
  const { code, stdout, stderr } = await runProgram([...args, '--data', data]);
  return { code: typeof code === 'number' ? code : -1, out: stdout, err: stderr };
}

describe('fok, the evidence', () => {
  const checkpoint = join(folder, 'checkpoint.json');
  const zip = join(folder, 'export.zip');
  let recipient = '';

  beforeAll(async () => {
    const history = join(folder, 'history.ndjson');
    await fok(
      'simulate',
      '--recipients',
      '80',
      '--from',
      '2024-01-01',
      '--to',
      '2024-06-30',
      '--seed',
      '7',
      '--out',
      history,
    );
    expect(await fok('import', history)).toMatchObject({ code: 0, err: '' });
    const lines = (await fok('compliance', '--all', '--on', '2024-06-01')).out.split('\n');
    // Somebody who has a contact: of the others nothing is told of employees.
    recipient = JSON.parse(lines.find((line) => line.includes('"TITLE"')) ?? '').recipient;
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('seals what is in the log, and verifies it against a checkpoint that was kept elsewhere', async () => {
    expect((await program('verify')).out).toMatch(/^VERIFIED: \d+ events .*\nnone is under a checkpoint/);
    const sealed = await fok('seal', '--out', checkpoint, '--format', 'json');
    expect(sealed).toMatchObject({ code: 0 });
    expect(JSON.parse(sealed.out)).toEqual(readCheckpoint(readFileSync(checkpoint, 'utf8')));
    const verified = await program('verify', '--against', checkpoint, '--format', 'json');
    expect(JSON.parse(verified.out)).toMatchObject({
      ok: true,
      unsealed: 0,
      checkpoint: { size: JSON.parse(sealed.out).checkpoint.size },
      against: { size: JSON.parse(sealed.out).checkpoint.size, agrees: true },
    });
    const { at, size, root } = JSON.parse(sealed.out).checkpoint;
    expect((await program('verify', '--against', checkpoint)).out).toContain(
      `\ncompared with the checkpoint in ${checkpoint}, of ${at} over ${size} events with root ${root}: the log begins with these events\n`,
    );
  });

  it('writes a protocol of a verification to a file, once', async () => {
    const file = join(folder, 'protocol.json');
    const { size, keyId } = readCheckpoint(readFileSync(checkpoint, 'utf8'))!.checkpoint;
    expect(await program('verify', '--protocol', file)).toMatchObject({ code: 0 });
    const protocol = JSON.parse(readFileSync(file, 'utf8'));
    expect(protocol).toMatchObject({
      asked: 'COMMAND',
      result: 'VERIFIED',
      register: expect.stringMatching(/^[0-9a-f-]{36}$/),
      counts: { checked: size, sealed: size, unsealed: 0, findings: 0 },
      checkpoint: { size, keyId, note: expect.stringContaining(String(size)) },
      key: { id: keyId, pem: expect.stringContaining('PUBLIC KEY') },
      findings: [],
    });
    expect(protocol.endedAt >= protocol.startedAt).toBe(true);
    const pdf = join(folder, 'protocol.pdf');
    expect(await program('verify', '--protocol', pdf)).toMatchObject({ code: 0 });
    expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
    const again = await program('verify', '--protocol', file);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('never written over')]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(protocol);
  });

  it('tells a person’s file with what vouches for it', async () => {
    const { code, out } = await fok('file', recipient);
    const file = JSON.parse(out);
    expect([code, file.recipient]).toEqual([0, recipient]);
    expect(file.proof).toMatchObject({ sealed: file.entries.length, unsealed: 0 });
    const pdf = join(folder, 'akt.pdf');
    expect(await fok('file', recipient, '--format', 'pdf')).toMatchObject({ code: 2 });
    expect(await fok('file', recipient, '--format', 'pdf', '--out', pdf)).toMatchObject({ code: 0, out: '' });
    expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('says so, with exit code 4, when a checkpoint is not one of this register', async () => {
    const [origin, size, , ...rest] = readFileSync(checkpoint, 'utf8').split('\n');
    const forged = [origin, size, Buffer.alloc(32).toString('base64'), ...rest];
    writeFileSync(join(folder, 'forged.json'), forged.join('\n'));
    expect(await program('verify', '--against', join(folder, 'forged.json'))).toMatchObject({
      code: 4,
      out: expect.stringMatching(
        /^NOT VERIFIED[^]*forged.json, of .*: the log is not the one that it was signed over$/m,
      ),
    });
    writeFileSync(join(folder, 'none.json'), '{}');
    expect(await program('verify', '--against', join(folder, 'none.json'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('holds no checkpoint'),
    });
  });

  it('exports a recipient so that any change of the file is found', async () => {
    expect(await fok('export', recipient, '--out', zip)).toMatchObject({ code: 0 });
    expect((await fok('verify-export', zip)).out).toMatch(/^VERIFIED: recipient /);
    const archive = await ZipReader.open(zip);
    const lines: StaffEntry[] = [];
    for await (const line of archive.lines(STAFF_ENTRIES)) lines.push(staffEntry.parse(JSON.parse(line)));
    const { checkpoint: proven } = readCheckpoint(await archive.text(CHECKPOINT)) ?? {};
    const judgement = await archive.text(JUDGEMENT);
    const text = await archive.text(TEXT);
    archive.close();
    const { entries } = JSON.parse((await fok('timeline', recipient, '--format', 'json')).out);
    const told = entries.filter((entry: { staff?: object }) => entry.staff !== undefined);
    expect(told.length).toBeGreaterThan(0);
    for (const { eventId, staff } of told)
      expect(lines).toContainEqual(expect.objectContaining({ event: eventId, staff }));
    expect(lines.map(({ entry }) => JSON.stringify(entry) ?? '').join('')).not.toMatch(/"kind":/);
    const whole = lines.find(({ body }) => body !== undefined);
    if (!proven || !whole) throw new Error('there is no entry with its bytes');
    expect(wrongStaffEntry(whole, proven)).toBeUndefined();
    expect(wrongStaffEntry({ ...whole, hash: '0'.repeat(64) }, proven)).toMatch(/not in the log/);
    expect(wrongStaffEntry({ ...whole, previous: 'f'.repeat(64) }, proven)).toMatch(/not those of the hash/);
    expect(wrongStaffEntry({ ...whole, entry: { ...whole.entry, type: 'Other' } }, proven)).toMatch(/stored bytes say/);
    expect(judgement).toContain('ASSIGNED');
    expect(text).toContain('det som uppdragen vilar på');
    const trusted = await fok(
      'verify-export',
      zip,
      '--public-key',
      join(data, 'seals', 'public-key.pem'),
      '--format',
      'json',
    );
    expect(JSON.parse(trusted.out)).toMatchObject({ ok: true, keyIsTrusted: true });
    const bytes = readFileSync(zip);
    bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100);
    writeFileSync(join(folder, 'changed.zip'), bytes);
    expect(await fok('verify-export', join(folder, 'changed.zip'))).toMatchObject({
      code: 4,
      out: expect.stringMatching(/^NOT VERIFIED/),
    });
    expect(await fok('export', recipient, '--out', zip)).toMatchObject({
      code: 1,
      err: expect.stringContaining('is there already'),
    });
  });

  it('forgets a person: figures stay, what was personal is gone for ever, and the log still verifies', async () => {
    const args = ['compliance', recipient, '--on', '2024-06-01', '--format', 'json'];
    const before = JSON.parse((await fok(...args)).out);
    expect(await fok('keys', 'rotate')).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+ keys/) });
    expect(
      JSON.parse(
        (
          await fok(
            'forget',
            recipient,
            '--reason',
            'Gallringsbeslut 2024:7',
            '--although',
            'prov',
            '--yes',
            '--format',
            'json',
          )
        ).out,
      ),
    ).toEqual({ forgotten: [recipient] });
    expect(JSON.parse((await fok(...args)).out).episodes).toEqual(before.episodes);
    const { entries } = JSON.parse((await fok('timeline', recipient, '--format', 'json')).out);
    expect(entries[0]).toMatchObject({ type: 'RecipientRegistered', seal: 'DESTROYED', data: { name: null } });
    expect(entries.at(-1)).toMatchObject({ type: 'PersonForgotten', data: { decision: 'Gallringsbeslut 2024:7' } });
    expect(await program('verify', '--against', checkpoint)).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 are not under any yet'),
    });
  });
});
