import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../../kernel/time/day.js';
import { an, interval, segment } from '../assessment.spec-helper.js';
import { contactLoads } from './contact-load.js';
import { dueItems, dueKey } from './due-items.js';
import { namedRow, peopleOf, stateOn, unitRow } from './unit-row.js';

const DAY = dayOf('2024-06-01');
const ongoing = '2024-01-01';
const judged = ['2024-01-01'];
const picture = (
  assignment: string,
  staff: string,
  role: 'PRIMARY' | 'SECOND' | 'DEPUTY',
  more: { from?: string; to?: string; absent?: string; basis?: 'CERTIFICATE' | 'NONE' } = {},
) => ({
  ...interval(more.from ?? '2024-02-01', more.to),
  assignment,
  staff,
  role,
  absent: more.absent === undefined ? [] : [interval(more.absent)],
  titles: [{ ...interval('2024-02-01'), basis: more.basis ?? ('CERTIFICATE' as const) }],
});

describe('the state of an episode, the first that fits', () => {
  const yes = { offeredFrom: '2024-01-05', standing: [['YES', '2024-01-10']] as const };
  it.each([
    ['PAUSED', { ...yes, paused: ['2024-05-01'], primary: [['a1', '2024-02-01']] as const }],
    ['ACTIVE', { ...yes, primary: [['a1', '2024-02-01']] as const }],
    ['ACCEPTED_NO_CONTACT', { ...yes, primary: [['a1', '2024-02-01', '2024-06-01']] as const }],
    [
      'DECLINED',
      {
        offeredFrom: '2024-01-05',
        standing: [
          ['YES', '2024-01-10', '2024-03-01'],
          ['NO', '2024-03-01'],
        ] as const,
      },
    ],
    ['OFFER_PENDING', { offeredFrom: '2024-06-01', validAssessments: ['2024-02-01'], assessed: ['2024-02-01'] }],
    ['UNNECESSARY', { offeredFrom: '2024-06-02', validAssessments: ['2024-02-01'], assessed: ['2024-02-01'] }],
    ['UNNECESSARY_REASSESS', { validAssessments: [['2024-02-01', '2024-06-01'] as const], assessed: ['2024-02-01'] }],
    ['NOT_OFFERED', {}],
  ])('%s', (state, told) => {
    expect(stateOn(an({ ongoing, judged, ...told }), DAY)).toBe(state);
  });
});

describe('the row of an episode', () => {
  it('is there on ongoing days only, the last of them included', () => {
    const assessment = an({ ongoing: ['2024-01-01', '2024-06-02'], judged: [['2024-01-01', '2024-06-02']] });
    expect(
      ['2023-12-31', '2024-01-01', '2024-06-01', '2024-06-02'].map(
        (day) => unitRow(assessment, dayOf(day)) !== undefined,
      ),
    ).toEqual([false, true, true, false]);
  });

  it('tells contacts in order of role, breaches since when, and what is due next', () => {
    const row = unitRow(
      an({
        ongoing,
        judged,
        assignments: [
          picture('a3', 's3', 'DEPUTY'),
          picture('a2', 's2', 'SECOND', { to: '2024-06-01' }),
          picture('a1', 's1', 'PRIMARY', { absent: '2024-05-20', basis: 'NONE' }),
        ],
        segments: [
          segment('TITLE', 'BREACH', '2024-02-01', undefined, {
            assignment: 'a1',
            titleBasis: 'NONE',
            kind: 'STATUTORY',
          }),
          segment('YEARLY', 'MET', '2024-02-01', '2025-02-01', { assignment: 'a1', dueOn: dayOf('2025-01-31') }),
          segment('SIGNED', 'DUE', '2024-05-25', '2024-06-10', { assignment: 'a1', dueOn: dayOf('2024-06-09') }),
          segment('PLAN', 'BREACH', '2024-03-01', '2024-06-01'),
        ],
      }),
      DAY,
    );
    expect(row).toMatchObject({
      local: false,
      contacts: [
        { assignment: 'a1', role: 'PRIMARY', titleBasis: 'NONE', absent: true },
        { assignment: 'a3', role: 'DEPUTY', titleBasis: 'CERTIFICATE', absent: false },
      ],
      breaches: [{ rule: 'TITLE', assignment: 'a1', kind: 'STATUTORY', since: '2024-02-01' }],
      nextDue: { rule: 'SIGNED', dueOn: '2024-06-09' },
    });
  });

  it('tells warnings since when, but not that the care started late, and open wishes for another contact', () => {
    const request = (id: string, from: string, to?: string) => ({
      ...interval(from, to),
      request: id,
      assignment: 'a1',
      since: dayOf('2024-03-01'),
    });
    const row = unitRow(
      an({
        ongoing,
        judged,
        changeRequests: [request('open', '2024-03-01', '2024-06-02'), request('closed', '2024-03-01', '2024-06-01')],
        segments: [
          segment('NAMED', 'WARNING', '2024-02-15', undefined, { assignment: 'a1' }),
          segment('INFORMED', 'WARNING', '2024-01-05', '2024-06-01'),
          segment('STARTED_IN_TIME', 'WARNING', '2024-01-01'),
        ],
      }),
      DAY,
    );
    expect(row).toMatchObject({
      breaches: [],
      warnings: [{ rule: 'NAMED', assignment: 'a1', kind: 'LOCAL', since: '2024-02-15' }],
    });
    expect(row?.changeRequests).toEqual([{ request: 'open', assignment: 'a1', since: '2024-03-01' }]);
  });

  it('has the names of its people, and null for those that cannot be read', () => {
    const row = unitRow(an({ ongoing, judged, assignments: [picture('a1', 's1', 'PRIMARY')] }), DAY)!;
    expect(peopleOf(row)).toEqual(['recipient-recipient-1', 'staff-s1']);
    expect(namedRow(row, (stream) => `the name in ${stream}`)).toMatchObject({
      recipientName: 'the name in recipient-recipient-1',
      contacts: [{ staff: 's1', name: 'the name in staff-s1' }],
    });
    expect(namedRow(row, () => undefined)).toMatchObject({ recipientName: null, contacts: [{ name: null }] });
  });

  it('is local on a local day and on a day that no rule judges', () => {
    const assessment = an({ ongoing, careForm: 'LSS', judged: [['2024-05-01', undefined, 'local']] });
    expect([unitRow(assessment, dayOf('2024-04-30')), unitRow(assessment, DAY)].map((row) => row?.local)).toEqual([
      true,
      true,
    ]);
  });
});

