import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventCatalogue } from '../event-sourcing/event-catalogue.js';
import { eventType } from '../event-sourcing/event-type.js';
import { Recorder } from '../event-sourcing/recorder.js';
import { MemoryEventStore } from '../event-store/memory/memory-event-store.js';
import { memoryKeyStore } from '../privacy/memory-key-store.js';
import { FixedClock } from '../time/clock.js';
import { type Checkpoint, fromHex, isSigned, readCheckpoint, toHex, writeCheckpoint } from './checkpoint.js';
import { leafOf } from './leaf.js';
import { isIncluded, rootOf } from './merkle.js';
import { HeadFile } from './head-file.js';
import { Notary, type NotaryDesk, treeHas } from './notary.js';
import { NotaryFollower } from './notary-follower.js';
import { SigningKey } from './signing-key.js';
import { TreeFile } from './tree-file.js';

const catalogue = new EventCatalogue(['note'], [eventType('Noted', 'note', { label: 'Antecknat', data: {} })]);
const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

describe('the notary', () => {
  let store: MemoryEventStore;
  let recorder: Recorder;
  let tree: TreeFile;
  let notary: Notary;
  let heads: HeadFile;
  const desk = (holder: string): NotaryDesk => ({ heads, holder, taking: 'AT_ONCE' });
  const key = SigningKey.ephemeral();
  const clock = new FixedClock('2026-01-02T10:00:00.000Z');
  let next = 0;

  beforeEach(async () => {
    store = new MemoryEventStore();
    recorder = new Recorder(store, await memoryKeyStore(), catalogue, clock);
    tree = TreeFile.open(':memory:');
    heads = HeadFile.open(':memory:');
    notary = new Notary(store, tree, key, clock, desk('here'));
  });
  afterEach(() => tree.close());

  async function record(count: number): Promise<void> {
    const facts = Array.from({ length: count }, () => {
      const stream = `note-${uuid(next % 7)}`;
      next += 1;
      return {
        id: uuid(next),
        type: 'Noted',
        stream,
        effectiveOn: '2026-01-01',
        actor: { id: 'a', role: 'b' },
        data: {},
      };
    });
    await recorder.appendAll(facts.map((fact) => ({ stream: fact.stream, expected: 'ANY', facts: [fact] })));
  }

  const sealed = async (): Promise<Checkpoint> => (await notary.seal())!.checkpoint;

  it('signs nothing over a log that cannot be read on to its end, or has a hole, and does not hand out the last checkpoint for it', async () => {
    await record(10);
    await notary.seal();
    await record(5);
    const read = store.readLog.bind(store);
    store.readLog = async (options) => (await read(options)).filter(({ position }) => position <= 10n);
    await expect(notary.seal()).rejects.toMatchObject({ code: 'LOG_NOT_CONTINUED' });
    store.readLog = async (options) => (await read(options)).filter(({ position }) => position !== 12n);
    await expect(notary.seal()).rejects.toMatchObject({ code: 'LOG_NOT_CONTINUED' });
    store.readLog = read;
    expect((await sealed()).size).toBe(15);
  });

  it('vouches for nothing while the log is empty', async () => {
    expect(await notary.seal()).toBeUndefined();
  });

  it('signs the root over all events, in log order, and nobody can change what it signed', async () => {
    await record(600);
    const signed = (await notary.seal())!;
    const log = await store.readLog({ limit: 1000 });
    expect(signed.checkpoint).toMatchObject({
      size: 600,
      root: toHex(rootOf(log.map(leafOf))),
      lastPosition: '600',
      lastEvent: log.at(-1)!.id,
    });
    expect(isSigned(signed, key.publicKey)).toBe(true);
    expect(isSigned(signed, SigningKey.ephemeral().publicKey)).toBe(false);
    expect(isSigned({ ...signed, checkpoint: { ...signed.checkpoint, size: 599 } }, key.publicKey)).toBe(false);
    expect(readCheckpoint(writeCheckpoint(signed))).toEqual(signed);
    expect(readCheckpoint('{"checkpoint":{}}')).toBeUndefined();
  });

  it('keeps each checkpoint with its key, and a tree that has the root of each, whatever their sizes', async () => {
    const sizes: number[] = [];
    for (const more of [1, 2, 250, 3, 0, 256, 44, 700]) {
      await record(more);
      const checkpoint = await sealed();
      expect(checkpoint.v).toBe(2);
      expect(treeHas(tree, checkpoint)).toBe(true);
      expect((await heads.head())?.signed.checkpoint).toEqual(checkpoint);
      sizes.push(checkpoint.size);
    }
    expect(notary.checkpoints().map(({ checkpoint }) => checkpoint.size)).toEqual([1, 3, 253, 256, 512, 556, 1256]);
  });

  it('proves that each event is in the log', async () => {
    await record(700);
    const checkpoint = await sealed();
    await record(50);
    await sealed();
    for (const record of await store.readLog({ limit: 700 })) {
      const { index, proof } = notary.inclusion(record, checkpoint);
      expect(index).toBe(Number(record.position) - 1);
      expect(isIncluded(leafOf(record), index, checkpoint.size, proof, fromHex(checkpoint.root))).toBe(true);
    }
    const [later] = await store.readLog({ from: 700n, limit: 1 });
    expect(() => notary.inclusion(later!, checkpoint)).toThrow('not the one that was sealed');
  });

  it('refuses to go on with a log that does not go on where it was sealed', async () => {
    await record(10);
    await notary.seal();
    const other = new MemoryEventStore();
    const foreign = new Notary(other, tree, key, clock, desk('elsewhere'));
    await expect(foreign.seal()).rejects.toMatchObject({ code: 'LOG_NOT_CONTINUED' });
    await expect(
      new NotaryFollower(other, foreign, { everyEvents: 1, everyMs: 1, lookMs: 1 }, () => undefined).start(),
    ).rejects.toMatchObject({ code: 'LOG_NOT_CONTINUED' });
  });

  it('signs nothing over a tree that was changed', async () => {
    await record(300);
    await notary.seal();
    const changed = new Proxy(tree, {
      get(target, name) {
        if (name === 'subtree')
          return (from: number, to: number) => (from === 0 ? Buffer.alloc(32, 1) : target.subtree(from, to));
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    await record(5);
    await expect(new Notary(store, changed, key, clock, desk('here')).seal()).rejects.toMatchObject({
      code: 'SEALS_INCONSISTENT',
    });
    expect(notary.checkpoints()).toHaveLength(1);
  });

  it('lets two notaries of two processes seal at once', async () => {
    await record(300);
    const other = new Notary(store, tree, key, clock, desk('there'));
    const [one, two] = await Promise.all([notary.seal(), other.seal()]);
    expect(one).toEqual(two);
    expect(treeHas(tree, one!.checkpoint)).toBe(true);
  });

  it('that was paused, overtaken and goes on gives no signature away', async () => {
    await record(10);
    await notary.seal();
    await record(5);
    let now = Date.now();
    const shared = HeadFile.open(':memory:', { now: () => now });
    const first = (await heads.head())!;
    const lease = (await shared.takeLease('before', 1, 'AT_ONCE'))!;
    expect(await shared.advance(lease, undefined, first)).toBe('ADVANCED');
    await shared.release(lease);
    const taking = 'IF_FREE' as const;
    const ownTree = TreeFile.open(':memory:');
    const log = await store.readLog({ limit: 10 });
    ownTree.append(
      0,
      log.map((one) => ({ hash: leafOf(one), position: one.position, event: one.id })),
    );
    ownTree.keep(first.signed);
    const paused = new Notary(store, ownTree, key, clock, { heads: shared, holder: 'paused', taking });
    const other = new Notary(store, tree, key, clock, { heads: shared, holder: 'other', taking });
    expect(await paused.holdsOffice()).toBe(true);
    await expect(other.seal()).rejects.toMatchObject({ code: 'NOT_THE_NOTARY' });
    const read = store.readLog.bind(store);
    let proceed: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => (proceed = resolve));
    store.readLog = async (options) => {
      await stopped;
      return read(options);
    };
    const late = paused.seal();
    // As SIGSTOP does: time goes on for all others.
    now += 60_000;
    store.readLog = read;
    const signed = (await other.seal())!;
    await record(5);
    proceed();
    await expect(late).rejects.toMatchObject({ code: 'NOT_THE_NOTARY' });
    expect(ownTree.checkpoints()).toEqual([first.signed]);
    expect((await shared.head())?.signed).toEqual(signed);
    ownTree.close();
  });

  describe('following', () => {
    const failures: unknown[] = [];
    const sizes = (): number[] => notary.checkpoints().map(({ checkpoint }) => checkpoint.size);

    async function until(size: number): Promise<void> {
      const end = Date.now() + 5000;
      while (sizes().at(-1) !== size && Date.now() < end) await new Promise((resolve) => setImmediate(resolve));
      expect(sizes().at(-1)).toBe(size);
    }

    it('seals by count', async () => {
      const follower = new NotaryFollower(store, notary, { everyEvents: 20, everyMs: 3_600_000, lookMs: 1 }, (error) =>
        failures.push(error),
      );
      await follower.start();
      await record(19);
      expect(sizes()).toEqual([]);
      await record(1);
      await until(20);
      await follower.stop();
      expect([sizes(), failures]).toEqual([[20], []]);
    });

    it('seals by time, and what is left when it ends', async () => {
      const follower = new NotaryFollower(store, notary, { everyEvents: 1_000_000, everyMs: 5, lookMs: 1 }, (error) =>
        failures.push(error),
      );
      await follower.start();
      await record(3);
      await until(3);
      await follower.stop();
      const slow = new NotaryFollower(
        store,
        notary,
        { everyEvents: 1_000_000, everyMs: 3_600_000, lookMs: 1 },
        (error) => failures.push(error),
      );
      await slow.start();
      await record(2);
      await new Promise((resolve) => setImmediate(resolve));
      await slow.stop();
      expect([sizes(), failures]).toEqual([[3, 5], []]);
    });
  });
});
