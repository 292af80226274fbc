import { annul, fact, no, offer, policy, started, yes, type HandMade } from '../hand-made.js';
import { casesOf, type ContractCase } from './contract-case.js';

const offered = [...started('2024-01-01'), offer('2024-01-01')];
const accepted = [...offered, yes('2024-01-10')];
const assessed = (on: string, over: object = {}): HandMade =>
  fact('ObviousUnnecessityAssessed', on, { criteria: ['ONLY_MEALS'], reason: 'x', recipientView: 'x', ...over });
const meeting = (on: string): HandMade =>
  fact('PlanMeetingHeld', on, { form: 'PHYSICAL_MEETING', items: [], attendees: [] });
const noted = (line: number, on: string, document = 'JOURNAL'): HandMade =>
  fact('RecordedInDocument', on, { document, about: { ref: String(line) } });
const week = policy({ noteTargetDays: 7 });
const informed = (on: string): HandMade => fact('InformationGiven', on, { form: 'WRITTEN', items: [], attendees: [] });
const risks = (on: string): HandMade => fact('HomeRiskAssessed', on, {});

const CRITERIA = ['ONLY_MEALS', 'ONLY_SAFETY_ALARM', 'ONLY_CLEANING_SHOPPING', 'VISITED_DAILY'];
const criteria = policy({ unnecessityCriteria: CRITERIA });
const unnecessary = (
  over: object,
  services: readonly string[] = ['MEALS'],
  ...more: readonly HandMade[]
): readonly HandMade[] => [...started('2024-01-01', { services }), criteria, assessed('2024-01-05', over), ...more];
const on = (status: string): Readonly<Record<string, string>> => ({ '2024-01-05': status });

