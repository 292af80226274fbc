import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Append,
  type AppendResult,
  EventStoreUnavailable,
  EventStoreUnusable,
} from '../../src/kernel/event-store/event-store.js';
import {
  EventStoreDbEventStore,
  type EventStoreDbOptions,
} from '../../src/kernel/event-store/eventstoredb/eventstoredb-event-store.js';
import { CertificateAuthority } from '../doubles/eventstoredb/certificates.js';
import { type DoubleOptions, EventStoreDbDouble } from '../doubles/eventstoredb/eventstoredb-double.js';
import { IndexBegunAnew, IndexTables } from '../../src/kernel/event-store/eventstoredb/index-tables.js';
import { Child } from '../support/child.js';
import { Follower } from './event-store/follower.js';
import { appendTo, errorOf, idsOf, newStream, record, records, streamOf, to, wholeLog } from './event-store/records.js';

describe('the adapter for EventStoreDB', () => {
  let double: EventStoreDbDouble;
  let stores: EventStoreDbEventStore[];
  let folder: string;

  beforeEach(async () => {
    stores = [];
    folder = await mkdtemp(join(tmpdir(), 'eventstoredb-'));
    await serve();
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    double.kill();
    await rm(folder, { recursive: true });
  });

  async function serve(options?: DoubleOptions): Promise<void> {
    double?.kill();
    double = new EventStoreDbDouble(options);
    await double.start();
  }

  /** As an administrator does it: only the register's own may use new streams. */
  function closeStreams(): void {
    const rights = '{"$userStreamAcl":{"$r":"register","$w":"register","$d":[],"$mr":"register","$mw":[]}}';
    double.log.append('$settings', 'any', [
      {
        id: record().id,
        type: 'update-default-acl',
        contentType: 'application/json',
        data: Buffer.from(rights),
        metadata: new Uint8Array(),
      },
    ]);
  }

  function open(options: Partial<EventStoreDbOptions> = {}): EventStoreDbEventStore {
    const store = EventStoreDbEventStore.open({ connectionString: double.connectionString, ...options });
    stores.push(store);
    return store;
  }

  /** Appends until it is answered, with the same ids and the same expected revision. */
  async function persist(store: EventStoreDbEventStore, append: Append): Promise<AppendResult> {
    for (;;) {
      try {
        return await appendTo(store, append);
      } catch (error) {
        if (!(error instanceof EventStoreUnavailable)) throw error;
        await sleep(20);
      }
    }
  }

  it('loses and doubles nothing when the server is killed and restarted under load', async () => {
    const store = open();
    const follower = new Follower(store);
    let writing = true;
    let answered = 0;
    const streams = Array.from({ length: 4 }, newStream);
    const written = streams.map(() => [] as string[]);
    const writers = streams.map(async (stream, writer) => {
      for (let revision = -1n; writing; revision++) {
        const append = to(stream, revision < 0n ? 'NO_STREAM' : revision, record());
        expect((await persist(store, append)).revision).toBe(revision + 1n);
        written[writer]!.push(append.records[0]!.id);
        answered++;
      }
    });
    for (let round = 0; round < 3; round++) {
      const before = answered;
      while (answered < before + 40) await sleep(5);
      double.kill();
      await sleep(100);
      await double.start();
    }
    writing = false;
    await Promise.all(writers);

    for (const [writer, stream] of streams.entries())
      expect(idsOf(await store.readStream(stream))).toEqual(written[writer]);
    await follower.records(answered);
    await sleep(200);
    await follower.stop();
    expect(idsOf(follower.got)).toEqual(idsOf(await wholeLog(store)));
    expect(follower.got).toHaveLength(answered);
    expect(await store.count()).toBe(answered);
  });

  it('says unavailable, and nothing else, while the server is away, whatever is asked', async () => {
    const store = open();
    const { stream, written } = await streamOf(store, 1);
    double.kill();
    const calls = [
      () => appendTo(store, to(newStream(), 'NO_STREAM', record())),
      () => appendTo(store, to(newStream(), 'ANY', record())),
      () => store.readStream(stream),
      () => store.streamHead(stream),
      () => store.readLog({ limit: 10 }),
      () => store.find(idsOf(written)),
      () => store.head(),
      () => store.count(),
    ];
    for (const call of calls) expect(await errorOf(call())).toBeInstanceOf(EventStoreUnavailable);
    expect(await store.appendAll([to(newStream(), 'NO_STREAM', record())])).toEqual([
      expect.any(EventStoreUnavailable),
    ]);
    await double.start();
    await persist(store, to(stream, 0n, record()));
    expect(await store.count()).toBe(2);
  });

  it('need not find the server when it is opened', async () => {
    double.kill();
    const store = open();
    const follower = new Follower(store);
    expect(await errorOf(store.head())).toBeInstanceOf(EventStoreUnavailable);
    await double.start();
    await persist(store, to(newStream(), 'NO_STREAM', record()));
    await follower.records(1);
    await follower.stop();
  });

  it('knows an append again whose answer was lost', async () => {
    const store = open();
    const { stream } = await streamOf(store, 1);
    const append = to(stream, 0n, record(), record());
    double.loseNextAnswer();
    expect(await errorOf(appendTo(store, append))).toBeInstanceOf(EventStoreUnavailable);
    await double.start();
    expect(await persist(store, append)).toMatchObject({ revision: 2n, already: true });
    expect(await store.count()).toBe(3);
  });

  it("tells its own append from another process's of the same ids, at the same moment", async () => {
    for (let round = 0; round < 10; round++) {
      const [one, other] = [open(), open()];
      const append = to(newStream(), 'NO_STREAM', ...records(2));
      const answers = await Promise.all([appendTo(one, append), appendTo(other, append)]);
      expect(answers.map(({ revision }) => revision)).toEqual([1n, 1n]);
      expect(answers.map(({ already }) => already).toSorted()).toEqual([false, true]);
    }
  });

  it('gives up on a server that takes a call and stays silent', async () => {
    const store = open({ silenceMs: 200 });
    const { stream } = await streamOf(store, 1);
    const thaw = double.freeze();
    for (const call of [() => store.readStream(stream), () => store.head(), () => store.find([])]) {
      expect(await errorOf(call())).toBeInstanceOf(EventStoreUnavailable);
    }
    thaw();
    expect(await store.readStream(stream)).toHaveLength(1);
  });

  it('closes although its index has left events unread', async () => {
    await streamOf(open(), 400);
    const store = open();
    store.watch(() => undefined);
    const began = performance.now();
    await store.close();
    expect(performance.now() - began).toBeLessThan(4000);
  });

  it('keeps hold of no read that is over, so that it closes at once', async () => {
    const store = open();
    await streamOf(store, 30);
    for (let i = 0; i < 20; i++)
      expect([await store.head(), (await store.readLog({ limit: 1 })).length]).toEqual([expect.any(BigInt), 1]);
    const began = performance.now();
    await store.close();
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('finds the end of its log, and that there is none, among more events of others than it looks at', async () => {
    const [ours, none] = [open({ namespace: 'ours.' }), open({ namespace: 'none.', silenceMs: 2_000 })];
    const { result } = await streamOf(ours, 2);
    double.log.addOthers(5_000);
    expect([await ours.head(), await none.head()]).toEqual([result.position, 0n]);
    const thaw = double.freeze();
    expect(await errorOf(none.head())).toBeInstanceOf(EventStoreUnavailable);
    thaw();
    expect(await none.count()).toBe(0);
  });

  it('says when an append is more than the server takes, and goes on', async () => {
    const store = open();
    const stream = newStream();
    const big = record({ body: Buffer.alloc(1_100_000) });
    expect(await errorOf(appendTo(store, to(stream, 'NO_STREAM', big)))).toMatchObject({
      code: 'APPEND_TOO_LARGE',
      message: 'EventStoreDB takes 1048576 bytes in one append',
    });
    const many = Array.from({ length: 200 }, () => record({ body: Buffer.alloc(100_000) }));
    expect(await errorOf(appendTo(store, to(stream, 'NO_STREAM', ...many)))).toMatchObject({
      code: 'APPEND_TOO_LARGE',
    });
    await appendTo(store, to(stream, 'NO_STREAM', record()));
  });

  it("keeps clear of the client's batched appends", async () => {
    const store = open();
    await streamOf(store, 3);
    expect([double.ledger.calls.get('Append'), double.ledger.calls.get('BatchAppend')]).toEqual([1, undefined]);
  });

  it('speaks TLS with a user and a password, and says by name what is refused', async () => {
    const ca = new CertificateAuthority(folder);
    const users = { fok: { password: 'p/ss wörd', groups: ['$admins'] }, other: { password: 'o' } };
    await serve({ tls: ca.issue('IP:127.0.0.1'), users });
    const secure = (user: string) => `esdb://${user}127.0.0.1:${double.port}?tlsCAFile=${encodeURIComponent(ca.file)}`;

    const store = open({ connectionString: secure(`fok:${encodeURIComponent('p/ss wörd')}@`) });
    const follower = new Follower(store);
    const { stream } = await streamOf(store, 2);
    expect(await store.readStream(stream)).toHaveLength(2);
    expect(await store.count()).toBe(2);
    await follower.records(2);
    await follower.stop();
    const apart = open({ connectionString: secure(''), credentials: { username: 'fok', password: 'p/ss wörd' } });
    expect(await apart.count()).toBe(2);

    const stranger = open({ connectionString: secure('fok:wrong@') });
    expect(await errorOf(appendTo(stranger, to(stream, 1n, record())))).toMatchObject({
      code: 'EVENT_STORE_UNUSABLE',
      message: 'EventStoreDB does not know the user fok, or the password is another',
    });
    expect(await errorOf(stranger.head())).toBeInstanceOf(EventStoreUnusable);
    const other = open({ connectionString: secure('other:o@') });
    closeStreams();
    const guide = 'see docs/how-to/run-it-on-servers.md';
    for (const [call, may] of [
      [() => appendTo(other, to(stream, 1n, record())), `append to fok.${stream}`],
      [() => other.readStream(stream), `read fok.${stream}`],
      [() => other.head(), 'read $all'],
      [() => other.count(), 'read $all'],
    ] as const)
      expect(await errorOf(call())).toMatchObject({ message: `EventStoreDB: the user other may not ${may}; ${guide}` });
    expect(() => open({ connectionString: secure('') })).toThrow('EventStoreDB with TLS needs a user and a password');
  });

  it.each(['unauthenticated', 'denied'] as const)(
    'goes on by itself when it was refused as %p while it lost the connection',
    async (how) => {
      const store = open();
      const follower = new Follower(store);
      const { stream } = await streamOf(store, 2);
      await follower.records(2);
      expect(await store.count()).toBe(2);
      const over = double.refuse(how);
      await double.restart();
      // The register asks again meanwhile, and is refused.
      await sleep(1500);
      expect(await errorOf(store.count())).toBeInstanceOf(EventStoreUnusable);
      over();
      await persist(store, to(stream, 1n, record()));
      expect(await store.count()).toBe(3);
      await follower.records(3);
      await follower.stop();
    },
  );

  it('leaves an index that others use as it is when it is refused, whatever is asked', async () => {
    const indexPath = join(folder, 'ids.db');
    const serving = open({ indexPath });
    const { written } = await streamOf(serving, 30);
    expect(await serving.count()).toBe(30);
    for (const how of ['unauthenticated', 'denied'] as const) {
      const over = double.refuse(how);
      const refused = open({ indexPath });
      expect(await errorOf(refused.count())).toBeInstanceOf(EventStoreUnusable);
      expect(await errorOf(refused.find(idsOf(written)))).toBeInstanceOf(EventStoreUnusable);
      expect(await errorOf(appendTo(refused, to(newStream(), 'NO_STREAM', record())))).toBeInstanceOf(
        EventStoreUnusable,
      );
      await sleep(200);
      over();
      double.log.addOthers(40);
      await streamOf(serving, 1);
      expect((await serving.find(idsOf(written))).size).toBe(30);
      await refused.close();
    }
    expect(await serving.count()).toBe(32);
  });

  it('makes an index anew in every process that shares it', async () => {
    const path = join(folder, 'shared.db');
    const [one, other] = [new IndexTables(path), new IndexTables(path)];
    const stored = (position: bigint) => ({ ...record(), stream: newStream(), revision: 0n, position });
    expect([one.resume(), other.resume()]).toEqual([0n, 0n]);
    one.add([stored(10n)]);
    other.add([stored(20n)]);
    other.clear();
    expect(() => one.add([stored(30n)])).toThrow(IndexBegunAnew);
    expect(() => one.seenUpTo(30n)).toThrow(IndexBegunAnew);
    expect([one.resume(), one.count(99n)]).toEqual([0n, 0]);
    one.add([stored(10n)]);
    expect(one.count(99n)).toBe(1);
    one.close();
    other.close();
  });

  it.each([
    ['nobody trusts its certificate', 'IP:127.0.0.1', 1, '', 'unable to verify the first certificate'],
    ['its certificate is old', 'IP:127.0.0.1', -1, 'ca', 'certificate has expired'],
    ['its certificate is for another host', 'IP:127.0.0.9', 1, 'ca', "IP: 127.0.0.1 is not in the cert's list"],
  ])('says why it cannot connect when %s', async (_, names, days, trusted, why) => {
    const ca = new CertificateAuthority(folder);
    await serve({ tls: ca.issue(names, days) });
    const trust = trusted === '' ? '' : `?tlsCAFile=${encodeURIComponent(ca.file)}`;
    const store = open({ connectionString: `esdb://fok:p@127.0.0.1:${double.port}${trust}` });
    const error = await errorOf(store.head());
    expect(error).toBeInstanceOf(EventStoreUnavailable);
    expect(String(error)).toContain(why);
  });

  it('finds its server by asking a cluster, also when nobody answers at first', async () => {
    const connectionString = `esdb+discover://127.0.0.1:${double.port}?tls=false&discoveryInterval=20&maxDiscoverAttempts=3`;
    const store = open({ connectionString });
    const follower = new Follower(store);
    await streamOf(store, 2);
    for (let round = 0; round < 3; round++) {
      double.kill();
      const away = await Promise.all(
        Array.from({ length: 8 }, () => errorOf(appendTo(store, to(newStream(), 'NO_STREAM', record())))),
      );
      for (const error of away) expect(error).toBeInstanceOf(EventStoreUnavailable);
      await sleep(200);
      await double.start();
      await persist(store, to(newStream(), 'NO_STREAM', record()));
    }
    await follower.records(5);
    await follower.stop();
  });

  it('survives the client when a cluster goes away under load', async () => {
    const cluster = `esdb+discover://127.0.0.1:${double.port}?tls=false&discoveryInterval=20&maxDiscoverAttempts=3`;
    const writer = new Child(new URL('./event-store/eventstoredb/cluster-writer.ts', import.meta.url), [cluster]);
    for (let round = 0; round < 4; round++) {
      await writer.printed(writer.lines.length + 20);
      double.kill();
      await sleep(400);
      await double.start();
    }
    await writer.printed(writer.lines.length + 20);
    await writer.kill();
  });

  it.each(['', 'postgres://localhost', 'esdb://', 'esdb://user:secret@host:port?tls=false'])(
    'refuses %p as a connection string, without repeating it',
    (connectionString) => {
      let message = '';
      try {
        open({ connectionString });
      } catch (error) {
        expect(error).toBeInstanceOf(EventStoreUnusable);
        message = String(error);
      }
      expect(message).toMatch(/EventStoreDB/);
      expect(message).not.toMatch(/secret/);
    },
  );

  it('sees its own streams only, among those of others', async () => {
    const [ours, theirs] = [open({ namespace: 'ours.' }), open({ namespace: 'theirs.' })];
    const follower = new Follower(ours);
    await streamOf(theirs, 40);
    const { written } = await streamOf(ours, 3);
    await streamOf(theirs, 40);
    expect(idsOf(await wholeLog(ours))).toEqual(idsOf(written));
    expect(idsOf(await ours.readLog({ direction: 'backwards', limit: 2 }))).toEqual(
      idsOf(written).toReversed().slice(0, 2),
    );
    expect(await ours.count()).toBe(3);
    expect((await theirs.find(idsOf(written))).size).toBe(0);
    await follower.records(3);
    await follower.stop();
    expect(idsOf(follower.got)).toEqual(idsOf(written));
  });

  const written = (type: string, data: string) => ({
    id: record().id,
    type,
    contentType: 'application/json',
    data: Buffer.from(data),
    metadata: new Uint8Array(),
  });
  const setMetadata = (stream: string, json: string) =>
    double.log.append(`$$fok.${stream}`, 'any', [written('$metadata', json)]);

  const HIDING: Readonly<Record<string, readonly [string, (stream: string) => unknown]>> = {
    'a truncation': ['STREAM_TRUNCATED', (stream) => setMetadata(stream, '{"$tb":2}')],
    'a truncation behind its end': ['STREAM_TRUNCATED', (stream) => setMetadata(stream, '{"$tb":9}')],
    'a limit in number': ['STREAM_LIMITED', (stream) => setMetadata(stream, '{"$maxCount":2}')],
    'a limit in age': ['STREAM_LIMITED', (stream) => setMetadata(stream, '{"$maxAge":-1}')],
    'a delete': ['STREAM_DELETED', (stream) => double.log.remove(`fok.${stream}`, 'any', false)],
    'a tombstone': ['STREAM_DELETED', (stream) => double.log.remove(`fok.${stream}`, 'any', true)],
  };

  it.each(Object.keys(HIDING))('never answers from a stream that was hidden by %s, and names it', async (how) => {
    const [code, hide] = HIDING[how]!;
    const store = open();
    const { stream, written: ours } = await streamOf(store, 4);
    const other = await streamOf(store, 2);
    expect(await store.disturbances()).toEqual([]);
    expect(await store.count()).toBe(6);
    hide(stream);
    for (const scavenged of [false, true]) {
      if (scavenged) double.log.scavenge();
      const fault = { code, stream };
      for (const asking of [store, open()]) {
        expect(await errorOf(asking.readStream(stream))).toMatchObject(fault);
        expect(await errorOf(asking.readStream(stream, { direction: 'backwards' }))).toMatchObject(fault);
        expect(await errorOf(appendTo(asking, to(stream, 'NO_STREAM', record())))).toBeInstanceOf(Error);
        expect((await asking.disturbances()).map((found) => [found.code, found.stream])).toEqual([[code, stream]]);
        // All else goes on.
        expect(idsOf(await asking.readStream(other.stream))).toEqual(idsOf(other.written));
      }
    }
    expect((await store.find(idsOf(ours))).size).toBe(4);
    await appendTo(store, to(other.stream, 1n, record()));
  });

  it('knows a stream that was hidden and scavenged by what is missing', async () => {
    const store = open();
    const { stream } = await streamOf(store, 4);
    setMetadata(stream, '{"$tb":2}');
    double.log.scavenge();
    // The traces are removed.
    setMetadata(stream, '{}');
    expect(await errorOf(store.readStream(stream))).toMatchObject({ code: 'STREAM_TRUNCATED', stream });
    expect(await store.disturbances()).toMatchObject([{ code: 'STREAM_TRUNCATED', stream }]);
  });

  it('reads and writes on where somebody else wrote into its stream, and names the event', async () => {
    const store = open();
    const { stream, written: ours } = await streamOf(store, 2);
    double.log.append(`fok.${stream}`, 'any', [written('By hand', '{"secret":1}')]);
    const position = double.log.events.at(-1)!.position;
    expect(idsOf(await store.readStream(stream))).toEqual(idsOf(ours));
    expect(await store.streamHead(stream)).toMatchObject({ revision: 2n, hash: Buffer.from(ours[1]!.hash) });
    expect(await errorOf(appendTo(store, to(stream, 1n, record())))).toMatchObject({ code: 'WRONG_EXPECTED_REVISION' });
    const next = record();
    expect(await appendTo(store, to(stream, 2n, next))).toMatchObject({ revision: 3n, already: false });
    expect((await store.readStream(stream)).map(({ id, revision }) => [id, revision])).toEqual([
      ...ours.map(({ id }, at) => [id, BigInt(at)]),
      [next.id, 3n],
    ]);
    const follower = new Follower(store);
    await follower.records(3);
    await follower.stop();
    expect(await store.count()).toBe(3);
    const [found, ...more] = await store.disturbances();
    expect([found, more]).toMatchObject([{ code: 'FOREIGN_EVENT', stream, position, revision: 2n }, []]);
    expect(found!.message).not.toContain('secret');
  });

  it('can write to a stream in which only somebody else wrote', async () => {
    const store = open();
    const stream = newStream();
    double.log.append(`fok.${stream}`, 'any', [written('By hand', '{}')]);
    expect(await store.streamHead(stream)).toMatchObject({ revision: 0n, hash: new Uint8Array(32) });
    expect(await errorOf(appendTo(store, to(stream, 'NO_STREAM', record())))).toMatchObject({
      code: 'WRONG_EXPECTED_REVISION',
    });
    expect(await appendTo(store, to(stream, 0n, record()))).toMatchObject({ revision: 1n });
  });

  it('keeps its index of ids in a file, shares it, and makes it anew for another log', async () => {
    const indexPath = join(folder, 'ids.db');
    const first = open({ indexPath });
    const { written } = await streamOf(first, 700);
    expect(await first.count()).toBe(700);
    const beside = open({ indexPath });
    await Promise.all(Array.from({ length: 20 }, (_, i) => streamOf([first, beside][i % 2]!, 2)));
    expect([await first.count(), await beside.count()]).toEqual([740, 740]);
    await Promise.all([first.close(), beside.close()]);

    const before = double.ledger.calls.get('Read') ?? 0;
    const again = open({ indexPath });
    expect((await again.find(idsOf(written))).size).toBe(700);
    expect(await again.count()).toBe(740);
    expect((double.ledger.calls.get('Read') ?? 0) - before).toBeLessThan(6);
    await again.close();

    await serve();
    const elsewhere = open({ indexPath });
    await streamOf(elsewhere, 3);
    expect(await elsewhere.count()).toBe(3);
    expect((await elsewhere.find(idsOf(written))).size).toBe(0);
    expect(() => open({ indexPath: folder })).toThrow(EventStoreUnusable);
  });
});
