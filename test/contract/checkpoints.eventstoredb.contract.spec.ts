import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreUnavailable } from '../../src/kernel/event-store/event-store.js';
import { EventStoreDbEventStore } from '../../src/kernel/event-store/eventstoredb/eventstoredb-event-store.js';
import { EventStoreDbDouble } from '../doubles/eventstoredb/eventstoredb-double.js';
import type { Release } from '../doubles/eventstoredb/releases.js';
import { idsOf, streamOf } from './event-store/records.js';

/** So many events the server looks through before it says how far it has come. */
const WINDOW = 32;

/** Some versions say of a stretch of others' events that they have come as far as the event after it. */
describe.each(['23.10.8', '24.10.4', '25.0.0', '26.1.0'] as const)('followed on a server of %s', (release: Release) => {
  let folder: string;
  let double: EventStoreDbDouble;
  const stores: EventStoreDbEventStore[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fok-checkpoints-'));
    double = new EventStoreDbDouble({ release });
    await double.start();
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    double.kill();
    rmSync(folder, { recursive: true });
  });

  function open(index: string): EventStoreDbEventStore {
    const store = EventStoreDbEventStore.open({
      connectionString: double.connectionString,
      indexPath: join(folder, index),
    });
    stores.push(store);
    return store;
  }

  /** What is found of these ids as soon as the server can be asked again. */
  async function found(store: EventStoreDbEventStore, ids: readonly string[]): Promise<string[]> {
    for (;;) {
      const places = await store.find(ids).catch((error: unknown) => {
        if (!(error instanceof EventStoreUnavailable)) throw error;
      });
      if (places) return [...places.keys()];
    }
  }

  it('no event is passed over, wherever the connection is cut, nor by the next process', async () => {
    double.log.addOthers(WINDOW);
    const { written } = await streamOf(open('writing'), 3);
    double.log.addOthers(WINDOW);
    const { written: later } = await streamOf(open('writing'), 2);
    const ids = idsOf([...written, ...later]);
    // The confirmation is the first message, what it says of the others' events the second.
    for (const messages of [3, 6, 7]) {
      const index = `cut after ${messages}`;
      const cut = open(index);
      // What was sent before the cut has arrived.
      double.faults.messageMs = 20;
      const over = double.electionAfter(messages, 10);
      const watch = cut.watch(() => undefined);
      await over;
      double.faults.messageMs = 0;
      expect([messages, (await found(cut, ids)).sort()]).toEqual([messages, ids.toSorted()]);
      watch.stop();
      await cut.close();
      expect(await open(index).count()).toBe(ids.length);
    }
  });
});
