import { contact, fact, policy, replaced, started, type HandMade } from '../hand-made.js';
import { casesOf, type ContractCase } from './contract-case.js';

const begun = started('2024-01-01');
const second = [...begun, contact('2024-01-02', 'a1', 'SECOND')];
const journal = (on: string): HandMade => fact('RecordedInDocument', on, { document: 'JOURNAL', about: { ref: '2' } });
const plan = (on: string): HandMade =>
  fact('PlanAgreed', on, { plan: 'p', version: 1, contacts: ['a1'], participants: [] });

const trained = (on: string, course: string): HandMade => ['staff-s', 'TrainingCompleted', on, { course }];

const appointedBy = (by: string | undefined, on = '2024-01-10'): HandMade =>
  fact('ContactAssigned', on, {
    assignment: 'a1',
    role: 'PRIMARY',
    staff: 's',
    ...(by === undefined ? {} : { appointedBy: by }),
  });
const manager = (staff: string, on = '2023-01-01', unit = 'unit-u'): HandMade => [
  unit,
  'UnitManagerAppointed',
  on,
  { staff },
];
const [, start] = begun as [HandMade, HandMade];
const byManager = policy({ appointedByManager: true });

const wished = (on: string, id = 'q1', assignment = 'a1'): HandMade =>
  fact('ContactChangeRequested', on, { request: id, assignment });
const closed = (on: string, id = 'q1'): HandMade =>
  fact('ContactChangeRequestClosed', on, { request: id, outcome: 'NOT_POSSIBLE' });
const tenDays = policy({ changeTargetDays: 10 });
const held = [...begun, contact('2024-01-02')];

