import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  BACKWARDS,
  END,
  EventStoreDBClient,
  FORWARDS,
  UnknownError,
  jsonEvent,
  streamNameFilter,
} from '@eventstore/db-client';
import { EventStoreDbDouble } from './eventstoredb-double.js';

/**
 * What a real server was seen to do, and its recorded answers do not show: more events of others than the scenario
 * reads stood in its log.
 */
describe('the double of an EventStoreDB', () => {
  let double: EventStoreDbDouble;
  let client: EventStoreDBClient;
  beforeEach(async () => {
    double = new EventStoreDbDouble();
    await double.start();
    client = EventStoreDBClient.connectionString(double.connectionString);
  });
  afterEach(async () => {
    await client.dispose();
    double.kill();
  });

  async function appendThree() {
    const events = [1, 2, 3].map((n) => jsonEvent({ id: randomUUID(), type: 'Happened', data: { n } }));
    await client.appendToStream('s', events, { credentials: { username: 'a', password: 'b' } });
    const positions = double.log.events.map(({ position }) => ({ commit: position, prepare: position }));
    return { ids: events.map(({ id }) => id), positions };
  }

  async function ids(options: Parameters<EventStoreDBClient['readAll']>[0]): Promise<string[]> {
    const got: string[] = [];
    for await (const { event } of client.readAll(options)) got.push(event!.id);
    return got;
  }

  it('gives every event of an append its own, rising position, not the next number', async () => {
    const { positions } = await appendThree();
    for (let i = 1; i < 3; i++) expect(positions[i]!.commit).toBeGreaterThan(positions[i - 1]!.commit + 1n);
  });

  it('reads $all forwards from a position with that event, backwards without it', async () => {
    const {
      ids: [one, two, three],
      positions,
    } = await appendThree();
    expect(await ids({ direction: FORWARDS, fromPosition: positions[1]! })).toEqual([two, three]);
    expect(await ids({ direction: BACKWARDS, fromPosition: positions[1]! })).toEqual([one]);
    expect(await ids({ direction: BACKWARDS, fromPosition: END })).toEqual([three, two, one]);
    expect(await ids({ direction: FORWARDS, fromPosition: positions[2]! })).toEqual([three]);
  });

  it('fails to read $all from a position where no event stands', async () => {
    const { positions } = await appendThree();
    const between = { commit: positions[0]!.commit + 1n, prepare: positions[0]!.prepare + 1n };
    await expect(ids({ fromPosition: between })).rejects.toThrow(UnknownError);
    await expect(ids({ fromPosition: between })).rejects.toThrow('Unexpected ReadAllResult');
  });

  it('begins a subscription to $all after the position', async () => {
    const {
      ids: [, , three],
      positions,
    } = await appendThree();
    const subscription = client.subscribeToAll({
      fromPosition: positions[1]!,
      filter: streamNameFilter({ prefixes: ['s'] }),
    });
    const got: string[] = [];
    subscription.on('data', ({ event }) => got.push(event!.id));
    await new Promise((resolve) => {
      subscription.once('caughtUp', resolve);
    });
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(got).toEqual([three]);
    await subscription.unsubscribe();
  });
});
