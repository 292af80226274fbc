import { describe, expect, it } from '@jest/globals';
import { placedFields } from '../kernel/event-sourcing/fields.js';
import { eventCatalogue } from './event-catalogue.js';
import { fieldLabel, entryLabel, typeLabel } from './labels.js';

describe('the words of an event type', () => {
  it('name it as no other type', () => {
    const labels = eventCatalogue.all().map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('name and describe every field, and say every code in Swedish', () => {
    const fields = eventCatalogue
      .all()
      .flatMap(({ type, fields }) =>
        placedFields(fields).map(({ path, field }) => ({ place: `${type} ${path}`, path, field })),
      );
    // The items of a list have the words of the list.
    const wordless = fields
      .filter(({ path }) => !path.endsWith('[]'))
      .filter(({ field: { traits } }) => traits.label === '' || !traits.description.endsWith('.'));
    expect(wordless.map(({ place }) => place)).toEqual([]);
    const codes = fields.flatMap(({ place, field: { form } }) =>
      form.kind === 'code' ? Object.entries(form.codes).map(([code, words]) => ({ place, code, words })) : [],
    );
    expect(codes.length).toBeGreaterThan(100);
    // LSS is what the law itself is called.
    expect(codes.filter(({ code, words }) => words.trim() === '' || (words === code && code !== 'LSS'))).toEqual([]);
  });

  it('are those of the log where this program knows none', () => {
    expect([entryLabel('ContactAssigned', '2022-06-30'), entryLabel('ContactAssigned', '2022-07-01')]).toEqual([
      'Kontaktman utsedd (före lagkravet)',
      'Fast omsorgskontakt utsedd',
    ]);
    expect([typeLabel('Unheard'), fieldLabel('unheardOf')]).toEqual(['Unheard', 'unheardOf']);
  });
});
