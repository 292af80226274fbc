import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../../kernel/time/day.js';
import { an } from '../assessment.spec-helper.js';
import { leadTimes, milestonesOf } from './lead-times.js';

const steps = (start: string, offer?: string, answer?: string, contact?: string, plan?: string) =>
  milestonesOf(
    an({
      ongoing: start,
      judged: [start],
      ...(offer === undefined ? {} : { offeredFrom: offer }),
      standing: answer === undefined ? [] : [['YES', answer]],
      primary: contact === undefined ? [] : [['a1', contact]],
      ...(plan === undefined ? {} : { planAgreedFrom: plan }),
    }),
  )!;

describe('lead times', () => {
  const episodes = [
    steps('2024-01-01', '2024-01-05', '2024-01-06', '2024-01-10', '2024-01-30'),
    steps('2024-01-01', '2024-01-11', '2024-01-14', '2024-02-10'),
    steps('2024-01-01', '2024-02-01'),
    steps('2024-01-01'),
  ];

  it('are medians over those that have taken both steps', () => {
    expect(leadTimes(episodes, dayOf('2024-12-31'))).toEqual({
      startToOffer: 10,
      offerToAnswer: 2,
      answerToContact: 15.5,
      contactToPlan: 20,
    });
  });

  it('know only what had happened by the day', () => {
    expect(leadTimes(episodes, dayOf('2024-01-11'))).toEqual({
      startToOffer: 7,
      offerToAnswer: 1,
      answerToContact: 4,
      contactToPlan: null,
    });
    expect(leadTimes(episodes, dayOf('2024-01-04'))).toEqual({
      startToOffer: null,
      offerToAnswer: null,
      answerToContact: null,
      contactToPlan: null,
    });
  });

  it('count what was done before the duty, or before the step it follows, as no days', () => {
    const early = milestonesOf(
      an({
        ongoing: '2022-01-01',
        judged: ['2022-07-01'],
        offeredFrom: '2022-03-01',
        standing: [['YES', '2022-02-01']],
      }),
    );
    expect(leadTimes([early!], dayOf('2022-07-01'))).toMatchObject({ startToOffer: 0, offerToAnswer: 0 });
    expect(leadTimes([steps('2024-01-01', '2024-01-10', '2024-01-08')], dayOf('2024-02-01')).offerToAnswer).toBe(0);
  });

  it('are nobody’s where there is no duty', () => {
    expect(milestonesOf(an({ ongoing: '2024-01-01', judged: [['2024-01-01', undefined, 'local']] }))).toBeUndefined();
  });
});
