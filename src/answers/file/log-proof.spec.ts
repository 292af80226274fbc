import { describe, expect, it } from '@jest/globals';
import type { EvidenceFigures } from '../../kernel/observability/evidence.js';
import { logProof } from './log-proof.js';

const provenance = { register: 'r', leaf: 'ab' };
const figures: EvidenceFigures = {
  signs: true,
  sealed: 7,
  checkpoint: {
    checkpoint: {
      v: 2,
      origin: 'fok/r',
      register: 'r',
      size: 7,
      root: '00'.repeat(32),
      lastEvent: 'e',
      lastPosition: '9',
      at: '2026-11-30T08:00:00.000Z',
      keyId: 'k',
    },
    signature: Buffer.alloc(68).toString('base64'),
  },
  witnessed: { needed: 1, size: 5, ageSeconds: 3 },
  witnesses: [{ name: 'arkiv', kind: 'WITNESS', size: 5, at: '2026-11-30T07:00:00.000Z' }],
};

describe('what vouches for entries', () => {
  it('counts those that lie at or before the last event of the checkpoint', () => {
    expect(logProof(['2', '9', '10', '100'], provenance, figures)).toMatchObject({ sealed: 2, unsealed: 2 });
  });

  it('tells the checkpoint word for word, and who has seen it', () => {
    const { checkpoint, witnessed, witnesses } = logProof([], provenance, figures);
    expect(checkpoint).toMatchObject({ origin: 'fok/r', size: 7, lastPosition: '9' });
    expect(checkpoint?.note.split('\n').slice(0, 2)).toEqual(['fok/r', '7']);
    expect(witnessed).toEqual({ needed: 1, size: 5 });
    expect(witnesses).toEqual(figures.witnesses);
  });

  it('is nothing where nothing was sealed', () => {
    expect(logProof(['1'], provenance, undefined)).toEqual({ ...provenance, sealed: 0, unsealed: 1, witnesses: [] });
  });
});
