import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { closeDatabase, openDatabase } from '../sqlite/sqlite.js';
import { signCheckpoint } from './checkpoint.js';
import { HeadFile } from './head-file.js';
import type { KeptHead } from './head-store.js';
import { SigningKey } from './signing-key.js';

const key = SigningKey.ephemeral();

function head(size: number, fork = 0): KeptHead {
  const signed = signCheckpoint(
    {
      v: 2,
      origin: 'fok/7d0f6b0e-0000-4000-8000-000000000001',
      register: '7d0f6b0e-0000-4000-8000-000000000001',
      size,
      root: Buffer.alloc(32, fork * 100 + size).toString('hex'),
      lastEvent: 'e',
      lastPosition: String(size),
      at: '2026-11-30T10:00:00.000Z',
      keyId: key.publicKey.id,
    },
    key,
  );
  return { signed };
}

describe('what was signed last', () => {
  let folder: string;
  let now = 1_000;
  const open = (): HeadFile => HeadFile.open(join(folder, 'notary.sqlite'), { now: () => now });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'head-'));
    now = 1_000;
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is put forward by who may sign, from what it is, whatever two processes do', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.boolean(), fc.nat(3), fc.nat(40)), { maxLength: 30 }), async (steps) => {
        const [one, other] = [open(), open()];
        const start = (await one.head())?.signed.checkpoint.size ?? 0;
        let before = start;
        for (const [first, behind, wait] of steps) {
          const desk = first ? one : other;
          now += wait;
          const lease = await desk.takeLease(first ? 'one' : 'other', 50, 'IF_FREE');
          const seen = await desk.head();
          const from = behind === 0 ? seen : behind === 1 ? undefined : head(before + behind, 1);
          const to = head(Math.min(before + 1, 99));
          const answer = lease ? await desk.advance(lease, from, to) : 'LEASE_LOST';
          const fits = from?.signed.checkpoint.root === seen?.signed.checkpoint.root;
          if (lease) expect(answer).toBe(fits ? 'ADVANCED' : 'OVERTAKEN');
          const size = (await other.head())?.signed.checkpoint.size ?? 0;
          expect(size).toBeGreaterThanOrEqual(before);
          before = size;
        }
        await Promise.all([one.close(), other.close()]);
      }),
      { numRuns: 25 },
    );
  });

  it('may be signed on by one at a time, until its time is over or it is asked for at once', async () => {
    const [one, other] = [open(), open()];
    const first = (await one.takeLease('one', 100, 'IF_FREE'))!;
    expect(await other.takeLease('other', 100, 'IF_FREE')).toBeUndefined();
    expect(await one.takeLease('one', 100, 'IF_FREE')).toMatchObject({ token: first.token });
    now += 101;
    expect(await one.advance(first, undefined, head(1))).toBe('LEASE_LOST');
    const second = (await other.takeLease('other', 100, 'IF_FREE'))!;
    expect(second.token).toBeGreaterThan(first.token);
    expect(await one.takeLease('one', 100, 'IF_FREE')).toBeUndefined();
    const third = (await one.takeLease('one', 100, 'AT_ONCE'))!;
    expect(await other.advance(second, undefined, head(1))).toBe('LEASE_LOST');
    expect(await one.advance(third, undefined, head(1))).toBe('ADVANCED');
    await one.release(third);
    expect(await other.lease()).toBeUndefined();
    await Promise.all([one.close(), other.close()]);
  });

  it('is not put back by somebody with a SQLite shell', async () => {
    const file = open();
    const lease = (await file.takeLease('one', 100, 'IF_FREE'))!;
    expect(await file.advance(lease, undefined, head(5))).toBe('ADVANCED');
    await file.close();
    const db = openDatabase(join(folder, 'notary.sqlite'));
    expect(() => db.exec('UPDATE head SET size = 4')).toThrow('moves only forward');
    expect(() => db.exec('DELETE FROM head')).toThrow('is kept');
    db.exec('DROP TRIGGER head_stays');
    closeDatabase(db);
    expect(open).toThrow('trigger head_stays is missing');
  });
});
