import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { originIn, toHex, writeCheckpoint, writeOwnCheckpoint } from '../../../src/kernel/integrity/checkpoint.js';
import { cosign } from '../../../src/kernel/integrity/cosignature.js';
import { consistencyProof } from '../../../src/kernel/integrity/merkle.js';
import { KEY_TYPE } from '../../../src/kernel/integrity/signed-note.js';
import { SigningKey } from '../../../src/kernel/integrity/signing-key.js';
import { FACTS, SmallRegister, oneByOne } from './small-register.js';

jest.setTimeout(600_000);

const PROGRAM = fileURLToPath(new URL('./public-verifier', import.meta.url));
const hasGo = spawnSync('go', ['version']).status === 0;

/** Somebody else's program: golang.org/x/mod (of Go itself) and transparency-dev/formats read and prove what is ours. */
(hasGo ? describe : describe.skip)('a verifier of other logs', () => {
  let register: SmallRegister;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'public-verifier-'));
    execFileSync('go', ['build', '-o', join(folder, 'verifier'), '.'], { cwd: PROGRAM, stdio: 'pipe' });
    register = await SmallRegister.open();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await register.remove();
  });

  function ask(question: object): { readonly code: number | null; readonly said: string; readonly answer: unknown } {
    const { status, stdout, stderr } = spawnSync(join(folder, 'verifier'), { input: JSON.stringify(question) });
    return { code: status, said: stderr.toString(), answer: status === 0 ? JSON.parse(stdout.toString()) : undefined };
  }

  it('reads our checkpoints, finds each event under them and each a continuation of the other', async () => {
    await register.recorder().appendAll(oneByOne(FACTS.slice(0, 20)));
    const older = (await register.notary().seal())!;
    await register.recorder().appendAll(oneByOne(FACTS.slice(20)));
    const newer = (await register.notary().seal())!;
    const records = await register.store.readLog({ limit: 100 });
    const witness = SigningKey.ephemeral();
    const line = cosign(writeOwnCheckpoint(newer), 'arkiv.example', witness, 1_796_000_000);
    const origin = originIn(newer.checkpoint);
    const { size } = newer.checkpoint;
    const question = {
      checkpoint: writeCheckpoint({ ...newer, cosignatures: [line] }),
      older: writeCheckpoint(older),
      origin,
      key: register.signingKey.publicKey.forNotes(origin),
      witnesses: [witness.publicKey.forNotes('arkiv.example', KEY_TYPE.cosignature)],
      consistency: consistencyProof(older.checkpoint.size, size, (from, to) => register.tree.subtree(from, to)).map(
        toHex,
      ),
      entries: records.map((record) => {
        const { index, proof } = register.notary().inclusion(record, newer.checkpoint);
        return { index, leaf: toHex(record.hash), proof: proof.map(toHex) };
      }),
    };
    expect(ask(question)).toEqual({
      code: 0,
      said: '',
      answer: { Size: size, OlderSize: 20, Cosigned: 1, Included: records.length },
    });
    const other = SigningKey.ephemeral().publicKey.forNotes(origin);
    expect(ask({ ...question, key: other })).toMatchObject({ code: 1 });
    expect(ask({ ...question, checkpoint: question.checkpoint.replace(`\n${size}\n`, `\n${size - 1}\n`) }).code).toBe(
      1,
    );
    expect(ask({ ...question, consistency: question.consistency.slice(1) }).code).toBe(1);
    expect(ask({ ...question, entries: [{ ...question.entries[3]!, index: 4 }] }).code).toBe(1);
  });
});
