import { describe, expect, it } from '@jest/globals';
import { formatDay } from '../../kernel/time/day.js';
import { figureStretches } from './figures.js';
import { figureNamed, FIGURES, figureSet, figuresIn, totalsOf } from './figure-names.js';
import { an, segment } from '../../answers/assessment.spec-helper.js';

/** The stretches as text a reader can compare: days, unit, figures. */
function told(assessment: Parameters<typeof figureStretches>[0]): string[] {
  return figureStretches(assessment).map(
    ({ unit, from, to, figures }) =>
      `${formatDay(from)}..${to === undefined ? '' : formatDay(to)} ${unit}: ${figuresIn(figures).join(' ')}`,
  );
}

describe('figure stretches', () => {
  it('given no ongoing days, then nothing is counted', () => {
    expect(told(an({ ongoing: undefined, units: [], judged: [] }))).toEqual([]);
  });

  it('given home care from before the law, then it is counted from 2022-07-01 on, in the first figure that fits', () => {
    const assessment = an({
      ongoing: '2022-01-01',
      judged: ['2022-07-01'],
      segments: [segment('OFFER', 'DUE', '2022-07-01', '2022-07-15'), segment('OFFER', 'BREACH', '2022-07-15')],
    });
    expect(told(assessment)).toEqual([
      '2022-07-01..2022-07-15 unit-1: population offerDue',
      '2022-07-15.. unit-1: population offerBreach',
    ]);
  });

  it('given an offer, a yes, a contact and a plan, then each day is counted with what is true on it', () => {
    const assessment = an({
      ongoing: '2024-01-01',
      judged: ['2024-01-01'],
      offeredFrom: '2024-01-05',
      planAgreedFrom: '2024-02-01',
      standing: [['YES', '2024-01-10']],
      primary: [['a1', '2024-01-20']],
      segments: [
        segment('OFFER', 'DUE', '2024-01-01', '2024-01-05'),
        segment('OFFER', 'MET', '2024-01-05'),
        segment('PLAN', 'DUE', '2024-01-10', '2024-02-01'),
        segment('PLAN', 'MET', '2024-02-01'),
        segment('TITLE', 'MET', '2024-01-20', undefined, { assignment: 'a1', titleBasis: 'CERTIFICATE' }),
        segment('FOLLOW_UP', 'MET', '2024-02-01', '2024-08-01'),
        segment('FOLLOW_UP', 'BREACH', '2024-08-01'),
      ],
    });
    expect(told(assessment)).toEqual([
      '2024-01-01..2024-01-05 unit-1: population offerDue',
      '2024-01-05..2024-01-10 unit-1: population unanswered offered',
      '2024-01-10..2024-01-20 unit-1: population accepted offered withoutPrimary planDue',
      '2024-01-20..2024-02-01 unit-1: population accepted offered withPrimary planDue titleCertificate',
      '2024-02-01..2024-08-01 unit-1: population accepted offered withPrimary planMet titleCertificate followUpMet',
      '2024-08-01.. unit-1: population accepted offered withPrimary planMet titleCertificate followUpBreach',
    ]);
  });

  it('given a standing yes, then it counts as accepted also before the offer it answers and while an assessment is valid', () => {
    const assessment = an({
      ongoing: '2024-01-01',
      judged: ['2024-01-01'],
      offeredFrom: '2024-01-20',
      standing: [['YES', '2024-01-10']],
      validAssessments: ['2024-01-02'],
      segments: [segment('OFFER', 'DUE', '2024-01-01', '2024-01-02'), segment('OFFER', 'MET', '2024-01-02')],
    });
    expect(told(assessment)).toEqual([
      '2024-01-01..2024-01-02 unit-1: population offerDue',
      '2024-01-02..2024-01-10 unit-1: population unnecessary',
      '2024-01-10.. unit-1: population accepted offered withoutPrimary',
    ]);
  });

  it('given a no without a reason, then it is counted as such until the reason is given, and its contact and title too', () => {
    const assessment = an({
      ongoing: '2024-01-01',
      judged: ['2024-01-01'],
      offeredFrom: '2024-01-01',
      standing: [['NO', '2024-01-01']],
      primary: [['a1', '2024-01-03']],
      segments: [
        segment('OFFER', 'MET', '2024-01-01'),
        segment('DECLINE_REASON', 'BREACH', '2024-01-01', '2024-01-05'),
        segment('DECLINE_REASON', 'MET', '2024-01-05'),
        segment('TITLE', 'BREACH', '2024-01-03', undefined, {
          assignment: 'a1',
          titleBasis: 'NONE',
          kind: 'STATUTORY',
        }),
        segment('PLAN', 'BREACH', '2024-01-03'),
      ],
    });
    expect(told(assessment)).toEqual([
      '2024-01-01..2024-01-03 unit-1: population declined offered declinedWithoutReason',
      '2024-01-03..2024-01-05 unit-1: population declined offered declinedWithoutReason planOtherBreach titleBreach',
      '2024-01-05.. unit-1: population declined offered planOtherBreach titleBreach',
    ]);
  });

  it('given a lapsed assessment, then the episode is one to reassess only while it lacks an offer (E12)', () => {
    const assessment = an({
      ongoing: '2024-01-01',
      judged: ['2024-01-01'],
      offeredFrom: '2024-04-01',
      segments: [
        segment('OFFER', 'MET', '2024-01-01', '2024-02-01'),
        segment('OFFER', 'DUE', '2024-02-01', '2024-02-15'),
        segment('OFFER', 'BREACH', '2024-02-15', '2024-04-01'),
        segment('OFFER', 'MET', '2024-04-01'),
        segment('UNNECESSARY', 'MET', '2024-01-01', '2024-02-01'),
        segment('UNNECESSARY', 'BREACH', '2024-02-01', '2024-04-01'),
      ],
    });
    expect(told(assessment)).toEqual([
      '2024-01-01..2024-02-01 unit-1: population unnecessary',
      '2024-02-01..2024-02-15 unit-1: population offerDue unnecessaryReassess',
      '2024-02-15..2024-04-01 unit-1: population offerBreach unnecessaryReassess',
      '2024-04-01.. unit-1: population unanswered offered',
    ]);
  });

  it('given two primaries at once, then the title is that of the primary and no title counts before 2023-07-01 (E57)', () => {
    const assessment = an({
      ongoing: '2023-01-01',
      judged: ['2023-01-01'],
      offeredFrom: '2023-01-01',
      standing: [['YES', '2023-01-01']],
      primary: [
        ['a1', '2023-01-01', '2023-08-01'],
        ['a2', '2023-08-01', '2023-09-01'],
        ['a1', '2023-09-01'],
      ],
      segments: [
        segment('TITLE', 'MET', '2023-07-01', '2033-07-01', { assignment: 'a1', titleBasis: 'TRANSITION' }),
        segment('TITLE', 'BREACH', '2033-07-01', undefined, {
          assignment: 'a1',
          titleBasis: 'NONE',
          kind: 'STATUTORY',
        }),
        segment('TITLE', 'MET', '2023-08-01', '2023-09-01', { assignment: 'a2', titleBasis: 'CERTIFICATE' }),
      ],
    });
    const yes = 'population accepted offered withPrimary';
    expect(told(assessment)).toEqual([
      `2023-01-01..2023-07-01 unit-1: ${yes}`,
      `2023-07-01..2023-08-01 unit-1: ${yes} titleTransition`,
      `2023-08-01..2023-09-01 unit-1: ${yes} titleCertificate`,
      `2023-09-01..2033-07-01 unit-1: ${yes} titleTransition`,
      `2033-07-01.. unit-1: ${yes} titleBreach`,
    ]);
  });

  it('given a move of unit, then the same figures go on in the other unit; local days are nobody’s figures', () => {
    const assessment = an({
      ongoing: ['2024-01-01', '2024-12-01'],
      units: [
        ['u1', '2024-01-01', '2024-05-01'],
        ['u2', '2024-05-01', '2024-12-01'],
      ],
      judged: [
        ['2024-01-01', '2024-03-01'],
        ['2024-03-01', '2024-04-01', 'local'],
        ['2024-04-01', '2024-12-01'],
      ],
      segments: [segment('OFFER', 'BREACH', '2024-01-01', '2024-12-01')],
    });
    expect(told(assessment)).toEqual([
      '2024-01-01..2024-03-01 u1: population offerBreach',
      '2024-04-01..2024-05-01 u1: population offerBreach',
      '2024-05-01..2024-12-01 u2: population offerBreach',
    ]);
  });

  it('given what changes no figure, then the stretch is not cut', () => {
    const assessment = an({
      ongoing: '2024-01-01',
      judged: ['2024-01-01'],
      offeredFrom: '2024-01-01',
      segments: [
        segment('OFFER', 'MET', '2024-01-01'),
        segment('PLAN', 'MET', '2024-02-01', '2024-03-01'),
        segment('UNNECESSARY', 'BREACH', '2024-04-01'),
      ],
    });
    expect(told(assessment)).toEqual(['2024-01-01.. unit-1: population unanswered offered']);
  });
});

describe('figures', () => {
  it('have one bit each, of which none was ever that of another, and are found by their names', () => {
    const bits = FIGURES.map(({ bit }) => bit);
    expect(new Set(bits).size).toBe(FIGURES.length);
    expect(Math.max(...bits)).toBe(FIGURES.length - 1);
    expect(figuresIn(figureSet(['planBreach', 'riskBreach']))).toEqual(['planBreach', 'riskBreach']);
    expect(figureNamed('nonsense')).toBeUndefined();
  });

  it('stand in a table of the report, each of them', () => {
    expect(FIGURES.filter(({ tables }) => tables.length === 0)).toEqual([]);
  });

  it('add up from counts of equal sets', () => {
    const totals = totalsOf([
      { figures: figureSet(['population', 'offerDue']), count: 3 },
      { figures: figureSet(['population']), count: 2 },
    ]);
    expect(totals.population).toBe(5);
    expect(totals.offerDue).toBe(3);
    expect(totals.offerBreach).toBe(0);
    expect(Object.keys(totals)).toEqual(FIGURES.map((figure) => figure.name));
  });
});
