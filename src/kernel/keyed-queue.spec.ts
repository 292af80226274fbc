import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { KeyedQueue } from './keyed-queue.js';

describe('a keyed queue', () => {
  it('keeps the order of what shares a key, and runs the rest at the same time', async () => {
    const queue = new KeyedQueue(10);
    const log: string[] = [];
    const task = (name: string, ms: number) => async () => {
      log.push(`${name} begins`);
      await sleep(ms);
      log.push(`${name} ends`);
      return name;
    };
    const results = await Promise.all([
      queue.run(['a'], task('a1', 60)),
      queue.run(['b'], task('b1', 5)),
      queue.run(['a', 'b'], task('ab', 5)),
      queue.run(['b'], task('b2', 5)),
    ]);
    expect(results).toEqual(['a1', 'b1', 'ab', 'b2']);
    expect(log).toEqual([
      'a1 begins',
      'b1 begins',
      'b1 ends',
      'a1 ends',
      'ab begins',
      'ab ends',
      'b2 begins',
      'b2 ends',
    ]);
  });

  it('runs no more than its limit at once', async () => {
    const queue = new KeyedQueue(3);
    let running = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        queue.run([String(i)], async () => {
          most = Math.max(most, ++running);
          await sleep(1);
          running--;
        }),
      ),
    );
    expect(most).toBe(3);
  });

  it('goes on after a task that fails, and knows when it is idle', async () => {
    const queue = new KeyedQueue(1);
    const failed = queue.run(['a'], () => Promise.reject(new Error('no')));
    const after = queue.run(['a'], async () => 'yes');
    await expect(failed).rejects.toThrow('no');
    expect(await after).toBe('yes');
    let done = false;
    void queue
      .run(['a'], () => sleep(20))
      .then(() => {
        done = true;
      });
    await queue.idle();
    expect(done).toBe(true);
  });
});
