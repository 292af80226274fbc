import { describe, expect, it } from '@jest/globals';
import { informed, offered, started } from '../testing/facts.spec-helper.js';
import { given } from '../testing/history.spec-helper.js';
import { INFORMATION_ITEMS } from './informed.rule.js';

/** "vid ett fysiskt möte": the steps of the conversation (routine, bilaga 2). */
describe('INFORMED', () => {
  const begun = [started('2024-01-01'), offered('2024-02-01')];
  const [first, second] = [INFORMATION_ITEMS.slice(0, 4), INFORMATION_ITEMS.slice(3)];

  it('asks for the six steps', () => {
    expect(INFORMATION_ITEMS).toEqual([
      'ROLE_REPLACES_CONTACT_PERSON',
      'ROLE_CONTENT',
      'FREE_CHOICE',
      'RELATIVES_ASKED',
      'BROCHURE',
      'UNDERSTOOD',
    ]);
  });

  it('has no status before the first offer', () => {
    expect(given(started('2024-01-01'), informed('2024-01-10', INFORMATION_ITEMS)).segments('INFORMED')).toEqual([]);
  });

  it('is a warning until physical meetings together hold all six items', () => {
    const history = given(
      ...begun,
      informed('2024-02-01', first).as('one'),
      informed('2024-02-10', second).as('two'),
      informed('2024-02-11', second),
    );
    expect(history.segments('INFORMED')).toEqual(['WARNING 2024-02-01..2024-02-09', 'MET 2024-02-10..']);
    history.on('2024-02-10').rule('INFORMED').restsOn('offered:offer', 'one', 'two');
    history.on('2024-02-09').rule('INFORMED').restsOn('offered:offer', 'one');
  });

  it('is a warning for each item that is left out', () => {
    for (const item of INFORMATION_ITEMS) {
      const history = given(
        ...begun,
        informed(
          '2024-02-01',
          INFORMATION_ITEMS.filter((each) => each !== item),
        ).as('one'),
      );
      expect(history.segments('INFORMED')).toEqual(['WARNING 2024-02-01..']);
      history.on('2024-02-01').rule('INFORMED').restsOn('offered:offer', 'one');
    }
  });

  it('counts what was said before the offer', () => {
    expect(given(...begun, informed('2024-01-10', INFORMATION_ITEMS)).segments('INFORMED')).toEqual([
      'MET 2024-02-01..',
    ]);
  });

  it('counts meetings alone at which the recipient, or a legal representative who is known, took part', () => {
    const without = given(...begun, informed('2024-02-01', INFORMATION_ITEMS, { attendees: [{ kind: 'RELATIVE' }] }));
    expect(without.segments('INFORMED')).toEqual(['WARNING 2024-02-01..']);
    const unknown = given(
      ...begun,
      informed('2024-02-01', INFORMATION_ITEMS, { attendees: [{ kind: 'REPRESENTATIVE' }] }),
    );
    expect(unknown.segments('INFORMED')).toEqual(['WARNING 2024-02-01..']);
  });

  it('counts no other form of meeting', () => {
    for (const form of ['VIDEO', 'PHONE', 'WRITTEN'] as const)
      given(...begun, informed('2024-02-01', INFORMATION_ITEMS, { form }))
        .on('2024-02-01')
        .rule('INFORMED')
        .is('WARNING')
        .restsOn('offered:offer');
    given(...begun, informed('2024-02-01', first), informed('2024-02-01', second, { form: 'PHONE' }))
      .on('2024-02-01')
      .rule('INFORMED')
      .is('WARNING');
  });
});
