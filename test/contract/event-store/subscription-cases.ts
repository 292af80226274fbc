import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { EventStoreUnavailable } from '../../../src/kernel/event-store/event-store.js';
import type { ContractCase } from './case.js';
import { Follower } from './follower.js';
import { idsOf, newStream, record, streamOf, to, wholeLog } from './records.js';

/** Longer than a page takes on any store: what has not come by then is not coming. */
const QUIET_MS = 250;

export const subscriptionCases: readonly ContractCase[] = [
  {
    name: 'delivers history, says once that it is caught up, then goes on live',
    run: async (store) => {
      await streamOf(store, 7);
      const follower = new Follower(store, 0n, { pageSize: 3 });
      await follower.live();
      expect(follower.got).toHaveLength(7);
      const { stream } = await streamOf(store, 2);
      await store.append(to(stream, 1n, record()));
      await follower.records(10);
      await follower.stop();
      expect(idsOf(follower.got)).toEqual(idsOf(await wholeLog(store)));
      expect(follower.caughtUp).toBe(1);
    },
  },
  {
    name: 'delivers the very records that reading gives',
    run: async (store) => {
      await streamOf(store, 3);
      const follower = new Follower(store);
      await follower.records(3);
      await follower.stop();
      const plain = (r: { body: Uint8Array; hash: Uint8Array }) => ({ ...r, body: [...r.body], hash: [...r.hash] });
      expect(follower.got.map(plain)).toEqual((await wholeLog(store)).map(plain));
    },
  },
  {
    name: 'begins after the given position',
    run: async (store) => {
      await streamOf(store, 5);
      const log = await wholeLog(store);
      for (const start of [0, 2, 4]) {
        const follower = new Follower(store, log[start]!.position);
        await follower.live();
        await follower.stop();
        expect(idsOf(follower.got)).toEqual(idsOf(log.slice(start + 1)));
      }
    },
  },
  {
    name: 'is caught up at once in an empty log, and live from then on',
    run: async (store) => {
      const follower = new Follower(store);
      await follower.live();
      expect(follower.got).toEqual([]);
      await streamOf(store, 1);
      await follower.records(1);
      await follower.stop();
    },
  },
  {
    name: 'never hands over more than a page',
    run: async (store) => {
      await streamOf(store, 10);
      const follower = new Follower(store, 0n, { pageSize: 4 });
      await follower.records(10);
      await follower.stop();
      expect(Math.max(...follower.pages)).toBeLessThanOrEqual(4);
    },
  },
  {
    name: 'hands over the next page only when the last one is done',
    run: async (store) => {
      await streamOf(store, 6);
      let release: () => void = () => undefined;
      let handling = 0;
      let atOnce = 0;
      const follower = new Follower(store, 0n, {
        pageSize: 2,
        handle: async () => {
          atOnce = Math.max(atOnce, ++handling);
          await new Promise<void>((resolve) => {
            release = resolve;
          });
          handling--;
        },
      });
      await follower.records(1);
      await streamOf(store, 2);
      await sleep(QUIET_MS);
      expect(follower.pages).toHaveLength(1);
      while (follower.got.length < 8) {
        const before = follower.got.length;
        release();
        await follower.records(before + 1);
      }
      release();
      await follower.stop();
      expect(atOnce).toBe(1);
      expect(idsOf(follower.got)).toEqual(idsOf(await wholeLog(store)));
    },
  },
  {
    name: 'ends with the error that the subscriber threw, told once, and calls no more',
    run: async (store) => {
      await streamOf(store, 4);
      const thrown = new Error('cannot take it');
      const follower = new Follower(store, 0n, { pageSize: 2, handle: () => Promise.reject(thrown) });
      await follower.failed();
      await streamOf(store, 1);
      await sleep(QUIET_MS);
      expect(follower.errors).toEqual([thrown]);
      expect(follower.pages).toHaveLength(1);
      expect(follower.caughtUp).toBe(0);
      await follower.stop();
    },
  },
  {
    name: 'ends as well when the subscriber failed because a store was unavailable to him',
    run: async (store) => {
      await streamOf(store, 1);
      const thrown = new EventStoreUnavailable('some other store');
      const follower = new Follower(store, 0n, { handle: () => Promise.reject(thrown) });
      await follower.failed();
      await sleep(QUIET_MS);
      expect(follower.errors).toEqual([thrown]);
      expect(follower.got).toHaveLength(1);
      await follower.stop();
    },
  },
  {
    name: 'calls no more once it has stopped, and waits for the page in hand',
    run: async (store) => {
      await streamOf(store, 4);
      let done = false;
      const follower = new Follower(store, 0n, {
        pageSize: 1,
        handle: async () => {
          await sleep(50);
          done = true;
        },
      });
      await follower.records(1);
      await follower.stop();
      expect(done).toBe(true);
      await streamOf(store, 1);
      await sleep(QUIET_MS);
      expect(follower.got).toHaveLength(1);
      expect(follower.errors).toEqual([]);
      await follower.stop();
    },
  },
  {
    name: 'ends its subscriptions when it is closed',
    run: async (store) => {
      const follower = new Follower(store);
      await follower.live();
      await store.close();
      await follower.stop();
      expect(follower.errors).toEqual([]);
    },
  },
  {
    name: 'serves several subscribers, each at its own pace',
    run: async (store) => {
      await streamOf(store, 5);
      const quick = new Follower(store);
      const slow = new Follower(store, 0n, { pageSize: 1, handle: () => sleep(20) });
      await quick.records(5);
      await streamOf(store, 5);
      await Promise.all([quick.records(10), slow.records(10)]);
      await Promise.all([quick.stop(), slow.stop()]);
      expect(idsOf(slow.got)).toEqual(idsOf(quick.got));
    },
  },
  {
    name: 'misses and doubles nothing while many write',
    run: async (store) => {
      const follower = new Follower(store, 0n, { pageSize: 7 });
      const rounds = Array.from({ length: 8 }, async () => {
        const { stream } = await streamOf(store, 1);
        for (let revision = 0n; revision < 15n; revision++) await store.append(to(stream, revision, record()));
      });
      await Promise.all(rounds);
      await follower.records(128);
      await sleep(QUIET_MS);
      await follower.stop();
      expect(idsOf(follower.got)).toEqual(idsOf(await wholeLog(store)));
      expect(follower.got).toHaveLength(128);
    },
  },
  {
    name: 'delivers within a second what another process appends',
    needs: 'shared',
    run: async (store, openAgain) => {
      const other = await openAgain();
      const follower = new Follower(store);
      await follower.live();
      for (let i = 1; i <= 3; i++) {
        const began = performance.now();
        await other.append(to(newStream(), 'NO_STREAM', record()));
        await follower.records(i);
        expect(performance.now() - began).toBeLessThan(1000);
      }
      await follower.stop();
    },
  },
];
