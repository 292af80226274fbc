import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../../kernel/time/day.js';
import {
  followUpHeld,
  followUpNotHeld,
  followUpPlanned,
  paused,
  planAgreed,
  planRevised,
  policy,
  resumed,
  started,
  type GivenFact,
} from '../testing/facts.spec-helper.js';
import { given } from '../testing/history.spec-helper.js';

/** The plan is followed up by the day that was agreed (routine, bilaga 2; the longest time is local policy). */
describe('FOLLOW_UP', () => {
  const care = started('2024-01-01');
  const plan = planAgreed('2024-02-01', { followUpOn: '2024-06-01' }).as('plan');
  const follow = (...facts: readonly GivenFact[]) => given(care, ...facts).segments('FOLLOW_UP');

  it('is met through the day agreed, and a breach from the next', () => {
    const history = given(care, plan);
    expect(history.segments('FOLLOW_UP')).toEqual([
      'MET 2024-02-01..2024-06-01 in time to 2024-06-01',
      'BREACH 2024-06-02..',
    ]);
    history.on('2024-06-02').rule('FOLLOW_UP').restsOn('plan');
  });

  it('is due within the policy’s months where no day is agreed; the policy of the plan’s day', () => {
    expect(follow(planAgreed('2024-02-01'))).toEqual([
      'MET 2024-02-01..2024-08-01 in time to 2024-08-01',
      'BREACH 2024-08-02..',
    ]);
    expect(
      follow(policy('2024-02-01', { planFollowUpMaxMonths: 1 }), policy('2024-02-02', {}), planAgreed('2024-02-01')),
    ).toEqual(['MET 2024-02-01..2024-03-01 in time to 2024-03-01', 'BREACH 2024-03-02..']);
  });

  it('starts anew when it is held, early or late, and when the plan is revised (E53)', () => {
    expect(
      follow(
        plan,
        followUpHeld('2024-05-01', { nextFollowUpOn: '2024-07-01' }),
        planRevised('2024-07-10', { followUpOn: '2024-09-01' }),
      ),
    ).toEqual([
      'MET 2024-02-01..2024-07-01 in time to 2024-07-01',
      'BREACH 2024-07-02..2024-07-09',
      'MET 2024-07-10..2024-09-01 in time to 2024-09-01',
      'BREACH 2024-09-02..',
    ]);
    expect(follow(plan, followUpHeld('2024-05-01'))).toEqual([
      'MET 2024-02-01..2024-11-01 in time to 2024-11-01',
      'BREACH 2024-11-02..',
    ]);
  });

  it('has no end after the last day that can be named, where that one is agreed', () => {
    expect(follow(planAgreed('2024-02-01', { followUpOn: '9999-12-31' }))).toEqual([
      'MET 2024-02-01.. in time to 9999-12-31',
    ]);
    expect(follow(planAgreed('2024-02-01', { followUpOn: '9999-12-30' }))).toEqual([
      'MET 2024-02-01..9999-12-30 in time to 9999-12-30',
      'BREACH 9999-12-31..',
    ]);
  });

  it('says of each day which day was agreed then', () => {
    const history = given(
      care,
      plan,
      followUpHeld('2024-05-01', { nextFollowUpOn: '2024-07-01' }),
      paused('2024-06-20'),
    );
    expect(history.segments('FOLLOW_UP')).toEqual(['MET 2024-02-01..']);
    history.on('2024-04-30').rule('FOLLOW_UP').inTimeTo('2024-06-01');
    history.on('2024-05-01').rule('FOLLOW_UP').inTimeTo(undefined);
    expect(history.assessment()?.segments.find(({ rule }) => rule === 'FOLLOW_UP')?.formerDueOn).toEqual([
      { until: dayOf('2024-05-01'), dueOn: dayOf('2024-06-01') },
    ]);
    expect(
      given(care, plan, followUpHeld('2024-05-01', { nextFollowUpOn: '2024-06-01' }))
        .assessment()
        ?.segments.find(({ rule }) => rule === 'FOLLOW_UP')?.formerDueOn,
    ).toBeUndefined();
  });

  it('keeps running when it is not held, unless a new date is set (E53)', () => {
    expect(follow(plan, followUpNotHeld('2024-06-01'))).toEqual([
      'MET 2024-02-01..2024-06-01 in time to 2024-06-01',
      'BREACH 2024-06-02..',
    ]);
    const history = given(care, plan, followUpNotHeld('2024-06-10', '2024-07-01').as('moved'));
    expect(history.segments('FOLLOW_UP')).toEqual([
      'MET 2024-02-01..2024-06-01 in time to 2024-06-01',
      'BREACH 2024-06-02..2024-06-09',
      'MET 2024-06-10..2024-07-01 in time to 2024-07-01',
      'BREACH 2024-07-02..',
    ]);
    history.on('2024-06-10').rule('FOLLOW_UP').restsOn('plan', 'moved');
  });

  it('goes by the last date set, also an earlier day and a day that has passed', () => {
    expect(follow(plan, followUpPlanned('2024-03-01', '2024-04-01'))).toEqual([
      'MET 2024-02-01..2024-04-01 in time to 2024-04-01',
      'BREACH 2024-04-02..',
    ]);
    expect(follow(plan, followUpPlanned('2024-03-01', '2024-02-20'))).toEqual([
      'MET 2024-02-01..2024-02-29 in time to 2024-06-01',
      'BREACH 2024-03-01..',
    ]);
    expect(follow(plan, followUpPlanned('2024-03-01', '2024-04-01'), followUpNotHeld('2024-03-10'))).toEqual([
      'MET 2024-02-01..2024-04-01 in time to 2024-04-01',
      'BREACH 2024-04-02..',
    ]);
  });

  it('forgets what was planned before the latest plan or follow-up', () => {
    expect(follow(plan, followUpPlanned('2024-03-01', '2024-12-01'), followUpHeld('2024-03-02'))).toEqual([
      'MET 2024-02-01..2024-09-02 in time to 2024-09-02',
      'BREACH 2024-09-03..',
    ]);
  });

  it('moves a day that is paused to the first day after the pause (E28)', () => {
    expect(follow(plan, paused('2024-06-01'), resumed('2024-06-11'))).toEqual([
      'MET 2024-02-01..2024-06-11 in time to 2024-06-11',
      'BREACH 2024-06-12..',
    ]);
    expect(follow(plan, paused('2024-06-02'), resumed('2024-06-11'))).toEqual([
      'MET 2024-02-01..2024-06-01 in time to 2024-06-01',
      'BREACH 2024-06-02..',
    ]);
    expect(follow(plan, paused('2024-05-01'), resumed('2024-06-01'))).toEqual([
      'MET 2024-02-01..2024-06-01 in time to 2024-06-01',
      'BREACH 2024-06-02..',
    ]);
    expect(follow(plan, paused('2024-05-01'))).toEqual(['MET 2024-02-01..']);
    expect(follow(planAgreed('2024-02-01'), paused('2024-07-20'), resumed('2024-08-05'))).toEqual([
      'MET 2024-02-01..2024-08-05 in time to 2024-08-05',
      'BREACH 2024-08-06..',
    ]);
  });
});
