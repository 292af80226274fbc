import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askTimeStamp, timeStampedAt } from './time-stamp.js';

const hasOpenSsl = spawnSync('openssl', ['version']).status === 0;
const NOTE = 'fok/7d0f6b0e-0000-4000-8000-000000000001\n3\nroot\n\n\u2014 fok signature\n';

/** The authority is openssl: what it makes we read, and what we ask it reads. */
(hasOpenSsl ? describe : describe.skip)('a time-stamp', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'time-stamp-'));
    makeAuthority(join(folder, 'one'));
    makeAuthority(join(folder, 'other'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const roots = (authority: string): string => readFileSync(join(folder, authority, 'ca.pem'), 'utf8');

  it('by openssl is read, and openssl reads our question and confirms the answer', async () => {
    const question = askTimeStamp(NOTE);
    const answer = replyOf(join(folder, 'one'), question.bytes);
    const at = await timeStampedAt(NOTE, answer, roots('one'), question.nonce);
    expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(60_000);
    writeFileSync(join(folder, 'note'), NOTE);
    writeFileSync(join(folder, 'note.tsr'), answer);
    const files = ['-data', join(folder, 'note'), '-in', join(folder, 'note.tsr')];
    const told = execFileSync('openssl', ['ts', '-verify', ...files, '-CAfile', join(folder, 'one', 'ca.pem')], {
      stdio: 'pipe',
    });
    expect(told.toString()).toContain('Verification: OK');
  });

  it('proves nothing of another note, by another authority, for another question, or when it was changed', async () => {
    const question = askTimeStamp(NOTE);
    const answer = replyOf(join(folder, 'one'), question.bytes);
    await expect(timeStampedAt(`${NOTE} `, answer, roots('one'))).rejects.toThrow('that of something else');
    await expect(timeStampedAt(NOTE, answer, roots('other'))).rejects.toThrow('not signed by an authority');
    await expect(timeStampedAt(NOTE, answer, roots('one'), Buffer.alloc(8, 1))).rejects.toThrow('another question');
    await expect(timeStampedAt(NOTE, Buffer.from('nothing'), roots('one'))).rejects.toThrow('cannot be read');
    for (let at = answer.length - 200; at < answer.length; at += 40) {
      const spoilt = Buffer.from(answer);
      spoilt[at]! ^= 1;
      await expect(timeStampedAt(NOTE, spoilt, roots('one'))).rejects.toThrow(/time-stamp/);
    }
  });
});

/** A certificate authority with a time-stamp authority under it. */
function makeAuthority(folder: string): void {
  mkdirSync(folder);
  const run = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  writeFileSync(join(folder, 'ext'), 'extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n');
  run(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=CA',
    '-days',
    '30',
  );
  run('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'tsa.key', '-out', 'tsa.csr', '-subj', '/CN=TSA');
  run(
    'x509',
    '-req',
    '-in',
    'tsa.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-out',
    'tsa.pem',
    '-days',
    '30',
    '-extfile',
    'ext',
  );
  writeFileSync(
    join(folder, 'tsa.cnf'),
    '[tsa]\ndefault_tsa = one\n[one]\nserial = serial\ncrypto_device = builtin\nsigner_cert = tsa.pem\ncerts = ca.pem\nsigner_key = tsa.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\naccuracy = secs:1\nordering = no\ntsa_name = no\ness_cert_id_chain = no\n',
  );
  writeFileSync(join(folder, 'serial'), '01\n');
}

function replyOf(folder: string, question: Uint8Array): Uint8Array {
  writeFileSync(join(folder, 'question'), question);
  execFileSync('openssl', ['ts', '-reply', '-queryfile', 'question', '-out', 'answer', '-config', 'tsa.cnf'], {
    cwd: folder,
    stdio: 'pipe',
  });
  return Uint8Array.from(readFileSync(join(folder, 'answer')));
}
