import { describe, expect, it } from '@jest/globals';
import { accepted, declined, offered, planAgreed, planRevised, policy, started } from '../testing/facts.spec-helper.js';
import { given } from '../testing/history.spec-helper.js';

/** "dokumentera er överenskommelse om rollens innehåll i genomförandeplanen" (routine, bilaga 2). */
describe('PLAN', () => {
  const yes = [started('2024-01-01'), offered('2024-01-01'), accepted('2024-01-10').as('yes')];

  it('is due for thirty days from the yes, then a breach', () => {
    const history = given(...yes);
    expect(history.segments('PLAN')).toEqual([
      'DUE 2024-01-10..2024-02-08 in time to 2024-02-08',
      'BREACH 2024-02-09..',
    ]);
    history.on('2024-01-10').rule('PLAN').restsOn('yes');
  });

  it('is met by a plan agreed or revised on the day of the yes or after it, and by none before', () => {
    const history = given(...yes, planAgreed('2024-01-20').as('plan'));
    expect(history.segments('PLAN')).toEqual(['DUE 2024-01-10..2024-01-19 in time to 2024-02-08', 'MET 2024-01-20..']);
    history.on('2024-01-20').rule('PLAN').restsOn('yes', 'plan');
    expect(given(planAgreed('2024-01-10'), ...yes).segments('PLAN')).toEqual(['MET 2024-01-10..']);
    expect(given(...yes, planAgreed('2024-01-09')).segments('PLAN')).toHaveLength(2);
    expect(given(...yes, planAgreed('2024-01-09'), planRevised('2024-01-15')).segments('PLAN')).toEqual([
      'DUE 2024-01-10..2024-01-14 in time to 2024-02-08',
      'MET 2024-01-15..',
    ]);
  });

  it('is met by the first of several plans', () => {
    expect(
      given(...yes, planAgreed('2024-01-20'), planRevised('2024-03-01'), planAgreed('2024-04-01')).segments('PLAN'),
    ).toEqual(['DUE 2024-01-10..2024-01-19 in time to 2024-02-08', 'MET 2024-01-20..']);
  });

  it('asks for a new plan after a no (E3)', () => {
    const history = given(
      ...yes,
      planAgreed('2024-01-20'),
      declined('2024-03-01'),
      offered('2024-04-01', 'second'),
      accepted('2024-04-10', 'second'),
    );
    expect(history.segments('PLAN')).toEqual([
      'DUE 2024-01-10..2024-01-19 in time to 2024-02-08',
      'MET 2024-01-20..2024-02-29',
      'DUE 2024-04-10..2024-05-09 in time to 2024-05-09',
      'BREACH 2024-05-10..',
    ]);
  });

  it('asks for none when a yes follows a yes: the run is unbroken', () => {
    expect(
      given(
        ...yes,
        planAgreed('2024-01-20'),
        offered('2024-02-01', 'second'),
        accepted('2024-02-05', 'second'),
      ).segments('PLAN'),
    ).toEqual(['DUE 2024-01-10..2024-01-19 in time to 2024-02-08', 'MET 2024-01-20..']);
  });

  it('breaks the run at a no of the same day, by the order of entries', () => {
    expect(
      given(...yes, planAgreed('2024-01-20'), declined('2024-02-01'), accepted('2024-02-01')).segments('PLAN'),
    ).toEqual([
      'DUE 2024-01-10..2024-01-19 in time to 2024-02-08',
      'MET 2024-01-20..2024-01-31',
      'DUE 2024-02-01..2024-03-01 in time to 2024-03-01',
      'BREACH 2024-03-02..',
    ]);
    expect(
      given(...yes, planAgreed('2024-01-20'), accepted('2024-02-01'), declined('2024-02-01')).segments('PLAN'),
    ).toEqual(['DUE 2024-01-10..2024-01-19 in time to 2024-02-08', 'MET 2024-01-20..2024-01-31']);
  });

  it('counts from a yes before the start, by the policy of that day', () => {
    expect(
      given(
        policy('2024-01-01', { planTargetDays: 20 }),
        policy('2024-01-02', {}),
        started('2024-01-05'),
        offered('2024-01-01'),
        accepted('2024-01-01'),
      ).segments('PLAN'),
    ).toEqual(['DUE 2024-01-05..2024-01-20 in time to 2024-01-20', 'BREACH 2024-01-21..']);
  });

  it('has no status after a no or without an answer', () => {
    expect(
      given(started('2024-01-01'), offered('2024-01-01'), declined('2024-01-02'), planAgreed('2024-02-01')).segments(
        'PLAN',
      ),
    ).toEqual([]);
    expect(given(started('2024-01-01'), offered('2024-01-01'), planAgreed('2024-02-01')).segments('PLAN')).toEqual([]);
  });
});
