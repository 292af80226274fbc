import { describe, expect, it } from '@jest/globals';
import { eventCatalogue } from '../../facts/event-catalogue.js';
import { codesInWords } from './codes.js';

describe('the words for codes', () => {
  const { eventTypes, ...tables } = codesInWords();

  it('tell every event type and every field, and the codes of fields and of lists', () => {
    expect(eventTypes.map(({ type }) => type)).toEqual(eventCatalogue.all().map(({ type }) => type));
    const field = (type: string, path: string) =>
      eventTypes.find((one) => one.type === type)?.fields.find((one) => one.path === path);
    expect(field('ContactAssigned', 'role')?.codes).toEqual([
      { code: 'PRIMARY', label: 'ordinarie fast omsorgskontakt' },
      { code: 'SECOND', label: 'andra fast omsorgskontakt' },
      { code: 'DEPUTY', label: 'vice omsorgskontakt' },
    ]);
    expect(field('CareEpisodeStarted', 'services')?.codes).toContainEqual({ code: 'MEALS', label: 'matdistribution' });
    expect(field('InformationGiven', 'attendees[].kind')?.codes).toContainEqual({ code: 'RELATIVE', label: 'anhörig' });
  });

  it('leave nothing without words', () => {
    const all = [
      ...Object.values(tables).flat(),
      ...eventTypes.flatMap(({ fields }) => fields.flatMap(({ codes = [] }) => codes)),
    ];
    expect(all.filter(({ label }) => label.trim() === '')).toEqual([]);
    expect(eventTypes.flatMap(({ fields }) => fields).filter(({ label }) => label === '')).toEqual([]);
  });
});
