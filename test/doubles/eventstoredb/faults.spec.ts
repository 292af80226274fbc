import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AccessDeniedError,
  type AllStreamSubscription,
  EventStoreDBClient,
  jsonEvent,
  START,
  streamNameFilter,
  UnavailableError,
  UnknownError,
} from '@eventstore/db-client';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { EventStoreDbCluster } from './cluster.js';
import { type DoubleOptions, EventStoreDbDouble } from './eventstoredb-double.js';

const UNARY = { credentials: { username: 'a', password: 'b' } };

describe('the faults of the double', () => {
  let double: EventStoreDbDouble;
  let clients: EventStoreDBClient[];
  beforeEach(async () => {
    clients = [];
    await serve();
  });
  afterEach(async () => {
    await Promise.all(clients.map((client) => Promise.race([client.dispose(), sleep(500)])));
    double.kill();
  });

  async function serve(options?: DoubleOptions): Promise<void> {
    double?.kill();
    double = new EventStoreDbDouble(options);
    await double.start();
  }

  function client(url = double.connectionString): EventStoreDBClient {
    const made = EventStoreDBClient.connectionString(url);
    clients.push(made);
    return made;
  }

  const append = (to: EventStoreDBClient, stream: string, id = randomUUID()) =>
    to.appendToStream(stream, jsonEvent({ id, type: 'Happened', data: {} }), UNARY);
  const errorOf = (asked: Promise<unknown>) =>
    asked.then(
      () => undefined,
      (error: unknown) => error,
    );
  async function idsOf(from: EventStoreDBClient, stream: string): Promise<string[]> {
    const ids: string[] = [];
    for await (const { event } of from.readStream(stream)) ids.push(event!.id);
    return ids;
  }

  interface Followed {
    readonly ids: string[];
    readonly checkpoints: { readonly commit: bigint; readonly prepare: bigint }[];
    readonly subscription: AllStreamSubscription;
    error?: unknown;
  }
  async function follow(
    from: EventStoreDBClient,
    given: { after?: bigint; window?: number; interval?: number } = {},
  ): Promise<Followed> {
    const checkpoints: Followed['checkpoints'] = [];
    const filter = streamNameFilter({
      prefixes: ['s'],
      maxSearchWindow: given.window ?? 32,
      checkpointInterval: given.interval ?? 1,
      checkpointReached: async (_, position) => {
        checkpoints.push(position);
      },
    });
    const fromPosition = given.after === undefined ? START : { commit: given.after, prepare: given.after };
    const subscription = from.subscribeToAll({ fromPosition, filter });
    const followed: Followed = { ids: [], checkpoints, subscription };
    subscription
      .on('data', ({ event }) => followed.ids.push(event!.id))
      .on('error', (error) => {
        followed.error = error;
      });
    await new Promise((resolve) => {
      subscription.once('caughtUp', resolve);
    });
    await sleep(20);
    return followed;
  }

  it.each([
    ['unauthenticated', AccessDeniedError, '16 UNAUTHENTICATED: Unauthenticated'],
    ['denied', AccessDeniedError, '7 PERMISSION_DENIED: Access Denied'],
    ['not ready', UnavailableError, '14 UNAVAILABLE: Server not ready'],
    ['unknown', UnknownError, '2 UNKNOWN: Exception was thrown by handler.'],
  ] as const)('refuses as %p until told otherwise, and lets go on what is followed', async (how, kind, message) => {
    const asking = client();
    await append(asking, 's1');
    const followed = await follow(client());
    const over = double.refuse(how);
    expect(await errorOf(append(asking, 's1'))).toBeInstanceOf(kind);
    expect(await errorOf(idsOf(client(), 's1'))).toMatchObject({ message });
    double.log.addOthers(1, 's1');
    await sleep(50);
    expect([followed.ids.length, followed.error]).toEqual([2, undefined]);
    over();
    await append(client(), 's1');
    expect(await idsOf(client(), 's1')).toHaveLength(3);
  });

  it('refuses only what it is told to, and ends what is followed when that is it', async () => {
    const followed = await follow(client());
    const over = double.refuse('denied', /^append s1$/);
    expect(await errorOf(append(client(), 's1'))).toBeInstanceOf(AccessDeniedError);
    await append(client(), 's2');
    over();
    double.refuse('unknown', /^following/);
    await append(client(), 's2');
    await sleep(50);
    expect(followed.error).toBeInstanceOf(UnknownError);
  });

  it('cuts connections, and takes new ones at once', async () => {
    const followed = await follow(client());
    await double.restart();
    await sleep(50);
    expect(followed.error).toBeInstanceOf(UnavailableError);
    await append(client(), 's');
  });

  it('counts what is asked and the messages that it sends', async () => {
    const asking = client();
    await append(asking, 's1');
    await idsOf(asking, 's1');
    double.log.addOthers(640);
    const followed = await follow(asking, { window: 64, interval: 5 });
    expect(Object.fromEntries(double.ledger.asked)).toEqual({ 'append s1': 1, 'read s1': 1, 'subscribe $all': 1 });
    // Of the read the event; confirmation, event, two checkpoints, caught up.
    expect([double.ledger.messages, followed.checkpoints.length]).toEqual([6, 2]);
    double.ledger.clear();
    expect([double.ledger.asked.size, double.ledger.messages]).toEqual([0, 0]);
  });

  it('takes its time: for each call, and for each message of a read', async () => {
    const asking = client();
    await append(asking, 's');
    const timed = async (what: () => Promise<unknown>) => {
      const began = performance.now();
      await what();
      return performance.now() - began;
    };
    double.faults.callMs = 60;
    expect(await timed(() => append(asking, 's'))).toBeGreaterThan(55);
    double.faults.callMs = 0;
    double.faults.messageMs = 40;
    expect(await timed(() => idsOf(asking, 's'))).toBeGreaterThan(75);
  });

  it('stores appends of different streams in any order, those of one in theirs', async () => {
    double.faults.disorderMs = 30;
    const asking = client();
    await Promise.all(Array.from({ length: 40 }, (_, i) => append(asking, `s${i % 20}`)));
    const order = double.log.events.map(({ stream }) => stream);
    expect(order).not.toEqual(Array.from({ length: 40 }, (_, i) => `s${i % 20}`));
    const ids = Array.from({ length: 10 }, () => randomUUID());
    await Promise.all(ids.map((id) => append(asking, 'one', id)));
    expect(await idsOf(asking, 'one')).toEqual(ids);
  });

  it('holds an election in the middle of a page', async () => {
    double.log.addOthers(100, 's');
    const over = double.electionAfter(40, 1000);
    expect(await errorOf(idsOf(client(), 's'))).toBeInstanceOf(UnavailableError);
    expect(await errorOf(idsOf(client(), 's'))).toBeInstanceOf(UnavailableError);
    await over;
    expect(await idsOf(client(), 's')).toHaveLength(100);
  });

  it.each(['24.10.4', '25.0.0'] as const)(
    '%s says of an empty page that it came as far as the next event, which is then never seen',
    async (release) => {
      await serve({ release });
      double.log.addOthers(32);
      const id = randomUUID();
      await append(client(), 's', id);
      const [{ commit, prepare } = { commit: 0n, prepare: 0n }] = (await follow(client())).checkpoints;
      expect([commit, prepare]).toEqual([double.log.events[32]!.position, double.log.events[31]!.position]);
      expect((await follow(client(), { after: commit })).ids).toEqual([]);
      expect((await follow(client(), { after: prepare })).ids).toEqual([id]);
    },
  );

  it.each(['23.10.8', '26.1.0'] as const)('%s says truly how far it came', async (release) => {
    await serve({ release });
    double.log.addOthers(32);
    await append(client(), 's');
    const followed = await follow(client());
    expect(followed.checkpoints.map(({ commit }) => commit)).toEqual([double.log.events[31]!.position]);
  });

  it('goes on following over a scavenge', async () => {
    double.log.addOthers(10, 's');
    double.log.append('$$s', 'any', [
      {
        id: randomUUID(),
        type: '$metadata',
        contentType: 'application/json',
        data: Buffer.from('{"$tb":8}'),
        metadata: new Uint8Array(),
      },
    ]);
    const followed = await follow(client());
    double.log.scavenge();
    const id = randomUUID();
    await append(client(), 's', id);
    await sleep(50);
    expect([followed.ids.length, followed.ids.at(-1)]).toEqual([11, id]);
  });

  it('is paused and comes back, behind a network that carries nothing meanwhile', async () => {
    const network = await TcpProxy.before(() => double.port);
    const asking = client(`esdb://127.0.0.1:${network.port}?tls=false`);
    await append(asking, 's');
    const goOn = network.silent();
    let answered = false;
    const second = append(asking, 's').then(() => {
      answered = true;
    });
    await sleep(100);
    expect([answered, double.log.events.length]).toEqual([false, 1]);
    goOn();
    await second;
    await network.close();
  });

  it('never ends a handshake, behind a network that is deaf to new connections', async () => {
    const network = await TcpProxy.before(() => double.port);
    const url = `esdb://127.0.0.1:${network.port}?tls=false`;
    const over = network.noHandshakes();
    // A read of the client has no deadline, whatever is given.
    const deaf = errorOf(idsOf(client(url), 's'));
    expect(await Promise.race([deaf, sleep(300, 'silence')])).toBe('silence');
    over();
    network.endAll();
    expect(await deaf).toBeInstanceOf(UnavailableError);
    await append(client(url), 's');
    await network.close();
  });

  it.each([
    ['answer', 2],
    ['append', 1],
  ] as const)('changes its leader in the middle of an append, whose %s is lost', async (loss, stored) => {
    const cluster = await EventStoreDbCluster.start();
    const asking = client(cluster.connectionString);
    await append(asking, 's');
    const first = cluster.leading;
    const changed = cluster.changeLeaderDuringAppend(loss, 1000);
    expect(await errorOf(append(asking, 's'))).toBeInstanceOf(UnavailableError);
    expect(await errorOf(idsOf(client(cluster.connectionString), 's'))).toBeInstanceOf(Error);
    await changed;
    expect(cluster.leading).not.toBe(first);
    expect(cluster.log.events).toHaveLength(stored);
    await append(client(cluster.connectionString), 's');
    await first.start();
    expect(await idsOf(client(cluster.connectionString), 's')).toHaveLength(stored + 1);
    cluster.kill();
  });
});
