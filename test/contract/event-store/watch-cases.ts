import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { ContractCase } from './case.js';
import { Follower } from './follower.js';
import { appendTo, idsOf, newStream, record, streamOf, to, wholeLog } from './records.js';

/** Longer than a call takes on any store: what has not come by then is not coming. */
const QUIET_MS = 1_200;

export const watchCases: readonly ContractCase[] = [
  {
    name: 'calls who watches when something is appended, in an empty log and in one that has grown',
    run: async (store) => {
      const follower = new Follower(store);
      for (let written = 1; written <= 3; written++) {
        await streamOf(store, 1);
        await follower.records(written);
      }
      await follower.stop();
      expect(follower.calls).toBeGreaterThanOrEqual(1);
      expect(idsOf(follower.got)).toEqual(idsOf(await wholeLog(store)));
    },
  },
  {
    name: 'calls who watches within a second of what another process appends',
    needs: 'shared',
    run: async (store, openAgain) => {
      const other = await openAgain();
      const follower = new Follower(store);
      for (let i = 1; i <= 3; i++) {
        const began = performance.now();
        await appendTo(other, to(newStream(), 'NO_STREAM', record()));
        await follower.records(i);
        expect(performance.now() - began).toBeLessThan(1000);
      }
      await follower.stop();
    },
  },
  {
    name: 'calls often enough that who reads on misses and doubles nothing while many write',
    run: async (store) => {
      const follower = new Follower(store);
      const rounds = Array.from({ length: 8 }, async () => {
        const { stream } = await streamOf(store, 1);
        for (let revision = 0n; revision < 15n; revision++) await appendTo(store, to(stream, revision, record()));
      });
      await Promise.all(rounds);
      await follower.records(128);
      await follower.stop();
      expect(idsOf(follower.got)).toEqual(idsOf(await wholeLog(store)));
    },
  },
  {
    name: 'leaves who watches alone while nothing is appended',
    run: async (store) => {
      await streamOf(store, 2);
      const follower = new Follower(store);
      await follower.records(2);
      await sleep(QUIET_MS);
      const { calls } = follower;
      await sleep(QUIET_MS);
      expect(follower.calls).toBe(calls);
      await follower.stop();
    },
  },
  {
    name: 'calls no more who has stopped watching, and the others still',
    run: async (store) => {
      let stopped = 0;
      const follower = new Follower(store);
      const watch = store.watch(() => (stopped += 1));
      watch.stop();
      watch.stop();
      await streamOf(store, 1);
      await follower.records(1);
      expect(stopped).toBe(0);
      await follower.stop();
    },
  },
  {
    name: 'calls nobody once it is closed',
    run: async (store) => {
      const follower = new Follower(store);
      await store.close();
      const { calls } = follower;
      await sleep(QUIET_MS);
      expect(follower.calls).toBe(calls);
      await follower.stop();
    },
  },
];
