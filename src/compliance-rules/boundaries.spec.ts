import { describe, expect, it } from '@jest/globals';
import { dayOf, formatDay } from '../kernel/time/day.js';
import {
  absent,
  accepted,
  assigned,
  back,
  consentGiven,
  contactEnded,
  declined,
  educationApproved,
  ended,
  followUpHeld,
  followUpPlanned,
  informed,
  left,
  offered,
  paused,
  planAgreed,
  policy,
  recordedIn,
  resumed,
  servicesChanged,
  signed,
  started,
  titleVerified,
  trained,
  transitionDocumented,
  type GivenFact,
  unnecessary,
  yearlyHeld,
} from './testing/facts.spec-helper.js';
import { given, type History } from './testing/history.spec-helper.js';
import { INFORMATION_ITEMS } from './rules/informed.rule.js';

/** The statuses on the day before, on the day, and on the day after. `-` is no status. */
type Around = readonly [string, string, string];
type Row = readonly [
  boundary: string,
  history: History,
  rule: string,
  day: string,
  around: Around,
  assignment?: string,
];

const yes = [started('2024-01-01'), offered('2024-01-01'), accepted('2024-01-01')];
const served = [...yes, assigned('2024-02-01')];
const early = [started('2022-01-01'), offered('2022-07-01'), accepted('2022-07-01'), assigned('2022-07-01')];
const planned = [...yes, planAgreed('2024-02-01', { followUpOn: '2024-05-31' })];
const unplanned = (day: string, ...more: readonly GivenFact[]) => given(...yes, planAgreed(day), ...more);
const local = policy('2000-01-01', { localRulesFor: ['HOUSING_SUPPORT', 'RESIDENTIAL_CARE', 'HOME_CARE', 'LSS'] });

