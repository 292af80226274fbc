import { describe, expect, it } from '@jest/globals';
import { corrected, offered, servicesChanged, started, unnecessary } from '../testing/facts.spec-helper.js';
import { given } from '../testing/history.spec-helper.js';

/**
 * "om det inte är uppenbart obehövligt", 10 kap. 7 § SoL (2025:400): an assessment is bound to the services it was made
 * for.
 */
describe('UNNECESSARY', () => {
  const alarm = started('2024-01-01', { services: ['SAFETY_ALARM', 'MEALS'] });

  it('holds while the set of services stays the same, in whatever order and however often they are named', () => {
    const history = given(
      alarm,
      unnecessary('2024-02-01'),
      servicesChanged('2024-03-01', 'MEALS', 'SAFETY_ALARM', 'MEALS'),
    );
    expect(history.segments('UNNECESSARY')).toEqual(['MET 2024-02-01..']);
  });

  it('lapses when the services change, and stays lapsed when they change back (E7)', () => {
    const history = given(
      alarm,
      unnecessary('2024-02-01').as('a'),
      servicesChanged('2024-03-01', 'MEALS').as('less'),
      servicesChanged('2024-03-05', 'SAFETY_ALARM', 'MEALS'),
    );
    expect(history.segments('UNNECESSARY')).toEqual(['MET 2024-02-01..2024-02-29', 'BREACH 2024-03-01..']);
    history.on('2024-03-06').rule('UNNECESSARY').restsOn('a', 'less');
    history.on('2024-02-06').rule('UNNECESSARY').restsOn('a');
    history.on('2024-03-06').rule('OFFER').is('DUE');
  });

  it('lapses with the first of several changes', () => {
    const history = given(
      alarm,
      unnecessary('2024-02-01'),
      servicesChanged('2024-03-01', 'MEALS'),
      servicesChanged('2024-04-01', 'CLEANING'),
    );
    expect(history.segments('UNNECESSARY')).toEqual(['MET 2024-02-01..2024-02-29', 'BREACH 2024-03-01..']);
  });

  it('is measured by what was given on its own day, not by a set of an earlier day', () => {
    expect(
      given(
        alarm,
        servicesChanged('2024-01-20', 'MEALS'),
        unnecessary('2024-02-01'),
        servicesChanged('2024-03-01', 'SAFETY_ALARM', 'MEALS'),
      ).segments('UNNECESSARY'),
    ).toEqual(['MET 2024-02-01..2024-02-29', 'BREACH 2024-03-01..']);
    expect(
      given(
        alarm,
        servicesChanged('2024-02-01', 'MEALS'),
        unnecessary('2024-02-01'),
        servicesChanged('2024-03-01', 'MEALS'),
      ).segments('UNNECESSARY'),
    ).toEqual(['MET 2024-02-01..']);
  });

  it('tells sets apart by the services in them', () => {
    expect(
      given(
        started('2024-01-01', { services: ['CLEANING', 'SHOPPING'] }),
        unnecessary('2024-02-01'),
        servicesChanged('2024-03-01', 'SHOPPING', 'CLEANING'),
        servicesChanged('2024-04-01', 'CLEANING'),
      ).segments('UNNECESSARY'),
    ).toEqual(['MET 2024-02-01..2024-03-31', 'BREACH 2024-04-01..']);
  });

  it('looks at the end of the day: a change and back within a day is none, a change on the assessment’s own day belongs to it', () => {
    expect(
      given(
        alarm,
        unnecessary('2024-02-01'),
        servicesChanged('2024-03-01', 'MEALS'),
        servicesChanged('2024-03-01', 'SAFETY_ALARM', 'MEALS'),
      ).segments('UNNECESSARY'),
    ).toEqual(['MET 2024-02-01..']);
    expect(
      given(alarm, unnecessary('2024-02-01'), servicesChanged('2024-02-01', 'MEALS')).segments('UNNECESSARY'),
    ).toEqual(['MET 2024-02-01..']);
    expect(
      given(alarm, unnecessary('2024-02-01'), servicesChanged('2024-02-02', 'MEALS')).segments('UNNECESSARY'),
    ).toEqual(['MET 2024-02-01..2024-02-01', 'BREACH 2024-02-02..']);
  });

  it('made before the start is measured by the services of the start', () => {
    expect(given(alarm, unnecessary('2023-12-20')).segments('UNNECESSARY')).toEqual(['MET 2024-01-01..']);
    expect(
      given(alarm, unnecessary('2023-12-20'), servicesChanged('2024-01-01', 'MEALS')).segments('UNNECESSARY'),
    ).toEqual(['BREACH 2024-01-01..']);
    expect(
      given(alarm, unnecessary('2023-12-20'), servicesChanged('2023-12-25', 'MEALS')).segments('UNNECESSARY'),
    ).toEqual(['MET 2024-01-01..']);
  });

  it('asks for the recipient’s own view (E8)', () => {
    given(alarm, unnecessary('2024-02-01', {})).on('2024-02-01').rule('UNNECESSARY').is('WARNING');
    given(alarm, unnecessary('2024-02-01', { recipientView: null }))
      .on('2024-02-01')
      .rule('UNNECESSARY')
      .is('MET');
    given(
      alarm,
      unnecessary('2024-02-01', {}).as('a'),
      corrected('a', { data: { criteria: [], reason: 'r', recipientView: 'agrees' } }),
    )
      .on('2024-02-01')
      .rule('UNNECESSARY')
      .is('MET');
  });

  it('gives way to the next assessment', () => {
    const history = given(
      alarm,
      unnecessary('2024-02-01', {}),
      unnecessary('2024-03-01'),
      servicesChanged('2024-04-01', 'MEALS'),
      unnecessary('2024-05-01', {}),
    );
    expect(history.segments('UNNECESSARY')).toEqual([
      'WARNING 2024-02-01..2024-02-29',
      'MET 2024-03-01..2024-03-31',
      'BREACH 2024-04-01..2024-04-30',
      'WARNING 2024-05-01..',
    ]);
    expect(history.segments('OFFER')).toEqual([
      'DUE 2024-01-01..2024-01-14 in time to 2024-01-14',
      'BREACH 2024-01-15..2024-01-31',
      'MET 2024-02-01..2024-03-31',
      'DUE 2024-04-01..2024-04-14 in time to 2024-04-14',
      'BREACH 2024-04-15..2024-04-30',
      'MET 2024-05-01..',
    ]);
  });

  it('gives way to an offer: the wish goes before (E9); "next" goes by the order of entries', () => {
    expect(given(alarm, unnecessary('2024-02-01'), offered('2024-03-01')).segments('UNNECESSARY')).toEqual([
      'MET 2024-02-01..2024-02-29',
    ]);
    expect(given(alarm, unnecessary('2024-02-01'), offered('2024-02-01')).segments('UNNECESSARY')).toEqual([]);
    expect(given(alarm, offered('2024-02-01'), unnecessary('2024-02-01')).segments('UNNECESSARY')).toEqual([
      'MET 2024-02-01..',
    ]);
  });

  it('ends an earlier assessment’s word on OFFER as well, also when the new one lapses at once', () => {
    const history = given(
      alarm,
      unnecessary('2023-12-01'),
      unnecessary('2024-02-01'),
      servicesChanged('2024-02-10', 'MEALS'),
    );
    expect(history.assessment()?.validAssessments).toHaveLength(1);
    history.on('2024-02-09').rule('OFFER').is('MET');
    history.on('2024-02-10').rule('OFFER').is('DUE').inTimeTo('2024-02-23');
  });
});
