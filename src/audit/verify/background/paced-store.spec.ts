import { describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from '../../../kernel/event-store/memory/memory-event-store.js';
import { pacedStore } from './paced-store.js';

describe('a paced store', () => {
  it('rests after each page in proportion to the work on it, and not before the first', async () => {
    let time = 0;
    const rests: number[] = [];
    const store = pacedStore(
      new MemoryEventStore(),
      0.05,
      async (ms) => void rests.push(ms),
      () => time,
    );
    await store.readLog({ limit: 10 });
    time += 10; // work on that page
    await store.readLog({ limit: 10 });
    time += 20;
    await store.readLog({ limit: 10 });
    expect(rests).toEqual([190, 380]);
    expect(await store.head()).toBe(0n);
  });

  it('ends when it is told not to go on', async () => {
    const store = pacedStore(new MemoryEventStore(), 0.5, () => Promise.reject(new Error('ended')));
    await store.readLog({ limit: 1 });
    await expect(store.readLog({ limit: 1 })).rejects.toThrow('ended');
  });
});
