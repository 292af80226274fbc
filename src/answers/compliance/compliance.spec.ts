import { describe, expect, it } from '@jest/globals';
import {
  type GivenFact,
  offered,
  planAgreed,
  policy,
  started,
} from '../../compliance-rules/testing/facts.spec-helper.js';
import { given } from '../../compliance-rules/testing/history.spec-helper.js';
import { dayOf } from '../../kernel/time/day.js';
import { complianceInTime, complianceOn } from './compliance.js';

const LAW = '10 kap. 7 § socialtjänstlagen (2025:400)';
const ROUTINE = 'Kommunens rutin för fast omsorgskontakt';
const RESIDENTIAL = { careForm: 'RESIDENTIAL_CARE' } as const;

describe('what a judgement rests on', () => {
  it('is law on duty days, and the municipality’s own routine where it follows the rules without a duty', () => {
    const offerOn = (date: string, ...facts: readonly GivenFact[]) => {
      const { local, rules } = complianceOn(given(...facts).assessment()!, dayOf(date))!;
      return [local, rules.find(({ rule }) => rule === 'OFFER')?.legalBasis];
    };
    expect(offerOn('2026-01-10', started('2026-01-01'))).toEqual([false, LAW]);
    const local = policy('2020-01-01', { localRulesFor: ['RESIDENTIAL_CARE'], residentialCareDuty: true });
    expect(offerOn('2026-01-10', local, started('2026-01-01', RESIDENTIAL))).toEqual([true, ROUTINE]);
    expect(offerOn('2026-07-01', local, started('2026-01-01', RESIDENTIAL))).toEqual([false, LAW]);
  });

  it('is told over all time in the same way', () => {
    const offers = (...facts: readonly GivenFact[]) =>
      complianceInTime(given(...facts).assessment()!)
        .segments.filter(({ rule }) => rule === 'OFFER')
        .map(({ status, legalBasis }) => [status, legalBasis]);
    expect(
      offers(
        policy('2020-01-01', { localRulesFor: ['RESIDENTIAL_CARE'] }),
        started('2026-01-01', RESIDENTIAL),
        offered('2026-01-05'),
      ),
    ).toEqual([
      ['DUE', ROUTINE],
      ['MET', ROUTINE],
    ]);
    expect(offers(started('2026-01-01'), offered('2026-01-05'))).toEqual([
      ['DUE', LAW],
      ['MET', LAW],
    ]);
  });

  it('is on a day what was true by it, though the segment goes on', () => {
    const assessment = given(
      started('2024-01-01'),
      planAgreed('2024-02-01', { followUpOn: '2024-05-01' }).as('first'),
      planAgreed('2024-04-20', { plan: 'second', followUpOn: '2024-09-01' }).as('second'),
    ).assessment()!;
    const evidence = (date: string) =>
      complianceOn(assessment, dayOf(date))!.rules.find(({ rule }) => rule === 'FOLLOW_UP')?.evidence;
    expect([evidence('2024-04-19'), evidence('2024-04-20')]).toEqual([['first'], ['first', 'second']]);
    expect(complianceInTime(assessment).segments.find(({ rule }) => rule === 'FOLLOW_UP')?.evidence).toEqual([
      'first',
      'second',
    ]);
  });
});