export const contactCases: readonly ContractCase[] = [
  ...casesOf(
    'NAMED',
    { says: 'a second contact is asked for only by the policy', facts: second, on: { '2024-01-02': '-' } },
    {
      says: 'a second contact stands in journal and plan, no profile',
      facts: [...second, policy({ nameSecond: true }), journal('2024-01-05'), plan('2024-01-08')],
      on: { '2024-01-02': 'DUE 2024-01-15', '2024-01-07': 'DUE 2024-01-15', '2024-01-08': 'MET' },
    },
    {
      says: 'the policy on its start decides, for good',
      facts: [...second, policy({ nameSecond: true }), policy({}, '2024-01-03')],
      on: { '2024-01-16': 'WARNING' },
    },
    {
      says: 'a policy from after its start asks nothing',
      facts: [...second, policy({ nameSecond: true }, '2024-01-03')],
      on: { '2024-01-16': '-' },
    },
    {
      says: 'a deputy is never asked for',
      facts: [...begun, contact('2024-01-02', 'a1', 'DEPUTY'), policy({ nameSecond: true })],
      on: { '2024-01-16': '-' },
    },
  ),
  ...casesOf(
    'TRAINING',
    {
      says: 'any course, where the policy names none',
      facts: [...held, trained('2024-01-05', 'Körkort')],
      on: { '2024-01-04': 'BREACH', '2024-01-05': 'MET' },
    },
    {
      says: 'a course that is named, whatever its letters and outer blanks',
      facts: [
        ...held,
        trained('2024-01-05', '  fast OMSORGSKONTAKT '),
        policy({ trainingCourses: ['Fast omsorgskontakt'] }),
      ],
      on: { '2024-01-05': 'MET' },
    },
    {
      says: 'no other',
      facts: [
        ...held,
        trained('2024-01-05', 'Fast omsorgskontakt 2'),
        policy({ trainingCourses: ['Fast omsorgskontakt'] }),
      ],
      on: { '2024-01-05': 'BREACH' },
    },
    {
      says: 'by the policy of the day that is judged',
      facts: [
        ...held,
        trained('2024-01-05', 'Körkort'),
        policy({ trainingCourses: ['Fast omsorgskontakt'] }, '2024-02-01'),
      ],
      on: { '2024-01-31': 'MET', '2024-02-01': 'BREACH' },
    },
    {
      says: 'a form of care without courses of its own has the general ones, and null has none',
      facts: [
        ...held,
        trained('2024-01-05', 'Körkort'),
        policy({ trainingCourses: ['Annat'], byCareForm: { HOME_CARE: { offerTargetDays: 5 } } }),
        policy({ trainingCourses: ['Annat'], byCareForm: { HOME_CARE: { trainingCourses: null } } }, '2024-02-01'),
      ],
      on: { '2024-01-31': 'BREACH', '2024-02-01': 'MET' },
    },
  ),
  ...casesOf(
    'APPOINTED',
    { says: 'is off by default', facts: [...begun, manager('m1'), appointedBy('m1')], on: { '2024-01-10': '-' } },
    {
      says: 'by the manager of the unit',
      facts: [...begun, byManager, manager('m1'), appointedBy('m1')],
      on: { '2024-01-09': '-', '2024-01-10': 'MET' },
    },
    {
      says: 'by somebody else',
      facts: [...begun, byManager, manager('m1'), appointedBy('s')],
      on: { '2024-01-10': 'WARNING' },
    },
    {
      says: 'by nobody who is named',
      facts: [...begun, byManager, manager('m1'), appointedBy(undefined)],
      on: { '2024-01-10': 'WARNING' },
    },
    {
      says: 'by nobody, where nobody is manager',
      facts: [...begun, byManager, appointedBy(undefined)],
      on: { '2024-01-10': 'WARNING' },
    },
    {
      says: 'the manager of its start, also when she became it that day',
      facts: [...begun, byManager, manager('m1'), manager('m2', '2024-01-10'), appointedBy('m2')],
      on: { '2024-01-10': 'MET' },
    },
    {
      says: 'her predecessor no more',
      facts: [...begun, byManager, manager('m1'), manager('m2', '2024-01-10'), appointedBy('m1')],
      on: { '2024-01-10': 'WARNING' },
    },
    {
      says: 'a later manager changes nothing',
      facts: [...begun, byManager, manager('m1'), manager('m2', '2024-01-11'), appointedBy('m1')],
      on: { '2024-01-20': 'MET' },
    },
    {
      says: 'where nobody was appointed, the one the unit was opened with',
      facts: [
        ['unit-u', 'UnitOpened', '2000-01-01', { controller: 'm', manager: 'm0' }],
        start,
        byManager,
        appointedBy('m0'),
      ],
      on: { '2024-01-10': 'MET' },
    },
    {
      says: 'of the unit of its start',
      facts: [
        ...begun,
        byManager,
        ['unit-v', 'UnitOpened', '2000-01-01', { controller: 'm' }],
        manager('m1'),
        manager('m2', '2023-01-01', 'unit-v'),
        fact('CareEpisodeMovedUnit', '2024-01-10', { unit: 'v' }),
        appointedBy('m2'),
      ],
      on: { '2024-01-10': 'MET' },
    },
    {
      says: 'on by the policy of its start alone',
      facts: [...begun, policy({ appointedByManager: true }, '2024-01-11'), appointedBy('s')],
      on: { '2024-01-11': '-' },
    },
    {
      says: 'and on for as long as it is active',
      facts: [...begun, byManager, policy({}, '2024-01-11'), appointedBy('s')],
      on: { '2024-01-11': 'WARNING' },
    },
  ),
  ...casesOf(
    'CHANGE',
    {
      says: 'from the request, until it is closed',
      facts: [...held, tenDays, wished('2024-01-10'), closed('2024-01-25')],
      on: {
        '2024-01-09': '-',
        '2024-01-10': 'DUE 2024-01-19',
        '2024-01-19': 'DUE 2024-01-19',
        '2024-01-20': 'WARNING',
        '2024-01-25': 'MET',
      },
    },
    {
      says: 'ends with the assignment',
      assignment: 'a1',
      facts: [...held, tenDays, wished('2024-01-10'), replaced('2024-01-15', 'a1', 'a2')],
      on: { '2024-01-14': 'DUE 2024-01-19', '2024-01-15': '-' },
    },
    {
      says: 'is nothing of the one who comes after',
      assignment: 'a2',
      facts: [...held, tenDays, wished('2024-01-10'), replaced('2024-01-15', 'a1', 'a2')],
      on: { '2024-01-20': '-' },
    },
    {
      says: 'of several that are open the earliest; one that was late and is closed is late no more',
      facts: [...held, tenDays, wished('2024-01-10'), wished('2024-01-15', 'q2'), closed('2024-01-22')],
      on: {
        '2024-01-15': 'DUE 2024-01-19',
        '2024-01-20': 'WARNING',
        '2024-01-22': 'DUE 2024-01-24',
        '2024-01-25': 'WARNING',
      },
    },
    {
      says: 'days that are paused do not count',
      facts: [
        ...held,
        tenDays,
        wished('2024-01-10'),
        fact('CareEpisodePaused', '2024-01-12'),
        fact('CareEpisodeResumed', '2024-01-15'),
      ],
      on: { '2024-01-10': 'DUE 2024-01-22' },
    },
    {
      says: 'a request from a day when it was off is not counted, one from when it was on is',
      facts: [...held, policy({ changeTargetDays: 10 }, '2024-01-11'), wished('2024-01-10')],
      on: { '2024-01-30': '-' },
    },
    {
      says: '0 is a value: late at once',
      facts: [...held, policy({ changeTargetDays: 0 }), wished('2024-01-10')],
      on: { '2024-01-10': 'WARNING' },
    },
  ),
  ...casesOf(
    'REQUESTS',
    {
      says: 'open requests of active assignments, CHANGE on or off',
      needs: ['ANSWERS'],
      facts: [...held, wished('2024-01-10'), closed('2024-01-25')],
      on: { '2024-01-09': '', '2024-01-10': 'q1 a1 2024-01-10', '2024-01-25': '' },
    },
    {
      says: 'not of one that has ended',
      needs: ['ANSWERS'],
      facts: [...held, wished('2024-01-10'), replaced('2024-01-15', 'a1', 'a2')],
      on: { '2024-01-14': 'q1 a1 2024-01-10', '2024-01-15': '' },
    },
  ),
];
