import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../kernel/time/day.js';
import { POLICY_DEFAULTS, policyOn } from './policy.js';
import { annulled, corrected, GivenFact, movedUnit, policy, started, unitOpened } from './testing/facts.spec-helper.js';
import { dossierOf, given } from './testing/history.spec-helper.js';

describe('policyOn', () => {
  const entries = dossierOf([
    policy('2024-01-01', { offerTargetDays: 7, yearlyMonths: 6 }).as('first'),
    policy('2025-01-01', { yearlyMonths: 18 }).as('second'),
  ]).policies.get('municipality')!;

  it('has the defaults before the first policy', () => {
    expect(policyOn(entries, dayOf('2023-12-31'))).toEqual({ values: POLICY_DEFAULTS });
    expect(policyOn([], dayOf('2024-01-01'))).toEqual({ values: POLICY_DEFAULTS });
    expect(POLICY_DEFAULTS).toEqual({
      offerTargetDays: 14,
      answerTargetDays: 14,
      assignTargetDays: 14,
      planTargetDays: 30,
      signTargetDays: 14,
      recordTargetDays: 14,
      planFollowUpMaxMonths: 6,
      yearlyMonths: 12,
      allowTransition: true,
      titleForDeputy: true,
      consentForProfessionals: false,
      agreedWithRecipient: false,
      appointedByManager: false,
      nameSecond: false,
      planFrom: 'YES',
      planForDeclined: false,
      residentialCareDuty: false,
      localRulesFor: [],
      lateRegistrationDays: 7,
      publicSmallCell: 5,
    });
  });

  it('has the last policy adopted by the day; an absent key has the default, not the earlier policy’s value', () => {
    expect(policyOn(entries, dayOf('2024-01-01'))).toEqual({
      values: { ...POLICY_DEFAULTS, offerTargetDays: 7, yearlyMonths: 6 },
      version: '2024-01-01',
      event: 'first',
    });
    expect(policyOn(entries, dayOf('2024-12-31')).event).toBe('first');
    expect(policyOn(entries, dayOf('2025-01-01')).values).toEqual({ ...POLICY_DEFAULTS, yearlyMonths: 18 });
  });

  it('has what was known', () => {
    expect(policyOn(entries, dayOf('2025-01-01'), entries[0]!.position).event).toBe('first');
    expect(policyOn(entries, dayOf('2025-01-01'), 0n)).toEqual({ values: POLICY_DEFAULTS });
  });

  it('has the defaults where an adoption says nothing', () => {
    const silent = dossierOf([policy('2024-01-01', {})]).policies.get('municipality')!;
    expect(policyOn(silent, dayOf('2024-01-01')).values).toEqual(POLICY_DEFAULTS);
  });

  it('has a version that is numbered as text', () => {
    const numbered = dossierOf([
      new GivenFact('policy:municipality', 'PolicyAdopted', '2024-01-01', {
        controller: 'municipality',
        version: 3,
        values: {},
      }),
    ]).policies.get('municipality')!;
    expect(policyOn(numbered, dayOf('2024-01-01')).version).toBe('3');
  });
});

describe('an episode’s policy', () => {
  const due = (...facts: readonly GivenFact[]): string | undefined =>
    given(...facts)
      .segments('OFFER')[0]
      ?.slice(-10);
  const three = policy('2020-01-01', { offerTargetDays: 3 });

  it('is that of the commissioning municipality, and of nobody else where one is named', () => {
    expect(due(three, started('2024-01-01'))).toBe('2024-01-03');
    const company = policy('2020-01-01', { offerTargetDays: 5 }, 'company');
    expect(due(unitOpened('unit', '2000-01-01', 'company', 'municipality'), company, started('2024-01-01'))).toBe(
      '2024-01-14',
    );
    expect(
      due(unitOpened('unit', '2000-01-01', 'company', 'municipality'), company, three, started('2024-01-01')),
    ).toBe('2024-01-03');
    expect(due(unitOpened('unit', '2000-01-01', 'company'), company, three, started('2024-01-01'))).toBe('2024-01-05');
  });

  it('is the default where the unit is not known, or its opening is annulled', () => {
    expect(due(three, started('2024-01-01', { unit: 'unknown' }))).toBe('2024-01-14');
    expect(
      due(
        unitOpened('unit', '2000-01-01', 'municipality').as('opening'),
        three,
        annulled('opening', 'unit:unit'),
        started('2024-01-01'),
      ),
    ).toBe('2024-01-14');
  });

  it('follows the unit’s controller whatever the opening’s day, and a correction of it', () => {
    expect(due(unitOpened('unit', '2025-01-01', 'municipality'), three, started('2024-01-01'))).toBe('2024-01-03');
    const moved = corrected('opening', { data: { controller: 'other', name: 'unit', careForms: [] } }, 'unit:unit');
    expect(
      due(unitOpened('unit', '2000-01-01', 'municipality').as('opening'), moved, three, started('2024-01-01')),
    ).toBe('2024-01-14');
  });

  it('changes with the unit, on the day of the move', () => {
    const own = [
      unitOpened('other', '2000-01-01', 'other'),
      policy('2020-01-01', { localRulesFor: ['LSS'] }, 'other'),
      started('2024-01-01', { careForm: 'LSS' }),
    ];
    expect(given(...own, movedUnit('2024-03-01', 'other')).segments('OFFER')).toEqual([
      'DUE 2024-03-01..2024-03-14 in time to 2024-03-14',
      'BREACH 2024-03-15..',
    ]);
    expect(given(...own, movedUnit('2024-03-01', 'other'), movedUnit('2024-03-08', 'unit')).segments('OFFER')).toEqual([
      'DUE 2024-03-01..2024-03-07 in time to 2024-03-14',
    ]);
  });

  it('of two adopted for one day is the later entry', () => {
    expect(due(policy('2020-01-01', { offerTargetDays: 9 }), three, started('2024-01-01'))).toBe('2024-01-03');
  });
});
