import { describe, expect, it } from '@jest/globals';
import type { EpisodeJudge } from './episode-judge.js';
import type { IndexProjection } from '../index/index-projection.js';
import { JudgedAhead } from './judged-ahead.js';

const ALL = ['a', 'b', 'c', 'd', 'e'];

/** A judge that notes what it was asked, and fails when it is told to. */
class Judge {
  readonly asked: string[] = [];
  fails = false;

  async judge(episodes: readonly string[]): Promise<{ episode: string; error: string }[]> {
    this.asked.push(episodes.join(''));
    if (this.fails) throw new Error('away');
    return episodes.map((episode) => ({ episode, error: 'none' }));
  }
}

const index = {
  streams: async (_: string, { after = '', limit }: { after?: string; limit: number }) =>
    ALL.filter((id) => id > after).slice(0, limit),
} as unknown as IndexProjection;
const settled = () =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

describe('pages of episodes', () => {
  it('are judged one ahead of the one that is taken, each once, and end with the one that is not full', async () => {
    const judge = new Judge();
    const ahead = new JudgedAhead(index, judge as unknown as EpisodeJudge, 2);
    expect((await ahead.take('')).episodes).toEqual(['a', 'b']);
    await settled();
    expect(judge.asked).toEqual(['ab', 'cd']);
    expect((await ahead.take('b')).episodes).toEqual(['c', 'd']);
    expect((await ahead.take('d')).judged.map(({ episode }) => episode)).toEqual(['e']);
    await settled();
    expect(judge.asked).toEqual(['ab', 'cd', 'e']);
  });

  it('are judged anew when the position moved, or when another page is wanted than the next', async () => {
    const judge = new Judge();
    const ahead = new JudgedAhead(index, judge as unknown as EpisodeJudge, 2);
    await ahead.take('');
    ahead.forget();
    await ahead.take('b');
    expect(judge.asked.filter((page) => page === 'cd')).toHaveLength(2);
    expect((await ahead.take('')).episodes).toEqual(['a', 'b']);
  });

  it('that could not be judged ahead are an error for whoever takes them, and are tried again after it', async () => {
    const judge = new Judge();
    const ahead = new JudgedAhead(index, judge as unknown as EpisodeJudge, 2);
    await ahead.take('');
    await settled();
    judge.fails = true;
    await ahead.take('b');
    await settled();
    judge.fails = false;
    await expect(ahead.take('d')).rejects.toThrow('away');
    expect((await ahead.take('d')).episodes).toEqual(['e']);
  });
});
