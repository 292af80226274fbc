import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inWorkers } from '../../../src/audit/verify/worker-pool.js';
import { type VerifyOptions, type VerifyReport, verifyLog } from '../../../src/audit/verify/verify.js';
import { eventCatalogue } from '../../../src/facts/event-catalogue.js';
import { Recorder } from '../../../src/kernel/event-sourcing/recorder.js';
import { SqliteEventStore } from '../../../src/kernel/event-store/sqlite/sqlite-event-store.js';
import type { SignedCheckpoint } from '../../../src/kernel/integrity/checkpoint.js';
import { HeadFile } from '../../../src/kernel/integrity/head-file.js';
import { Notary } from '../../../src/kernel/integrity/notary.js';
import { SigningKey } from '../../../src/kernel/integrity/signing-key.js';
import { TreeFile } from '../../../src/kernel/integrity/tree-file.js';
import { closeDatabase, openDatabase } from '../../../src/kernel/sqlite/sqlite.js';
import { FACTS, SmallRegister, anotherFact, oneByOne, pathsIn } from './small-register.js';
import { type Tampering, copyLog, cutOffTidily, tamper, tamperings } from './tampering.js';

const EPISODE = FACTS.find(({ type }) => type === 'CareEpisodeStarted')!;

describe('verify', () => {
  let register: SmallRegister;
  let first: SignedCheckpoint;
  let rows: number;

  beforeAll(async () => {
    register = await SmallRegister.open();
    await register.recorder().appendAll(oneByOne(FACTS));
    first = (await register.notary().seal())!;
    await register
      .recorder()
      .appendAll(oneByOne(Array.from({ length: 300 }, () => anotherFact(EPISODE.stream, EPISODE.subject!))));
    await register.notary().seal();
    rows = await register.store.count();
    await register.store.close();
  });
  afterAll(() => register.remove());

  async function verify(path: string, options: Partial<VerifyOptions> = {}): Promise<VerifyReport> {
    const store = await SqliteEventStore.open({ path, readOnly: true });
    try {
      return await verifyLog({ store, tree: register.tree, publicKey: register.signingKey.publicKey, ...options });
    } finally {
      await store.close();
    }
  }

  async function afterwards(tampering: Tampering, options?: Partial<VerifyOptions>): Promise<VerifyReport | undefined> {
    const path = copyLog(pathsIn(register.folder).events, register.folder);
    return tamper(path, tampering) ? verify(path, options) : undefined;
  }

  const codes = (report: VerifyReport | undefined): string[] => [...new Set(report?.findings.map(({ code }) => code))];

  it('finds nothing in a log that nobody touched', async () => {
    expect(await verify(pathsIn(register.folder).events)).toMatchObject({
      ok: true,
      checked: rows,
      findings: [],
      sealed: rows,
      unsealed: 0,
    });
  });

  it('finds every flipped bit, deletion, swap and insertion', async () => {
    let done = 0;
    await fc.assert(
      fc.asyncProperty(tamperings(rows), async (tampering) => {
        const report = await afterwards(tampering);
        if (!report) return;
        done += 1;
        expect(report.ok).toBe(false);
        expect(report.count).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
    expect(done).toBeGreaterThan(100);
  });

  it.each<[string, Tampering, string[], bigint]>([
    ['a changed body', { kind: 'flip', row: 40, column: 'body', bit: 900 }, ['CHANGED'], 40n],
    ['a changed column', { kind: 'flip', row: 40, column: 'type', bit: 3 }, ['COLUMN_DIFFERS'], 40n],
    [
      'a missing event',
      { kind: 'delete', row: 100, renumber: false },
      ['POSITION_BROKEN', 'REVISION_BROKEN', 'CHANGED', 'MISSING'],
      101n,
    ],
    [
      'a missing event whose gap was closed',
      { kind: 'delete', row: 100, renumber: true },
      ['REVISION_BROKEN', 'CHANGED', 'MISSING'],
      100n,
    ],
    ['a doubled event', { kind: 'double', row: 100, at: 101 }, ['REVISION_BROKEN', 'CHANGED', 'INSERTED'], 101n],
    ['a tail that was cut off', { kind: 'cut off', rows: 3 }, ['CUT_OFF'], 0n],
  ])('says of %s what is wrong and where', async (_, tampering, expected, position) => {
    const report = (await afterwards(tampering))!;
    expect(codes(report)).toEqual(expect.arrayContaining(expected));
    expect(report.findings[0]!.position).toBe(position === 0n ? BigInt(rows - 3) : position);
    expect(report.count).toBeLessThan(10);
  });

  it('finds two neighbours of different streams that changed places, which no stream shows', async () => {
    expect(codes(await afterwards({ kind: 'swap', one: 2, other: 1 }))).toEqual(expect.arrayContaining(['REORDERED']));
  });

  it('finds a log that was written anew from some event on, hashes and all', async () => {
    const path = copyLog(pathsIn(register.folder).events, register.folder);
    cutOffTidily(path, 100);
    const store = await SqliteEventStore.open({ path });
    const recorder = new Recorder(store, register.keys, eventCatalogue, register.clock);
    await recorder.appendAll(
      oneByOne(Array.from({ length: 100 }, () => anotherFact(EPISODE.stream, EPISODE.subject!))),
    );
    await store.close();
    const report = await verify(path);
    expect(codes(report)).toEqual(['NOT_AS_SEALED']);
    expect(report.findings[0]!.position).toBe(BigInt(rows - 99));
    expect(report.count).toBe(100);
  });

  it('says how much is not under a checkpoint yet', async () => {
    const tree = TreeFile.open(':memory:');
    expect(await verify(pathsIn(register.folder).events, { tree })).toMatchObject({
      ok: true,
      sealed: 0,
      unsealed: rows,
    });
    const against = await verify(pathsIn(register.folder).events, { tree: undefined, against: first });
    expect(against).toMatchObject({ ok: true, sealed: FACTS.length, unsealed: rows - FACTS.length });
  });

  it('finds an id that stands twice where nothing is sealed yet', async () => {
    const report = await afterwards({ kind: 'double', row: 5, at: rows + 1 }, { tree: TreeFile.open(':memory:') });
    expect(codes(report)).toContain('ID_TWICE');
  });

  it('believes a checkpoint that somebody else kept more than the seals beside the log', async () => {
    const path = copyLog(pathsIn(register.folder).events, register.folder);
    tamper(path, { kind: 'swap', one: 1, other: 2 });
    // Whoever changed the log has also made new seals for it, with the register's own key.
    const store = await SqliteEventStore.open({ path, readOnly: true });
    const tree = TreeFile.open(':memory:');
    const heads = HeadFile.open(':memory:');
    await new Notary(store, tree, register.signingKey, register.clock, {
      heads,
      holder: 'the forger',
      taking: 'AT_ONCE',
    }).seal();
    const own = await verifyLog({ store, tree, publicKey: register.signingKey.publicKey });
    const handedOut = await verifyLog({ store, tree, publicKey: register.signingKey.publicKey, against: first });
    await store.close();
    expect(own.ok).toBe(true);
    expect(codes(handedOut)).toEqual(['ROOT_DIFFERS']);
  });

  it('takes no checkpoint of another key, none that was changed, and no seals that do not continue each other', async () => {
    const events = pathsIn(register.folder).events;
    expect(codes(await verify(events, { publicKey: SigningKey.ephemeral().publicKey }))).toEqual([
      'CHECKPOINT_NOT_SIGNED',
    ]);
    const forged = { ...first, checkpoint: { ...first.checkpoint, size: first.checkpoint.size - 1 } };
    expect(codes(await verify(events, { against: forged }))).toEqual(['CHECKPOINT_NOT_SIGNED', 'ROOT_DIFFERS']);
  });

  it('finds a change of the seals themselves', async () => {
    const path = pathsIn(register.folder).seals;
    const raw = openDatabase(path);
    raw.exec(
      'CREATE TEMP TABLE kept AS SELECT * FROM tiles; UPDATE tiles SET leaves = zeroblob(length(leaves)) WHERE number = 0',
    );
    const report = await verify(pathsIn(register.folder).events);
    raw.exec('UPDATE tiles SET leaves = (SELECT leaves FROM kept WHERE kept.number = tiles.number)');
    closeDatabase(raw);
    expect(codes(report)).toEqual(expect.arrayContaining(['ROOT_DIFFERS', 'NOT_AS_SEALED']));
    expect((await verify(pathsIn(register.folder).events)).ok).toBe(true);
  });

  it('verifies a part', async () => {
    const report = (await afterwards({ kind: 'flip', row: 40, column: 'body', bit: 900 }, { from: 41n, to: 200n }))!;
    expect(report).toMatchObject({ checked: 160, sealed: 160, unsealed: 0 });
    // The hash before the part's first event of the stream is what is stored; that it is wrong is seen where it stands.
    expect((await afterwards({ kind: 'flip', row: 40, column: 'body', bit: 900 }, { from: 41n }))!.ok).toBe(true);
    expect((await afterwards({ kind: 'flip', row: 40, column: 'body', bit: 900 }, { from: 40n, to: 40n }))!.ok).toBe(
      false,
    );
  });

  it('finds the same in several threads as in one', async () => {
    const program = new URL('./verify-worker.mjs', import.meta.url);
    for (const tampering of [
      undefined,
      { kind: 'flip', row: 200, column: 'body', bit: 77 },
      { kind: 'delete', row: 150, renumber: true },
      { kind: 'cut off', rows: 2 },
    ] as const) {
      const path = copyLog(pathsIn(register.folder).events, register.folder);
      if (tampering) tamper(path, tampering);
      const alone = await verify(path);
      const sealsAtHand = { elsewhere: inWorkers(2, path, undefined, program), tree: undefined, against: first };
      expect((await verify(path, sealsAtHand)).ok).toBe(tampering === undefined || tampering.kind === 'cut off');
      let seen = 0;
      const together = await verify(path, {
        elsewhere: inWorkers(2, path, pathsIn(register.folder).seals, program),
        onProgress: (done) => (seen = done),
      });
      expect({ ...together, milliseconds: 0 }).toEqual({ ...alone, milliseconds: 0 });
      expect(seen).toBe(alone.checked);
    }
  });
});
