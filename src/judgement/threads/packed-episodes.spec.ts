import { describe, expect, it } from '@jest/globals';
import type { JudgedEpisode } from '../assessments/episode-judge.js';
import { pack, unpack } from './packed-episodes.js';

const ANNA = 'e0000000-0000-4000-8000-000000000001';
const BO = 'e0000000-0000-4000-8000-000000000002';
const stretch = (episode: string, n: number, recipient: string, unit: string) => ({
  episode,
  n,
  recipient,
  unit,
  figures: `f${n}`,
  from: 19_000 - n,
  to: 9_999_999,
  learnt: 1_700_000_000_123 + n,
  revised: 9_999_999_999_999,
});

const judged: JudgedEpisode[] = [
  {
    episode: ANNA,
    rows: {
      episode: { episode: ANNA, assessment: { name: 'Å "quoted"', segments: [{ from: 1, to: undefined }] } as never },
      stretches: [stretch(ANNA, 0, 'r1', 'u1'), stretch(ANNA, 1, 'r1', 'u2')],
    },
  },
  { episode: 'e-damaged', error: 'UnreadableEvent: position 7' },
  { episode: 'e-without-start', rows: { episode: undefined, stretches: [] } },
  { episode: BO, rows: { episode: { episode: BO, assessment: {} as never }, stretches: [stretch(BO, 0, 'r2', 'u1')] } },
];

describe('judged episodes on their way between threads', () => {
  it('come out with the rows that went in, their assessments as the text that is stored', () => {
    const sent = structuredClone(pack(judged));
    expect(JSON.parse(JSON.stringify(unpack(sent)))).toEqual(JSON.parse(JSON.stringify(judged)));
    const [first] = unpack(sent);
    expect(first && 'rows' in first && first.rows.episode?.['assessment']).toMatchObject({
      text: '{"name":"Å \\"quoted\\"","segments":[{"from":1}]}',
    });
  });

  it('name each recipient, unit and set of figures once', () => {
    expect(pack(judged).names).toEqual(['r1', 'u1', 'f0', 'u2', 'f1', 'r2']);
  });
});