describe('what falls due', () => {
  it('is told in order of day, of both ends of the period, and by what holds on its first day alone', () => {
    const due = (rule: string, dueOn: string, from = '2024-05-01') =>
      segment(rule, 'DUE', from, undefined, { dueOn: dayOf(dueOn) });
    const assessments = [
      an({ ongoing, judged, episode: 'e2', segments: [due('PLAN', '2024-06-30'), due('ANSWER', '2024-06-01')] }),
      an({
        ongoing,
        judged,
        episode: 'e1',
        segments: [
          due('PLAN', '2024-06-30'),
          due('OFFER', '2024-07-01'),
          due('SIGNED', '2024-05-31'),
          due('NAMED', '2024-06-15', '2024-06-02'),
        ],
      }),
    ];
    expect(dueItems(assessments, DAY, dayOf('2024-06-30')).map((item) => dueKey(item).slice(0, 3))).toEqual([
      ['2024-06-01', 'ANSWER', 'e2'],
      ['2024-06-30', 'PLAN', 'e1'],
      ['2024-06-30', 'PLAN', 'e2'],
    ]);
  });
});

describe('booked meetings', () => {
  const meeting = (on: string, from: string, to?: string) => ({ ...interval(from, to), on: dayOf(on), event: 'b' });
  const booked = (episode: string, ...bookedMeetings: ReturnType<typeof meeting>[]) =>
    an({ ongoing, judged, episode, bookedMeetings });

  it('fall due on their day, beside what the rule says of them, while nothing has followed', () => {
    const assessments = [
      an({
        ongoing,
        judged,
        episode: 'e1',
        bookedMeetings: [meeting('2024-06-10', '2024-05-01', '2024-06-05')],
        segments: [segment('BOOKED', 'MET', '2024-05-01', '2024-06-11', { dueOn: dayOf('2024-06-10') })],
      }),
      booked('held', meeting('2024-06-10', '2024-05-01', '2024-06-01')),
      booked('moved', meeting('2024-06-20', '2024-05-01', '2024-05-15'), meeting('2024-06-30', '2024-05-15')),
      booked('past', meeting('2024-05-31', '2024-05-01')),
      booked('after', meeting('2024-07-01', '2024-05-01')),
    ];
    expect(dueItems(assessments, DAY, dayOf('2024-06-30'))).toEqual([
      { kind: 'MEETING', dueOn: '2024-06-10', episode: 'e1', recipient: 'recipient-1' },
      { kind: 'RULE', rule: 'BOOKED', dueOn: '2024-06-10', episode: 'e1', recipient: 'recipient-1', status: 'MET' },
      { kind: 'MEETING', dueOn: '2024-06-30', episode: 'moved', recipient: 'recipient-1' },
    ]);
  });
});

describe('the load of contacts', () => {
  it('counts recipients, not episodes and not registrations, and tells the weakest title', () => {
    const assessments = [
      an({ ongoing, judged, episode: 'e1', recipient: 'r1', assignments: [picture('a1', 's1', 'PRIMARY')] }),
      an({
        ongoing,
        judged,
        episode: 'e2',
        recipient: 'r1',
        assignments: [picture('a2', 's1', 'PRIMARY', { basis: 'NONE', absent: '2024-05-01' })],
      }),
      an({ ongoing, judged, episode: 'e3', recipient: 'r1-again', assignments: [picture('a3', 's1', 'PRIMARY')] }),
      an({
        ongoing,
        judged,
        episode: 'e4',
        recipient: 'r2',
        assignments: [picture('a4', 's1', 'DEPUTY'), picture('a5', 's0', 'SECOND')],
      }),
    ];
    expect(contactLoads(assessments, DAY, (recipient) => recipient.slice(0, 2))).toEqual([
      { staff: 's0', titleBasis: 'CERTIFICATE', absent: false, primary: 0, second: 1, deputy: 0 },
      { staff: 's1', titleBasis: 'NONE', absent: true, primary: 1, second: 0, deputy: 1 },
    ]);
  });
});
