import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { OneATurn } from './one-a-turn.js';

describe('work that is done one a turn', () => {
  it('leaves a turn to others after each piece, and keeps the order', async () => {
    const done: string[] = [];
    const turns = new OneATurn();
    for (const piece of ['a', 'b', 'c']) turns.run(() => void done.push(piece));
    expect(done).toEqual([]);
    for (const expected of ['a', 'a b', 'a b c']) {
      await turn();
      expect(done.join(' ')).toBe(expected);
    }
  });

  it('goes on with what comes from within, and begins again after a pause', async () => {
    const done: string[] = [];
    const turns = new OneATurn();
    turns.run(() => turns.run(() => void done.push('inner')));
    for (let left = 3; left > 0; left -= 1) await turn();
    turns.run(() => void done.push('later'));
    await turn();
    await turn();
    expect(done).toEqual(['inner', 'later']);
  });
});
