import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ENTRIES,
  MANIFEST,
  PUBLIC_KEY,
  SIGNATURE,
  TEXT,
  signedManifest,
} from '../../../src/audit/export/export-format.js';
import { exportStreams } from '../../../src/audit/export/export.js';
import { Names } from '../../../src/answers/text/names.js';
import { verifyExport } from '../../../src/audit/export/verify-export.js';
import { ZipReader } from '../../../src/audit/export/zip-reader.js';
import { type WrittenPart, writeZip } from '../../../src/audit/export/zip-writer.js';
import { forgetPersons } from '../../../src/audit/forget/forget.js';
import type { OpenedEvent } from '../../../src/kernel/event-sourcing/event-log.js';
import { SigningKey } from '../../../src/kernel/integrity/signing-key.js';
import { FACTS, SmallRegister, anotherFact, oneByOne } from './small-register.js';

const STREAMS = [...new Set(FACTS.map(({ stream }) => stream))].filter((stream) =>
  /^(recipient|careEpisode)-/.test(stream),
);
const EXPORTED = FACTS.filter(({ stream }) => STREAMS.includes(stream));
const RECIPIENT = EXPORTED[0]!.subject!;

type Files = Map<string, string>;

describe('an export', () => {
  let register: SmallRegister;
  let path: string;
  let publicKey: string;

  beforeAll(async () => {
    register = await SmallRegister.open();
    await register.recorder().appendAll(oneByOne(FACTS));
    await register.notary().seal();
    await register.recorder().append(EXPORTED.at(-1)!.stream, 'ANY', [anotherFact(EXPORTED.at(-1)!.stream, RECIPIENT)]);
    path = join(register.folder, 'export.zip');
    publicKey = register.signingKey.publicKey.toPem();
    expect(await make(path)).toEqual({
      entries: EXPORTED.length + 1,
      streams: STREAMS.length,
      checkpointSize: FACTS.length + 1,
      keyId: register.signingKey.publicKey.id,
    });
  });
  afterAll(() => register.remove());

  function make(
    out: string,
    {
      streams = STREAMS,
      secret = [],
    }: { readonly streams?: readonly string[]; readonly secret?: readonly string[] } = {},
  ) {
    const { store, keys, signingKey, clock } = register;
    const secretsIn = async (): Promise<ReadonlySet<string>> => new Set(secret);
    const namesOf = async (entries: readonly OpenedEvent[]): Promise<Names> => new Names(entries);
    return exportStreams(
      { about: `recipient ${RECIPIENT}`, streams, out },
      {
        store,
        keys,
        codec: register.recorder().codec,
        notary: register.notary(),
        signingKey,
        clock,
        secretsIn,
        namesOf,
        show: async (signed) => ({ signed, timeStamps: [] }),
      },
    );
  }

  async function files(): Promise<Files> {
    const zip = await ZipReader.open(path);
    const result: Files = new Map();
    for (const name of zip.names) result.set(name, await zip.text(name));
    zip.close();
    return result;
  }

  /** Packs files as a new ZIP, with the digest at its end, and the manifest's sums as they should be then. */
  async function repack(changed: Files, resign?: SigningKey): Promise<string> {
    const out = join(register.folder, 'changed.zip');
    const manifest = JSON.parse(changed.get(MANIFEST)!) as { files: WrittenPart[] };
    const written: WrittenPart[] = [];
    const parts = [...changed].map(([name, text]) => ({ name, content: () => [text] }));
    await writeZip(out, parts, written);
    if (!resign) return out;
    const sums = new Map(written.map((part) => [part.name, part]));
    changed.set(
      MANIFEST,
      JSON.stringify({ ...manifest, files: manifest.files.map((file) => sums.get(file.name) ?? file) }),
    );
    changed.set(SIGNATURE, resign.sign(signedManifest(Buffer.from(changed.get(MANIFEST)!))));
    await writeZip(
      out,
      [...changed].map(([name, text]) => ({ name, content: () => [text] })),
      [],
    );
    return out;
  }

  const messages = async (file: string, key = publicKey): Promise<string[]> =>
    (await verifyExport(file, key)).problems.map(({ message }) => message);

  it('verifies with nothing but the file and the public key', async () => {
    expect(await verifyExport(path, publicKey)).toMatchObject({
      ok: true,
      problems: [],
      entries: EXPORTED.length + 1,
      about: `recipient ${RECIPIENT}`,
      keyIsTrusted: true,
    });
    expect(await verifyExport(path)).toMatchObject({ ok: true, keyIsTrusted: false });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is found changed, whatever byte was flipped', async () => {
    const whole = readFileSync(path);
    const changed = join(register.folder, 'flipped.zip');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length * 8 - 1), async (bit) => {
        const bytes = Buffer.from(whole);
        bytes[bit >> 3]! ^= 1 << (bit & 7);
        writeFileSync(changed, bytes);
        expect((await verifyExport(changed, publicKey)).ok).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('is found changed when it was cut short, or something was added at its end', async () => {
    const whole = readFileSync(path);
    for (const bytes of [
      whole.subarray(0, -1),
      whole.subarray(0, whole.length / 2),
      Buffer.concat([whole, Buffer.from('x')]),
      Buffer.alloc(0),
    ]) {
      const changed = join(register.folder, 'cut.zip');
      writeFileSync(changed, bytes);
      expect((await verifyExport(changed, publicKey)).ok).toBe(false);
    }
  });

  it('is found changed when a file was changed, added or taken away and the ZIP made anew', async () => {
    const text = await files();
    text.set(TEXT, text.get(TEXT)!.replace('Tolvan', 'Elvan'));
    expect(await messages(await repack(text))).toEqual(['the file was changed']);
    expect(await messages(await repack(new Map([...(await files()), ['extra.txt', 'hej']])))).toEqual([
      'the file is not in the manifest',
    ]);
    const less = await files();
    less.delete(TEXT);
    expect(await messages(await repack(less))).toEqual(['the file is missing']);
  });

  it('is not believed when somebody else signed it', async () => {
    const other = SigningKey.ephemeral();
    const all = await files();
    all.set(PUBLIC_KEY, other.publicKey.toPem());
    const forged = await repack(all, other);
    expect(await messages(forged)).toEqual(
      expect.arrayContaining([
        `the export was made with key ${other.publicKey.id}, not with ${register.signingKey.publicKey.id}`,
        'the manifest is not signed with this key',
      ]),
    );
    expect(await messages(forged, other.publicKey.toPem())).toEqual(['the checkpoint is not signed with this key']);
  });

  type Line = {
    index: number;
    previous: string;
    body: string;
    proof: string[];
    seal: string;
    revealed?: { nonce: string; json: string };
    entry: { data: Record<string, unknown> };
  };

  it.each<[string, (line: Line) => unknown, string]>([
    [
      'a stored body',
      (line) => (line.body = line.body.replace('2026-01-01', '2026-01-03')),
      'the entry is not in the log that the checkpoint vouches for',
    ],
    [
      'what is readable',
      (line) => (line.entry.data['name'] = 'Elvan Elvansson'),
      'the readable entry is not what the stored bytes say',
    ],
    [
      'the sealed values',
      (line) => (line.revealed = { ...line.revealed!, json: line.revealed!.json.replace('Tolvan', 'Elvan') }),
      'the readable values are not those that were sealed',
    ],
    [
      'that values are there',
      (line) => delete line.revealed,
      'the sealed values are said to be readable, but are not there',
    ],
    ['its place', (line) => (line.index += 1), 'the entry is not in the log that the checkpoint vouches for'],
    ['its proof', (line) => line.proof.pop(), 'the entry is not in the log that the checkpoint vouches for'],
    [
      'the chain before it',
      (line) => (line.previous = '11'.repeat(32)),
      'the entry does not follow the one before it in its stream',
    ],
  ])('does not prove an entry of which somebody with the signing key changed %s', async (_, change, message) => {
    const all = await files();
    const [first, ...rest] = all.get(ENTRIES)!.split('\n');
    const line = JSON.parse(first!) as Line;
    change(line);
    all.set(ENTRIES, [JSON.stringify(line), ...rest].join('\n'));
    expect(await messages(await repack(all, register.signingKey))).toContain(message);
  });

  it('says so when entries were left out, doubled or put in another order', async () => {
    const changes: ((lines: string[]) => string[])[] = [
      (lines) => lines.slice(1),
      (lines) => lines.slice(0, -1),
      (lines) => [lines[0]!, ...lines],
      (lines) => [lines[1]!, lines[0]!, ...lines.slice(2)],
    ];
    for (const change of changes) {
      const all = await files();
      all.set(ENTRIES, `${change(all.get(ENTRIES)!.trimEnd().split('\n')).join('\n')}\n`);
      expect((await messages(await repack(all, register.signingKey))).length).toBeGreaterThan(0);
    }
  });

  it('can be read by somebody who reads Swedish', async () => {
    const text = (await files()).get(TEXT)!;
    expect(text).toContain('\n2026-01-01  Omsorgstagare registrerad\n');
    expect(text).toContain('            registrerad 2026-01-02T10:00:00.000Z av chef-7 (MANAGER)\n');
    expect(text).toContain('    nummer: 19121212-1212\n');
    expect(text).toContain('skäl till sen registrering: Chefen var sjuk');
  });

  it('leaves nothing behind when there is nothing to export', async () => {
    const out = join(register.folder, 'none.zip');
    await expect(make(out, { streams: ['careEpisode-00000000-0000-4000-8000-00000000dead'] })).rejects.toThrow(
      'nothing to export',
    );
    expect(() => statSync(out)).toThrow('ENOENT');
    expect(() => statSync(`${out}.part`)).toThrow('ENOENT');
  });

  it('shows a number that became secret nowhere, and still proves the entry that holds it', async () => {
    const out = join(register.folder, 'secret.zip');
    await make(out, { secret: ['191212121212'] });
    expect(await verifyExport(out, publicKey)).toMatchObject({ ok: true, entries: EXPORTED.length + 1 });
    const zip = await ZipReader.open(out);
    const text = await zip.text(TEXT);
    const lines = (await zip.text(ENTRIES)).trimEnd().split('\n');
    zip.close();
    expect([text, ...lines].filter((part) => /121212[-+]?1212/.test(part))).toEqual([]);
    expect(text).toContain('    nummer: [dolt nummer]\n');
    expect(text).toContain('Tolvan Tolvansson');
    const kept = lines.map((line) => JSON.parse(line) as Line).filter(({ seal }) => seal === 'SECRET');
    expect(kept.map(({ revealed, entry }) => [revealed, entry.data['name']])).toEqual([[undefined, null]]);
  });

  it('proves the entries of a person who was forgotten, with their fields shown as destroyed', async () => {
    const { keys, clock } = register;
    const decision = { reason: 'Gallrad', actor: { id: 'a', role: 'ADMINISTRATOR' } };
    await forgetPersons([RECIPIENT], decision, { log: register.recorder(), keys, clock });
    const out = join(register.folder, 'forgotten.zip');
    await make(out);
    expect(await verifyExport(out, publicKey)).toMatchObject({ ok: true, entries: EXPORTED.length + 2 });
    const zip = await ZipReader.open(out);
    const text = await zip.text(TEXT);
    const entries = await zip.text(ENTRIES);
    zip.close();
    expect(text).toContain('  namn: [gallrad]\n');
    expect(text).toContain('Personuppgifter gallrade efter beslut');
    for (const secret of ['Tolvan', '19121212', 'Dusch'])
      expect([text.includes(secret), entries.includes(secret)]).toEqual([false, false]);
  });
});
