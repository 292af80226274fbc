import { describe, expect, it } from '@jest/globals';
import { eventCatalogue } from '../facts/event-catalogue.js';
import { eventLabel } from './labels.js';

describe('labels', () => {
  it.each(eventCatalogue.all().map(({ type }) => type))('%s has a Swedish name of its own', (type) => {
    expect(eventLabel(type)).not.toBe(type);
  });

  it('differ from type to type', () => {
    const labels = eventCatalogue.all().map(({ type }) => eventLabel(type));
    expect(new Set(labels).size).toBe(labels.length);
  });
});