/** Each row is a boundary between two statuses (or none), read at −1, 0 and +1 day. */
const ROWS: readonly Row[] = [
  [
    'the duty begins on 2022-07-01 (4 kap. 2 b § SoL 2001:453)',
    given(started('2022-03-01')),
    'OFFER',
    '2022-07-01',
    ['-', 'DUE', 'DUE'],
  ],
  [
    'before the duty a local policy makes days judged',
    given(local, started('2022-06-29')),
    'OFFER',
    '2022-06-29',
    ['-', 'DUE', 'DUE'],
  ],
  [
    'a local day before the duty belongs to the same stretch',
    given(local, started('2022-06-25')),
    'OFFER',
    '2022-07-08',
    ['DUE', 'DUE', 'BREACH'],
  ],
  ['last day of DUE after 14 days', given(started('2024-01-01')), 'OFFER', '2024-01-14', ['DUE', 'DUE', 'BREACH']],
  ['last day of DUE is a leap day', given(started('2024-02-16')), 'OFFER', '2024-02-29', ['DUE', 'DUE', 'BREACH']],
  [
    'last day of DUE over the end of February in a common year',
    given(started('2023-02-16')),
    'OFFER',
    '2023-03-01',
    ['DUE', 'DUE', 'BREACH'],
  ],
  [
    'no days at all',
    given(policy('2000-01-01', { offerTargetDays: 0 }), started('2024-01-01')),
    'OFFER',
    '2024-01-01',
    ['-', 'BREACH', 'BREACH'],
  ],
  [
    'one day',
    given(policy('2000-01-01', { offerTargetDays: 1 }), started('2024-01-01')),
    'OFFER',
    '2024-01-01',
    ['-', 'DUE', 'BREACH'],
  ],
  [
    'a pause stretches the count',
    given(started('2024-01-01'), paused('2024-01-05'), resumed('2024-01-08')),
    'OFFER',
    '2024-01-17',
    ['DUE', 'DUE', 'BREACH'],
  ],
  [
    'a pause from the day after the last counted day comes too late',
    given(started('2024-01-01'), paused('2024-01-15')),
    'OFFER',
    '2024-01-14',
    ['DUE', 'DUE', 'BREACH'],
  ],
  [
    'a pause on the last counted day moves it',
    given(started('2024-01-01'), paused('2024-01-14'), resumed('2024-01-16')),
    'OFFER',
    '2024-01-16',
    ['DUE', 'DUE', 'BREACH'],
  ],
  [
    'a pause over the start',
    given(started('2024-01-05'), paused('2024-01-01'), resumed('2024-01-07')),
    'OFFER',
    '2024-01-20',
    ['DUE', 'DUE', 'BREACH'],
  ],
  [
    'the law moves on 2025-07-01, the duty does not',
    given(started('2025-06-24')),
    'OFFER',
    '2025-07-01',
    ['DUE', 'DUE', 'DUE'],
  ],
  [
    'the count goes on across 2025-07-01',
    given(started('2025-06-24')),
    'OFFER',
    '2025-07-07',
    ['DUE', 'DUE', 'BREACH'],
  ],
  [
    'the day of the offer',
    given(started('2024-01-01'), offered('2024-02-01')),
    'OFFER',
    '2024-02-01',
    ['BREACH', 'MET', 'MET'],
  ],
  ['the episode ends', given(started('2024-01-01'), ended('2024-01-10')), 'OFFER', '2024-01-09', ['DUE', 'DUE', '-']],
  [
    'the day of an assessment',
    given(started('2024-01-01'), unnecessary('2024-01-10')),
    'OFFER',
    '2024-01-10',
    ['DUE', 'MET', 'MET'],
  ],
  [
    'the services change under an assessment',
    given(started('2024-01-01'), unnecessary('2024-01-01'), servicesChanged('2024-03-01', 'MEALS')),
    'OFFER',
    '2024-03-01',
    ['MET', 'DUE', 'DUE'],
  ],
  [
    'a new stretch is counted anew',
    given(started('2024-01-01'), unnecessary('2024-01-10'), servicesChanged('2024-03-01', 'MEALS')),
    'OFFER',
    '2024-03-14',
    ['DUE', 'DUE', 'BREACH'],
  ],
  [
    'residential care may have the duty from 2026-07-01',
    given(policy('2026-01-01', { residentialCareDuty: true }), started('2026-01-01', { careForm: 'RESIDENTIAL_CARE' })),
    'OFFER',
    '2026-07-01',
    ['-', 'DUE', 'DUE'],
  ],
  [
    'residential care with a policy adopted later',
    given(policy('2026-08-01', { residentialCareDuty: true }), started('2026-01-01', { careForm: 'RESIDENTIAL_CARE' })),
    'OFFER',
    '2026-08-01',
    ['-', 'DUE', 'DUE'],
  ],
  [
    'a local policy begins',
    given(policy('2024-03-01', { localRulesFor: ['LSS'] }), started('2024-01-01', { careForm: 'LSS' })),
    'OFFER',
    '2024-03-01',
    ['-', 'DUE', 'DUE'],
  ],
  [
    'a local policy is withdrawn',
    given(local, policy('2024-03-01', {}), started('2024-02-20', { careForm: 'HOUSING_SUPPORT' })),
    'OFFER',
    '2024-03-01',
    ['DUE', '-', '-'],
  ],

  [
    'the day of an assessment',
    given(started('2024-01-01'), unnecessary('2024-02-01')),
    'UNNECESSARY',
    '2024-02-01',
    ['-', 'MET', 'MET'],
  ],
  [
    'the day of an assessment without the recipient’s view',
    given(started('2024-01-01'), unnecessary('2024-02-01', {})),
    'UNNECESSARY',
    '2024-02-01',
    ['-', 'WARNING', 'WARNING'],
  ],
  [
    'the services change',
    given(started('2024-01-01'), unnecessary('2024-02-01'), servicesChanged('2024-03-01', 'MEALS')),
    'UNNECESSARY',
    '2024-03-01',
    ['MET', 'BREACH', 'BREACH'],
  ],
  [
    'the services change, without a view',
    given(started('2024-01-01'), unnecessary('2024-02-01', {}), servicesChanged('2024-03-01', 'MEALS')),
    'UNNECESSARY',
    '2024-03-01',
    ['WARNING', 'BREACH', 'BREACH'],
  ],
  [
    'a new assessment',
    given(
      started('2024-01-01'),
      unnecessary('2024-02-01'),
      servicesChanged('2024-03-01', 'MEALS'),
      unnecessary('2024-03-10'),
    ),
    'UNNECESSARY',
    '2024-03-10',
    ['BREACH', 'MET', 'MET'],
  ],
  [
    'an offer',
    given(started('2024-01-01'), unnecessary('2024-02-01'), offered('2024-03-01')),
    'UNNECESSARY',
    '2024-03-01',
    ['MET', '-', '-'],
  ],

  [
    'the day of the offer',
    given(started('2024-01-01'), offered('2024-02-01')),
    'ANSWER',
    '2024-02-01',
    ['-', 'DUE', 'DUE'],
  ],
  [
    'last day of DUE',
    given(started('2024-01-01'), offered('2024-02-01')),
    'ANSWER',
    '2024-02-14',
    ['DUE', 'DUE', 'WARNING'],
  ],
  [
    'last day of DUE for an offer before the start',
    given(started('2024-01-10'), offered('2024-01-01')),
    'ANSWER',
    '2024-01-14',
    ['DUE', 'DUE', 'WARNING'],
  ],
  [
    'the answer',
    given(started('2024-01-01'), offered('2024-02-01'), accepted('2024-02-10')),
    'ANSWER',
    '2024-02-10',
    ['DUE', 'MET', 'MET'],
  ],
  [
    'a late answer',
    given(started('2024-01-01'), offered('2024-02-01'), declined('2024-03-10')),
    'ANSWER',
    '2024-03-10',
    ['WARNING', 'MET', 'MET'],
  ],
  [
    'a new offer',
    given(started('2024-01-01'), offered('2024-02-01'), accepted('2024-02-02'), offered('2024-03-01', 'second')),
    'ANSWER',
    '2024-03-01',
    ['MET', 'DUE', 'DUE'],
  ],

  [
    'a no without a reason',
    given(started('2024-01-01'), offered('2024-01-01'), declined('2024-02-01', 'offer', {})),
    'DECLINE_REASON',
    '2024-02-01',
    ['-', 'BREACH', 'BREACH'],
  ],
  [
    'a no with a reason',
    given(started('2024-01-01'), offered('2024-01-01'), declined('2024-02-01')),
    'DECLINE_REASON',
    '2024-02-01',
    ['-', 'MET', 'MET'],
  ],
  [
    'a yes after it',
    given(started('2024-01-01'), offered('2024-01-01'), declined('2024-02-01', 'offer', {}), accepted('2024-03-01')),
    'DECLINE_REASON',
    '2024-03-01',
    ['BREACH', '-', '-'],
  ],

  [
    'a yes',
    given(started('2023-12-01'), offered('2023-12-01'), accepted('2024-01-01')),
    'ASSIGNED',
    '2024-01-01',
    ['-', 'DUE', 'DUE'],
  ],
  ['last day of DUE', given(...yes), 'ASSIGNED', '2024-01-14', ['DUE', 'DUE', 'BREACH']],
  ['a primary is assigned', given(...served), 'ASSIGNED', '2024-02-01', ['BREACH', 'MET', 'MET']],
  ['the primary ends', given(...served, contactEnded('2024-03-01')), 'ASSIGNED', '2024-03-01', ['MET', 'DUE', 'DUE']],
  [
    'the primary leaves the employment',
    given(...served, left('anna', '2024-03-01')),
    'ASSIGNED',
    '2024-03-01',
    ['MET', 'DUE', 'DUE'],
  ],
  [
    'a no while a primary is there',
    given(...served, declined('2024-03-01')),
    'ASSIGNED',
    '2024-03-01',
    ['MET', 'WARNING', 'WARNING'],
  ],
  [
    'the primary ends after a no',
    given(...served, declined('2024-03-01'), contactEnded('2024-03-05')),
    'ASSIGNED',
    '2024-03-05',
    ['WARNING', '-', '-'],
  ],

  [
    'the title is required from 2023-07-01 (3 kap. 3 d § SoL 2001:453)',
    given(...early),
    'TITLE',
    '2023-07-01',
    ['-', 'BREACH', 'BREACH'],
    'assignment',
  ],
  [
    'a certificate counts from its own date',
    given(...served, titleVerified('anna', '2024-06-01', '2024-03-01')),
    'TITLE',
    '2024-03-01',
    ['BREACH', 'MET', 'MET'],
    'assignment',
  ],
  [
    'the transition provision ends with 2033-06-30',
    given(...early, transitionDocumented('anna', '2024-01-01')),
    'TITLE',
    '2033-06-30',
    ['MET', 'MET', 'BREACH'],
    'assignment',
  ],
  [
    'a policy ends the use of the transition provision',
    given(policy('2024-05-01', { allowTransition: false }), ...served, transitionDocumented('anna', '2024-01-01')),
    'TITLE',
    '2024-05-01',
    ['MET', 'BREACH', 'BREACH'],
    'assignment',
  ],
  [
    'approved education outside home care',
    given(
      local,
      started('2024-01-01', { careForm: 'LSS' }),
      assigned('2024-01-01'),
      educationApproved('anna', '2024-03-01'),
    ),
    'TITLE',
    '2024-03-01',
    ['BREACH', 'MET', 'MET'],
    'assignment',
  ],
  [
    'approved education is not enough once residential care has the duty',
    given(
      local,
      policy('2026-07-01', { residentialCareDuty: true }),
      started('2024-01-01', { careForm: 'RESIDENTIAL_CARE' }),
      assigned('2024-01-01'),
      educationApproved('anna', '2024-01-01'),
    ),
    'TITLE',
    '2026-07-01',
    ['MET', 'BREACH', 'BREACH'],
    'assignment',
  ],

  [
    'the training',
    given(...served, trained('anna', '2024-03-01')),
    'TRAINING',
    '2024-03-01',
    ['BREACH', 'MET', 'MET'],
    'assignment',
  ],
  [
    'the assignment ends',
    given(...served, contactEnded('2024-03-01')),
    'TRAINING',
    '2024-03-01',
    ['BREACH', '-', '-'],
    'assignment',
  ],

  ['last day of DUE', given(...served), 'SIGNED', '2024-02-14', ['DUE', 'DUE', 'BREACH'], 'assignment'],
  [
    'the signature in time',
    given(...served, signed('anna', '2024-02-10')),
    'SIGNED',
    '2024-02-10',
    ['DUE', 'MET', 'MET'],
    'assignment',
  ],
  [
    'a late signature',
    given(...served, signed('anna', '2024-04-10')),
    'SIGNED',
    '2024-04-10',
    ['BREACH', 'MET', 'MET'],
    'assignment',
  ],

  ['a year after the start', given(...served), 'YEARLY', '2025-01-31', ['MET', 'MET', 'BREACH'], 'assignment'],
  [
    'a year after a leap day is the last of February',
    given(...yes, assigned('2024-02-29')),
    'YEARLY',
    '2025-02-28',
    ['MET', 'BREACH', 'BREACH'],
    'assignment',
  ],
  [
    'six months after 31 August is the last of February',
    given(policy('2000-01-01', { yearlyMonths: 6 }), started('2023-01-01'), assigned('2023-08-31')),
    'YEARLY',
    '2024-02-29',
    ['MET', 'BREACH', 'BREACH'],
    'assignment',
  ],
  [
    'a year after the follow-up',
    given(...served, yearlyHeld('anna', '2024-05-10')),
    'YEARLY',
    '2025-05-10',
    ['MET', 'BREACH', 'BREACH'],
    'assignment',
  ],
  [
    'the day that ends the year is paused',
    given(...served, paused('2025-01-20'), resumed('2025-02-10')),
    'YEARLY',
    '2025-02-10',
    ['MET', 'BREACH', 'BREACH'],
    'assignment',
  ],
  [
    'a late follow-up',
    given(...served, yearlyHeld('anna', '2025-03-01')),
    'YEARLY',
    '2025-03-01',
    ['BREACH', 'MET', 'MET'],
    'assignment',
  ],

  ['last day of DUE', given(...yes), 'PLAN', '2024-01-30', ['DUE', 'DUE', 'BREACH']],
  ['the plan in time', given(...yes, planAgreed('2024-01-20')), 'PLAN', '2024-01-20', ['DUE', 'MET', 'MET']],
  ['a late plan', given(...yes, planAgreed('2024-02-20')), 'PLAN', '2024-02-20', ['BREACH', 'MET', 'MET']],
  ['a no', given(...yes, planAgreed('2024-01-20'), declined('2024-03-01')), 'PLAN', '2024-03-01', ['MET', '-', '-']],

  ['the first plan, with a date', given(...planned), 'FOLLOW_UP_DATE', '2024-02-01', ['-', 'MET', 'MET']],
  [
    'the first plan, without a date',
    unplanned('2024-02-01'),
    'FOLLOW_UP_DATE',
    '2024-02-01',
    ['-', 'BREACH', 'BREACH'],
  ],
  [
    'a date set later',
    unplanned('2024-02-01', followUpPlanned('2024-02-10', '2024-06-01')),
    'FOLLOW_UP_DATE',
    '2024-02-10',
    ['BREACH', 'MET', 'MET'],
  ],
  [
    'a follow-up that sets no new date',
    given(...planned, followUpHeld('2024-05-31')),
    'FOLLOW_UP_DATE',
    '2024-05-31',
    ['MET', 'BREACH', 'BREACH'],
  ],

  ['the due day is in time', given(...planned), 'FOLLOW_UP', '2024-05-31', ['MET', 'MET', 'BREACH']],
  [
    'the due day is paused',
    given(...planned, paused('2024-05-20'), resumed('2024-06-05')),
    'FOLLOW_UP',
    '2024-06-05',
    ['MET', 'MET', 'BREACH'],
  ],
  ['without a date, six months', unplanned('2024-02-01'), 'FOLLOW_UP', '2024-08-01', ['MET', 'MET', 'BREACH']],
  ['six months after 31 August', unplanned('2024-08-31'), 'FOLLOW_UP', '2025-02-28', ['MET', 'MET', 'BREACH']],
  [
    'a late follow-up',
    given(...planned, followUpHeld('2024-07-01')),
    'FOLLOW_UP',
    '2024-07-01',
    ['BREACH', 'MET', 'MET'],
  ],

  ['last day of DUE', given(...served), 'NAMED', '2024-02-14', ['DUE', 'DUE', 'WARNING'], 'assignment'],
  [
    'the last of three documents in time',
    given(
      ...served,
      recordedIn('JOURNAL', '2024-02-01'),
      recordedIn('PLAN', '2024-02-02'),
      recordedIn('PROFILE', '2024-02-10'),
    ),
    'NAMED',
    '2024-02-10',
    ['DUE', 'MET', 'MET'],
    'assignment',
  ],
  [
    'the last of three documents late',
    given(
      ...served,
      recordedIn('JOURNAL', '2024-04-01'),
      recordedIn('PLAN', '2024-02-02'),
      recordedIn('PROFILE', '2024-02-10'),
    ),
    'NAMED',
    '2024-04-01',
    ['WARNING', 'MET', 'MET'],
    'assignment',
  ],

  ['the primary is away', given(...served, absent('2024-03-01')), 'DEPUTY', '2024-03-01', ['-', 'WARNING', 'WARNING']],
  [
    'the primary comes back',
    given(...served, absent('2024-03-01'), back('2024-03-11')),
    'DEPUTY',
    '2024-03-11',
    ['WARNING', '-', '-'],
  ],
  [
    'a deputy comes',
    given(...served, absent('2024-03-01'), assigned('2024-03-05', 'deputy', 'bo', 'DEPUTY')),
    'DEPUTY',
    '2024-03-05',
    ['WARNING', 'MET', 'MET'],
  ],

  [
    'a relative at a meeting, with consent',
    given(
      ...yes,
      consentGiven('2024-02-01', 'c'),
      followUpHeld('2024-02-01', { attendees: [{ kind: 'RELATIVE', consent: 'c' }] }),
    ),
    'CONSENT',
    '2024-02-01',
    ['-', 'MET', '-'],
  ],
  [
    'a relative at a meeting, with consent from the next day',
    given(
      ...yes,
      consentGiven('2024-02-02', 'c'),
      followUpHeld('2024-02-01', { attendees: [{ kind: 'RELATIVE', consent: 'c' }] }),
    ),
    'CONSENT',
    '2024-02-01',
    ['-', 'WARNING', '-'],
  ],

  [
    'the day of the offer',
    given(started('2024-01-01'), offered('2024-02-01')),
    'INFORMED',
    '2024-02-01',
    ['-', 'WARNING', 'WARNING'],
  ],
  [
    'all items',
    given(started('2024-01-01'), offered('2024-02-01'), informed('2024-02-10', INFORMATION_ITEMS)),
    'INFORMED',
    '2024-02-10',
    ['WARNING', 'MET', 'MET'],
  ],
];

