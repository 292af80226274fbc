import { describe, expect, it } from '@jest/globals';
import {
  annulled,
  corrected,
  ended,
  movedUnit,
  offered,
  paused,
  policy,
  resumed,
  servicesChanged,
  started,
  unitOpened,
  unnecessary,
} from '../testing/facts.spec-helper.js';
import { given } from '../testing/history.spec-helper.js';

/** 4 kap. 2 b § SoL (2001:453), 10 kap. 7 § SoL (2025:400): a contact is offered, unless obviously unnecessary. */
describe('OFFER', () => {
  it('is due, not a breach, when home care has just begun: the law has no number of days (E5)', () => {
    given(started('2024-01-01'))
      .on('2024-01-01')
      .rule('OFFER')
      .is('DUE')
      .since('2024-01-01')
      .inTimeTo('2024-01-14')
      .restsOn('CareEpisodeStarted#1');
  });

  it('is a breach from the fifteenth day, for as long as the care lasts', () => {
    expect(given(started('2024-01-01'), ended('2025-01-01')).segments('OFFER')).toEqual([
      'DUE 2024-01-01..2024-01-14 in time to 2024-01-14',
      'BREACH 2024-01-15..2024-12-31',
    ]);
  });

  it('is met by an offer before the start, from the start (E6)', () => {
    given(started('2024-01-10'), offered('2024-01-02'))
      .on('2024-01-10')
      .rule('OFFER')
      .is('MET')
      .since('2024-01-10')
      .restsOn('offered:offer');
  });

  it('stays met after the first offer, whatever the services do', () => {
    const history = given(
      started('2024-01-01'),
      unnecessary('2024-01-05'),
      offered('2024-02-01'),
      servicesChanged('2024-03-01', 'MEALS'),
      offered('2024-04-01', 'second'),
    );
    expect(history.segments('OFFER')).toEqual(['DUE 2024-01-01..2024-01-04 in time to 2024-01-14', 'MET 2024-01-05..']);
  });

  it('counts anew when an assessment lapses, and rests on what changed (E7)', () => {
    const history = given(
      started('2024-01-01'),
      unnecessary('2024-01-10').as('assessment'),
      servicesChanged('2024-03-01', 'PERSONAL_CARE', 'MEALS').as('change'),
    );
    expect(history.segments('OFFER')).toEqual([
      'DUE 2024-01-01..2024-01-09 in time to 2024-01-14',
      'MET 2024-01-10..2024-02-29',
      'DUE 2024-03-01..2024-03-14 in time to 2024-03-14',
      'BREACH 2024-03-15..',
    ]);
    history.on('2024-03-01').rule('OFFER').restsOn('assessment', 'change');
    history.on('2024-01-09').rule('OFFER').restsOn('CareEpisodeStarted#1');
    history.on('2024-01-10').rule('OFFER').restsOn('assessment');
  });

  it('rests on the last of several assessments that the same change made lapse', () => {
    const history = given(
      started('2024-01-01'),
      unnecessary('2024-01-05').as('one'),
      unnecessary('2024-01-10').as('two'),
      servicesChanged('2024-03-01', 'MEALS').as('change'),
    );
    history.on('2024-03-01').rule('OFFER').restsOn('two', 'change');
  });

  it('counts from the first judged day of a stretch that follows a gap in the local rules', () => {
    const history = given(
      policy('2000-01-01', { localRulesFor: ['LSS'] }),
      policy('2024-01-10', {}),
      policy('2024-02-01', { localRulesFor: ['LSS'] }),
      started('2024-01-01', { careForm: 'LSS' }),
    );
    expect(history.segments('OFFER')).toEqual([
      'DUE 2024-01-01..2024-01-09 in time to 2024-01-14',
      'DUE 2024-02-01..2024-02-14 in time to 2024-02-14',
      'BREACH 2024-02-15..',
    ]);
  });

  it('takes the number of days from the policy on the first day of the stretch', () => {
    const shorter = policy('2024-01-01', { offerTargetDays: 7 });
    const longer = policy('2024-01-02', { offerTargetDays: 30 });
    given(shorter, longer, started('2024-01-01')).on('2024-01-01').rule('OFFER').inTimeTo('2024-01-07');
    given(shorter, longer, started('2024-01-02')).on('2024-01-02').rule('OFFER').inTimeTo('2024-01-31');
  });

  it('takes the policy of the unit the care is in on that day', () => {
    const units = [
      unitOpened('private', '2000-01-01', 'company', 'municipality'),
      unitOpened('own', '2000-01-01', 'company'),
    ];
    const policies = [
      policy('2000-01-01', { offerTargetDays: 3 }),
      policy('2000-01-01', { offerTargetDays: 5 }, 'company'),
    ];
    given(...units, ...policies, started('2024-01-01', { unit: 'private' }))
      .on('2024-01-01')
      .rule('OFFER')
      .inTimeTo('2024-01-03');
    given(...units, ...policies, started('2024-01-01', { unit: 'own' }))
      .on('2024-01-01')
      .rule('OFFER')
      .inTimeTo('2024-01-05');
    given(...units, ...policies, started('2024-01-01', { unit: 'own' }), movedUnit('2024-01-01', 'private'))
      .on('2024-01-01')
      .rule('OFFER')
      .inTimeTo('2024-01-03');
    given(...units, ...policies, started('2024-01-01', { unit: 'own' }), movedUnit('2023-12-01', 'private'))
      .on('2024-01-01')
      .rule('OFFER')
      .inTimeTo('2024-01-05');
  });

  it('has no known last day in a pause without an end (E28)', () => {
    expect(given(started('2024-01-01'), paused('2024-01-05')).segments('OFFER')).toEqual(['DUE 2024-01-01..']);
    expect(given(started('2024-01-01'), paused('2024-01-05'), resumed('2024-02-05')).segments('OFFER')).toEqual([
      'DUE 2024-01-01..2024-02-14 in time to 2024-02-14',
      'BREACH 2024-02-15..',
    ]);
  });

  it('has no status where an episode never was: its start is annulled, or it ends on its first day', () => {
    expect(given(started('2024-01-01').as('start'), annulled('start')).assessment()).toBeUndefined();
    expect(given(started('2024-01-01'), ended('2024-01-01')).segments('OFFER')).toEqual([]);
    expect(given(started('2024-01-10'), ended('2024-01-01')).assessment()?.ongoing).toBeUndefined();
    expect(given().assessment()).toBeUndefined();
  });

  it('ends with the first valid end', () => {
    const ends = [ended('2024-03-01').as('later'), ended('2024-02-01').as('sooner')];
    expect(given(started('2024-01-01'), offered('2024-01-01'), ...ends).segments('OFFER')).toEqual([
      'MET 2024-01-01..2024-01-31',
    ]);
    expect(given(started('2024-01-01'), offered('2024-01-01'), ...ends, annulled('sooner')).segments('OFFER')).toEqual([
      'MET 2024-01-01..2024-02-29',
    ]);
    expect(
      given(
        started('2024-01-01'),
        offered('2024-01-01'),
        ...ends,
        corrected('sooner', { effectiveOn: '2024-05-01' }),
      ).segments('OFFER'),
    ).toEqual(['MET 2024-01-01..2024-02-29']);
  });

  it('is judged in home care from 2022-07-01 and elsewhere where the controller says so (E21, E57)', () => {
    given(started('2022-01-01')).on('2022-06-30').rule('OFFER').hasNoStatus();
    for (const careForm of ['HOUSING_SUPPORT', 'LSS', 'RESIDENTIAL_CARE'] as const) {
      given(started('2024-01-01', { careForm })).on('2026-08-01').rule('OFFER').hasNoStatus();
      given(policy('2000-01-01', { localRulesFor: [careForm] }), started('2024-01-01', { careForm }))
        .on('2024-01-01')
        .rule('OFFER')
        .is('DUE');
    }
    given(policy('2000-01-01', { residentialCareDuty: true }), started('2024-01-01', { careForm: 'LSS' }))
      .on('2026-08-01')
      .rule('OFFER')
      .hasNoStatus();
  });
});
