import { describe, expect, it } from '@jest/globals';
import { changeLayers, layersOf } from './layers.js';

const corrected = {
  type: 'Corrected',
  correctedTypes: ['Corrected', 'NoteWritten'],
  data: { reason: 'x', data: { reason: 'y', data: { text: 'z' } } },
};

describe('the layers of an entry', () => {
  it('are its data alone where it corrects nothing', () => {
    const data = { text: 'a', data: { looks: 'like a correction' } };
    expect(layersOf({ type: 'NoteWritten', data })).toEqual([{ type: 'NoteWritten', data, prefix: '' }]);
  });

  it('are the data of a correction, then what it puts in place in the form of what it corrects, and so on down', () => {
    expect(layersOf(corrected).map(({ type, prefix }) => `${prefix}${type}`)).toEqual([
      'Corrected',
      'data.Corrected',
      'data.data.NoteWritten',
    ]);
    expect(layersOf(corrected).at(-1)?.data).toEqual({ text: 'z' });
  });

  it('end where a correction leaves the data as they were', () => {
    expect(layersOf({ ...corrected, data: { reason: 'x', effectiveOn: '2026-01-01' } })).toHaveLength(1);
    expect(layersOf({ ...corrected, data: { reason: 'x', data: { reason: 'y' } } })).toHaveLength(2);
  });

  it('are changed each by itself, and the entry stays the same object where none is', () => {
    const upper = changeLayers(corrected, ({ type, data }) =>
      type === 'NoteWritten' ? { ...data, text: String(data['text']).toUpperCase() } : data,
    );
    expect(upper).toEqual({ reason: 'x', data: { reason: 'y', data: { text: 'Z' } } });
    expect(changeLayers(corrected, ({ data }) => data)).toBe(corrected.data);
  });
});
