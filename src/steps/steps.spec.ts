import { describe, expect, it } from '@jest/globals';
import { eventCatalogue } from '../facts/event-catalogue.js';
import { allSteps } from './steps.js';

describe('the steps', () => {
  it('are one for each event type that a history may hold, and for no type that nobody could put right', () => {
    const types = allSteps.map(({ records }) => records.type);
    expect(new Set(types).size).toBe(types.length);
    const missing = eventCatalogue.all().filter(({ type, importable }) => importable && !types.includes(type));
    expect(missing.map(({ type }) => type)).toEqual([]);
    expect(allSteps.filter(({ records }) => !records.correctable).map(({ name }) => name)).toEqual([]);
  });

  it('have names and paths of their own', () => {
    expect(new Set(allSteps.map(({ name }) => name)).size).toBe(allSteps.length);
    expect(new Set(allSteps.map(({ path }) => path)).size).toBe(allSteps.length);
  });

  it('say in their paths what their events need', () => {
    for (const { name, path, records } of allSteps) {
      const named = [name, path.includes(':id'), path.startsWith('entries/:event')];
      expect(named).toEqual([
        name,
        !records.opens && records.categories !== undefined,
        records.categories === undefined,
      ]);
    }
  });
});
