import { Names } from '../text/names.js';
import { describe, expect, it } from '@jest/globals';
import {
  accepted,
  assigned,
  GivenFact,
  offered,
  planAgreed,
  policy,
  started,
} from '../../compliance-rules/testing/facts.spec-helper.js';
import { given } from '../../compliance-rules/testing/history.spec-helper.js';
import { dayOf } from '../../kernel/time/day.js';
import { complianceInTime, complianceOn } from './compliance.js';
import { episodeInTimeText, episodeOnDayText } from './compliance-text.js';

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

  it('has its kind, and what the policy rests on where it is the municipality’s own', () => {
    const basis = { document: 'Rutin 7', decidedBy: 'Nämnden', decidedOn: '2025-12-01' };
    const adopted = policy('2020-01-01', { allowTransition: false });
    const known = given(
      new GivenFact(adopted.stream, adopted.type, adopted.day, { ...adopted.data, basis }),
      started('2026-01-01'),
      offered('2026-01-05'),
      accepted('2026-01-05'),
      assigned('2026-01-06'),
      new GivenFact('staff:anna', 'TransitionStatusDocumented', '2023-07-01', { employer: 'Ånge', evidence: null }),
    ).assessment()!;
    const day = complianceOn(known, dayOf('2026-01-10'))!;
    const { segments } = complianceInTime(known);
    for (const rules of [day.rules, segments]) {
      const of = (rule: string) => rules.find((one) => one.rule === rule);
      expect(of('OFFER')).toMatchObject({ kind: 'STATUTORY', legalBasis: LAW });
      expect(of('OFFER')).not.toHaveProperty('basis');
      expect(of('ASSIGNED')).toMatchObject({ kind: 'LOCAL', basis });
      // The law allows what the municipality does not: that is not shown as law.
      expect(of('TITLE')).toMatchObject({ status: 'BREACH', kind: 'LOCAL', basis, legalBasis: ROUTINE });
    }
    const text = episodeOnDayText(day, new Names());
    expect(text).toContain(', enligt Rutin 7\n');
    expect(text.match(/Rutin 7: beslutad 2025-12-01 av Nämnden/g)).toHaveLength(1);
    expect(text.split('\n').find((told) => told.includes(' OFFER '))).not.toContain('Rutin 7');
    expect(episodeInTimeText(complianceInTime(known), new Names())).toContain('enligt Rutin 7');
  });
});