describe('each rule at each boundary, on the day before, on it and after it', () => {
  it.each(ROWS.map((row) => ({ row, title: `${row[2]}: ${row[0]}` })))(
    '$title',
    ({ row: [, history, rule, day, around, assignment] }) => {
      const segments = history
        .assessment()!
        .segments.filter((each) => each.rule === rule && each.assignment === assignment);
      const statuses = [-1, 0, 1].map((offset) => {
        const at = dayOf(day) + offset;
        const segment = segments.find(({ from, to }) => from <= at && (to === undefined || at < to));
        return `${formatDay(at)} ${segment?.status ?? '-'}`;
      });
      expect(statuses).toEqual(around.map((status, index) => `${formatDay(dayOf(day) + index - 1)} ${status}`));
    },
  );

  it('passes every status that each rule can have', () => {
    const passed = new Set(ROWS.flatMap(([, , rule, , around]) => around.map((status) => `${rule} ${status}`)));
    const POSSIBLE: Readonly<Record<string, readonly string[]>> = {
      OFFER: ['MET', 'DUE', 'BREACH'],
      UNNECESSARY: ['MET', 'WARNING', 'BREACH'],
      ANSWER: ['MET', 'DUE', 'WARNING'],
      DECLINE_REASON: ['MET', 'BREACH'],
      ASSIGNED: ['MET', 'DUE', 'BREACH', 'WARNING'],
      TITLE: ['MET', 'BREACH'],
      TRAINING: ['MET', 'BREACH'],
      SIGNED: ['MET', 'DUE', 'BREACH'],
      YEARLY: ['MET', 'BREACH'],
      PLAN: ['MET', 'DUE', 'BREACH'],
      FOLLOW_UP_DATE: ['MET', 'BREACH'],
      FOLLOW_UP: ['MET', 'BREACH'],
      NAMED: ['MET', 'DUE', 'WARNING'],
      DEPUTY: ['MET', 'WARNING'],
      CONSENT: ['MET', 'WARNING'],
      INFORMED: ['MET', 'WARNING'],
    };
    for (const [rule, statuses] of Object.entries(POSSIBLE))
      for (const status of statuses) expect(passed).toContain(`${rule} ${status}`);
  });
});
