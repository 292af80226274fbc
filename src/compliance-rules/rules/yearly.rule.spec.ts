import { describe, expect, it } from '@jest/globals';
import { assigned, contactEnded, paused, policy, resumed, started, yearlyHeld } from '../testing/facts.spec-helper.js';
import { given } from '../testing/history.spec-helper.js';

/**
 * "i samband med medarbetarsamtal 1 gång per år eller oftare vid behov" (routine); the employee's clock, not the plan's
 * (E54).
 */
describe('YEARLY', () => {
  const contact = [started('2024-01-01'), assigned('2024-01-10')];

  it('is met until the day a year after the start, and a breach from that day', () => {
    const history = given(...contact);
    expect(history.segments('YEARLY', 'assignment')).toEqual([
      'MET 2024-01-10..2025-01-09 in time to 2025-01-09',
      'BREACH 2025-01-10..',
    ]);
    history.on('2024-01-10').rule('YEARLY', 'assignment').restsOn('appointed:assignment');
  });

  it('starts anew with each follow-up after the start; one on or before it changes nothing', () => {
    const history = given(
      ...contact,
      yearlyHeld('anna', '2024-01-10'),
      yearlyHeld('anna', '2023-12-01'),
      yearlyHeld('anna', '2024-06-01').as('one'),
      yearlyHeld('anna', '2025-08-01').as('two'),
    );
    expect(history.segments('YEARLY', 'assignment')).toEqual([
      'MET 2024-01-10..2025-05-31 in time to 2025-05-31',
      'BREACH 2025-06-01..2025-07-31',
      'MET 2025-08-01..2026-07-31 in time to 2026-07-31',
      'BREACH 2026-08-01..',
    ]);
    history.on('2025-06-01').rule('YEARLY', 'assignment').restsOn('appointed:assignment', 'one');
    history.on('2025-08-01').rule('YEARLY', 'assignment').restsOn('appointed:assignment', 'two');
  });

  it('says of each day when the follow-up was to be held, as it was then', () => {
    const history = given(
      ...contact,
      yearlyHeld('anna', '2024-01-10').as('same-day'),
      yearlyHeld('anna', '2024-06-01'),
    );
    history.on('2024-05-31').rule('YEARLY', 'assignment').inTimeTo('2025-01-09');
    history.on('2024-06-01').rule('YEARLY', 'assignment').inTimeTo('2025-05-31');
    const often = given(
      ...contact,
      yearlyHeld('anna', '2024-06-01'),
      yearlyHeld('anna', '2024-09-01'),
      yearlyHeld('anna', '2024-11-01'),
    );
    for (const [day, dueOn] of [
      ['2024-05-31', '2025-01-09'],
      ['2024-06-01', '2025-05-31'],
      ['2024-08-31', '2025-05-31'],
      ['2024-09-01', '2025-08-31'],
      ['2024-10-31', '2025-08-31'],
      ['2024-11-01', '2025-10-31'],
    ] as const) {
      often.on(day).rule('YEARLY', 'assignment').inTimeTo(dueOn);
    }
    given(...contact, yearlyHeld('anna', '2024-01-10'))
      .on('2024-05-31')
      .rule('YEARLY', 'assignment')
      .restsOn('appointed:assignment');
  });

  it('ignores a follow-up after the assignment', () => {
    expect(
      given(...contact, contactEnded('2025-02-01'), yearlyHeld('anna', '2025-02-01')).segments('YEARLY', 'assignment'),
    ).toEqual(['MET 2024-01-10..2025-01-09 in time to 2025-01-09', 'BREACH 2025-01-10..2025-01-31']);
  });

  it('takes the months of the policy on the day the clock started, and moves past a pause (E28)', () => {
    expect(
      given(policy('2024-01-10', { yearlyMonths: 2 }), policy('2024-01-11', {}), ...contact).segments(
        'YEARLY',
        'assignment',
      )[0],
    ).toBe('MET 2024-01-10..2024-03-09 in time to 2024-03-09');
    expect(given(...contact, paused('2025-01-10'), resumed('2025-01-20')).segments('YEARLY', 'assignment')[0]).toBe(
      'MET 2024-01-10..2025-01-19 in time to 2025-01-19',
    );
    expect(given(...contact, paused('2025-01-11'), resumed('2025-01-20')).segments('YEARLY', 'assignment')[0]).toBe(
      'MET 2024-01-10..2025-01-09 in time to 2025-01-09',
    );
    expect(given(...contact, paused('2025-01-10')).segments('YEARLY', 'assignment')).toEqual(['MET 2024-01-10..']);
  });
});