export const localCases: readonly ContractCase[] = [
  ...casesOf(
    'NOTED',
    { says: 'is off by default', facts: accepted, on: { '2024-01-30': '-' } },
    {
      says: 'an answer stands in the journal',
      facts: [...accepted, week, noted(3, '2024-01-20')],
      on: { '2024-01-09': '-', '2024-01-10': 'DUE 2024-01-16', '2024-01-17': 'WARNING', '2024-01-20': 'MET' },
    },
    {
      says: 'a no too, and each of several answers by itself',
      facts: [...offered, week, no('2024-01-03'), yes('2024-01-20'), noted(4, '2024-01-20')],
      on: { '2024-01-09': 'DUE 2024-01-09', '2024-01-10': 'WARNING', '2024-01-20': 'DUE 2024-01-26' },
    },
    {
      says: 'an assessment and a meeting; of several open the earliest',
      facts: [...started('2024-01-01'), week, assessed('2024-01-05'), meeting('2024-01-08'), noted(3, '2024-01-11')],
      on: {
        '2024-01-04': '-',
        '2024-01-05': 'DUE 2024-01-11',
        '2024-01-10': 'DUE 2024-01-11',
        '2024-01-11': 'DUE 2024-01-14',
        '2024-01-15': 'WARNING',
      },
    },
    {
      says: 'plan and profile are not the journal',
      facts: [...accepted, week, noted(3, '2024-01-11', 'PLAN'), noted(3, '2024-01-11', 'PROFILE')],
      on: { '2024-01-17': 'WARNING' },
    },
    {
      says: 'noted on an earlier day is noted',
      facts: [...accepted, week, noted(3, '2024-01-02')],
      on: { '2024-01-10': 'MET' },
    },
    {
      says: 'what is no answer need not be noted',
      facts: [...offered, week, yes('2024-01-10', 'o1', { answeredBy: 'REPRESENTATIVE', representative: 'g' })],
      on: { '2024-01-30': '-' },
    },
    { says: 'what was annulled need not be noted', facts: [...accepted, week, annul(3)], on: { '2024-01-30': '-' } },
    {
      says: 'each is on by the policy of its own day',
      facts: [...accepted, policy({ noteTargetDays: 7 }, '2024-01-11'), meeting('2024-01-20')],
      on: { '2024-01-19': '-', '2024-01-20': 'DUE 2024-01-26' },
    },
    {
      says: '0 is a value: on the day itself',
      facts: [
        ...accepted,
        policy({ noteTargetDays: 0 }),
        meeting('2024-01-12'),
        noted(3, '2024-01-10'),
        noted(5, '2024-01-13'),
      ],
      on: { '2024-01-10': 'MET', '2024-01-12': 'WARNING', '2024-01-13': 'MET' },
    },
    {
      says: 'a pause stretches the days',
      facts: [...accepted, week, fact('CareEpisodePaused', '2024-01-12'), fact('CareEpisodeResumed', '2024-01-14')],
      on: { '2024-01-10': 'DUE 2024-01-18' },
    },
  ),
  ...casesOf(
    'FIRST_CONTACT',
    { says: 'is off by default', facts: started('2024-01-01'), on: { '2024-01-30': '-' } },
    {
      says: 'Easter is no time for work',
      facts: [...started('2024-03-28'), policy({ firstContactWeekdays: 3 }), informed('2024-04-05')],
      on: {
        '2024-03-28': 'DUE 2024-04-03',
        '2024-04-03': 'DUE 2024-04-03',
        '2024-04-04': 'BREACH',
        '2024-04-05': 'MET',
      },
    },
    {
      says: 'nor are Christmas and its eve',
      facts: [...started('2024-12-20'), policy({ firstContactWeekdays: 3 })],
      on: { '2024-12-20': 'DUE 2024-12-27', '2024-12-28': 'BREACH' },
    },
    {
      says: 'nor New Year and its eve',
      facts: [...started('2024-12-30'), policy({ firstContactWeekdays: 2 })],
      on: { '2024-12-30': 'DUE 2025-01-02' },
    },
    {
      says: 'nor Midsummer Eve',
      facts: [...started('2024-06-20'), policy({ firstContactWeekdays: 2 })],
      on: { '2024-06-20': 'DUE 2024-06-24' },
    },
    {
      says: 'nor the national day',
      facts: [...started('2024-06-05'), policy({ firstContactWeekdays: 2 })],
      on: { '2024-06-05': 'DUE 2024-06-07' },
    },
    {
      says: 'nor Ascension Day and the first of May',
      facts: [...started('2024-04-30'), policy({ firstContactWeekdays: 7 })],
      on: { '2024-04-30': 'DUE 2024-05-10' },
    },
    {
      says: 'a start on a Saturday counts from Monday',
      facts: [...started('2024-01-13'), policy({ firstContactWeekdays: 1 })],
      on: { '2024-01-13': 'DUE 2024-01-15', '2024-01-16': 'BREACH' },
    },
    {
      says: 'the day after the last weekday is late, be it a Saturday',
      facts: [...started('2024-01-19'), policy({ firstContactWeekdays: 1 })],
      on: { '2024-01-19': 'DUE 2024-01-19', '2024-01-20': 'BREACH' },
    },
    {
      says: 'a weekday that is paused does not count',
      facts: [
        ...started('2024-01-08'),
        policy({ firstContactWeekdays: 3 }),
        fact('CareEpisodePaused', '2024-01-09'),
        fact('CareEpisodeResumed', '2024-01-11'),
      ],
      on: { '2024-01-08': 'DUE 2024-01-12' },
    },
    {
      says: 'an offer is a contact',
      facts: [...started('2024-01-08'), policy({ firstContactWeekdays: 3 }), offer('2024-01-09')],
      on: { '2024-01-08': 'DUE 2024-01-10', '2024-01-09': 'MET' },
    },
    {
      says: 'of any date',
      facts: [...started('2024-01-08'), policy({ firstContactWeekdays: 3 }), informed('2023-12-01')],
      on: { '2024-01-08': 'MET' },
    },
    {
      says: '0 is a value: before the start, or never in time',
      facts: [...started('2024-01-08'), policy({ firstContactWeekdays: 0 })],
      on: { '2024-01-08': 'BREACH' },
    },
    {
      says: 'from the start, also when no day was judged yet',
      facts: [...started('2022-06-20'), policy({ firstContactWeekdays: 3 })],
      on: { '2022-06-30': '-', '2022-07-01': 'BREACH' },
    },
    {
      says: 'on by the policy of the start',
      facts: [...started('2024-01-08'), policy({ firstContactWeekdays: 3 }, '2024-01-09')],
      on: { '2024-01-30': '-' },
    },
  ),
  ...casesOf(
    'RISK',
    { says: 'is off by default', facts: started('2024-01-01'), on: { '2024-01-30': '-' } },
    {
      says: 'within the days of the start',
      facts: [...started('2024-01-01'), policy({ riskAssessmentDays: 14 }), risks('2024-01-20')],
      on: { '2024-01-01': 'DUE 2024-01-14', '2024-01-15': 'BREACH', '2024-01-20': 'MET' },
    },
    {
      says: 'of any date',
      facts: [...started('2024-01-01'), policy({ riskAssessmentDays: 14 }), risks('2023-11-01')],
      on: { '2024-01-01': 'MET' },
    },
    {
      says: 'on by the policy of the start',
      facts: [...started('2024-01-01'), policy({ riskAssessmentDays: 14 }, '2024-01-02'), risks('2024-01-20')],
      on: { '2024-01-20': '-' },
    },
  ),
  ...casesOf(
    'STARTED_IN_TIME',
    { says: 'is off by default', facts: started('2024-01-01', { decidedOn: '2023-11-01' }), on: { '2024-01-01': '-' } },
    {
      says: 'in time is before the days are over',
      facts: [...started('2024-01-01', { decidedOn: '2023-12-19' }), policy({ startWithinDays: 14 })],
      on: { '2024-01-01': 'MET', '2024-06-01': 'MET' },
    },
    {
      says: 'late is late for good',
      facts: [...started('2024-01-01', { decidedOn: '2023-12-18' }), policy({ startWithinDays: 14 })],
      on: { '2024-01-01': 'WARNING', '2024-06-01': 'WARNING' },
    },
    {
      says: 'without a day of decision nothing is said',
      facts: [...started('2024-01-01'), policy({ startWithinDays: 14 })],
      on: { '2024-01-01': '-' },
    },
    {
      says: 'decided after the start is in time',
      facts: [...started('2024-01-01', { decidedOn: '2024-01-05' }), policy({ startWithinDays: 0 })],
      on: { '2024-01-01': 'MET' },
    },
    {
      says: '0 days: on the day itself it is late',
      facts: [...started('2024-01-01', { decidedOn: '2024-01-01' }), policy({ startWithinDays: 0 })],
      on: { '2024-01-01': 'WARNING' },
    },
    {
      says: 'on by the policy of the day of the decision',
      facts: [...started('2024-01-01', { decidedOn: '2023-11-01' }), policy({ startWithinDays: 14 }, '2023-11-02')],
      on: { '2024-01-01': '-' },
    },
  ),
  ...casesOf(
    'UNNECESSARY',
    { says: 'the criterion covers the services', facts: unnecessary({}), on: on('MET') },
    { says: 'it does not', facts: unnecessary({}, ['MEALS', 'PERSONAL_CARE']), on: on('WARNING') },
    {
      says: 'several together do',
      facts: unnecessary({ criteria: ['ONLY_MEALS', 'ONLY_CLEANING_SHOPPING'] }, ['MEALS', 'SHOPPING']),
      on: on('MET'),
    },
    { says: 'no services need no cover', facts: unnecessary({}, []), on: on('MET') },
    { says: 'without a criterion', facts: unnecessary({ criteria: [] }), on: on('WARNING') },
    {
      says: 'by one that is not among the policy’s',
      facts: unnecessary({ criteria: ['ONLY_MEALS', 'RECIPIENT_DOES_NOT_WISH'] }),
      on: on('WARNING'),
    },
    {
      says: 'by one of the municipality’s own, whose services nobody knows',
      facts: unnecessary({ criteria: ['ONLY_MEALS', 'VISITED_DAILY'] }, ['PERSONAL_CARE']),
      on: on('MET'),
    },
    {
      says: 'with a counter-indication',
      facts: unnecessary({ counterIndications: ['LIMITED_NETWORK'] }),
      on: on('WARNING'),
    },
    { says: 'with an empty list of them', facts: unnecessary({ counterIndications: [] }), on: on('MET') },
    {
      says: 'without the own view it warns as before',
      facts: unnecessary({ recipientView: undefined }),
      on: on('WARNING'),
    },
    {
      says: 'the services are those at the end of its day',
      facts: unnecessary({}, ['PERSONAL_CARE'], fact('ServicesChanged', '2024-01-05', { services: ['MEALS'] })),
      on: on('MET'),
    },
    {
      says: 'once lapsed it is a breach',
      facts: unnecessary({ criteria: [] }, ['MEALS'], fact('ServicesChanged', '2024-01-08', { services: ['LAUNDRY'] })),
      on: { '2024-01-07': 'WARNING', '2024-01-08': 'BREACH' },
    },
    {
      says: 'by the policy of its day',
      facts: [
        ...started('2024-01-01'),
        policy({ unnecessityCriteria: CRITERIA }, '2024-01-06'),
        assessed('2024-01-05', { criteria: [] }),
      ],
      on: { '2024-01-06': 'MET' },
    },
    {
      says: 'without criteria of a policy anything goes',
      facts: [...started('2024-01-01'), assessed('2024-01-05', { criteria: ['x'], counterIndications: ['OTHER'] })],
      on: on('MET'),
    },
  ),
  ...casesOf(
    'OFFER',
    {
      says: 'a value of the form of care stands over the general one',
      needs: ['POLICIES'],
      facts: [
        ...started('2024-01-01'),
        policy({ offerTargetDays: 5, byCareForm: { HOME_CARE: { offerTargetDays: 3 } } }),
      ],
      on: { '2024-01-01': 'DUE 2024-01-03' },
    },
    {
      says: 'null is the default, not the general value',
      needs: ['POLICIES'],
      facts: [
        ...started('2024-01-01'),
        policy({ offerTargetDays: 5, byCareForm: { HOME_CARE: { offerTargetDays: null } } }),
      ],
      on: { '2024-01-01': 'DUE 2024-01-14' },
    },
    {
      says: 'absent is the general value',
      needs: ['POLICIES'],
      facts: [
        ...started('2024-01-01'),
        policy({ offerTargetDays: 5, byCareForm: { HOME_CARE: { assignTargetDays: 3 }, LSS: { offerTargetDays: 1 } } }),
      ],
      on: { '2024-01-01': 'DUE 2024-01-05' },
    },
  ),
];
