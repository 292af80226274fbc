import { describe, expect, it } from '@jest/globals';
import {
  followUpHeld,
  followUpNotHeld,
  followUpPlanned,
  planAgreed,
  planRevised,
  started,
  type GivenFact,
} from '../testing/facts.spec-helper.js';
import { given } from '../testing/history.spec-helper.js';

/** "Dokumentera tänkt datum för uppföljning i genomförandeplanen" (routine, bilaga 2). */
describe('FOLLOW_UP_DATE', () => {
  const care = started('2024-01-01');
  const dates = (...facts: readonly GivenFact[]) => given(care, ...facts).segments('FOLLOW_UP_DATE');

  it('has no status before the first plan agreed, whatever else was done', () => {
    expect(
      dates(
        planRevised('2024-01-10', { followUpOn: '2024-06-01' }),
        followUpHeld('2024-01-11'),
        followUpPlanned('2024-01-12', '2024-06-01'),
      ),
    ).toEqual([]);
    expect(dates(followUpPlanned('2024-01-12', '2024-06-01'), planAgreed('2024-02-01'))).toEqual([
      'BREACH 2024-02-01..',
    ]);
  });

  it('is met by a date in the plan, in its revision, or set when a follow-up was held; a breach without one (E52)', () => {
    expect(dates(planAgreed('2024-02-01', { followUpOn: '2024-06-01' }).as('plan'))).toEqual(['MET 2024-02-01..']);
    expect(
      dates(
        planAgreed('2024-02-01'),
        planRevised('2024-03-01', { followUpOn: '2024-06-01' }),
        followUpHeld('2024-04-01'),
        followUpHeld('2024-05-01', { nextFollowUpOn: '2024-09-01' }),
      ),
    ).toEqual([
      'BREACH 2024-02-01..2024-02-29',
      'MET 2024-03-01..2024-03-31',
      'BREACH 2024-04-01..2024-04-30',
      'MET 2024-05-01..',
    ]);
  });

  it('is met by a date planned after the latest of them, in the order of entries', () => {
    const history = given(
      care,
      planAgreed('2024-02-01').as('plan'),
      followUpPlanned('2024-02-10', '2024-06-01').as('date'),
    );
    expect(history.segments('FOLLOW_UP_DATE')).toEqual(['BREACH 2024-02-01..2024-02-09', 'MET 2024-02-10..']);
    history.on('2024-02-10').rule('FOLLOW_UP_DATE').restsOn('plan', 'date');
    history.on('2024-02-01').rule('FOLLOW_UP_DATE').restsOn('plan');
    expect(dates(planAgreed('2024-02-01'), followUpPlanned('2024-02-01', '2024-06-01'))).toEqual(['MET 2024-02-01..']);
    expect(dates(followUpPlanned('2024-02-01', '2024-06-01'), planAgreed('2024-02-01'))).toEqual([
      'BREACH 2024-02-01..',
    ]);
  });

  it('keeps the date when a follow-up is not held, and takes a new one (E53)', () => {
    const plan = planAgreed('2024-02-01', { followUpOn: '2024-06-01' });
    expect(dates(plan, followUpNotHeld('2024-06-01'))).toEqual(['MET 2024-02-01..']);
    expect(
      dates(planAgreed('2024-02-01'), followUpNotHeld('2024-06-01'), followUpNotHeld('2024-07-01', '2024-08-01')),
    ).toEqual(['BREACH 2024-02-01..2024-06-30', 'MET 2024-07-01..']);
  });

  it('reads all plans of the episode as one sequence', () => {
    expect(
      dates(planAgreed('2024-02-01', { followUpOn: '2024-06-01' }), planAgreed('2024-03-01', { plan: 'other' })),
    ).toEqual(['MET 2024-02-01..2024-02-29', 'BREACH 2024-03-01..']);
  });
});
