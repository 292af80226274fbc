import { annul, fact, no, offer, policy, started, yes, type HandMade } from '../hand-made.js';
import { casesOf, type ContractCase } from './contract-case.js';

const offered = [...started('2024-01-01'), offer('2024-01-01')];
const accepted = [...offered, yes('2024-01-10')];
const agreed = (on: string, over: object = {}): HandMade =>
  fact('PlanAgreed', on, { plan: 'p', version: 1, contacts: [], participants: [], ...over });
const revised = (on: string): HandMade =>
  fact('PlanRevised', on, { plan: 'p', version: 2, contacts: [], participants: [] });
const unwanted = (on: string): HandMade => fact('PlanDeclined', on, {});
const booked = (on: string, day: string): HandMade => fact('PlanMeetingBooked', on, { on: day });
const met = (on: string, ...attendees: readonly object[]): HandMade =>
  fact('PlanMeetingHeld', on, { form: 'PHYSICAL_MEETING', items: [], attendees });
const followedUp = (on: string, ...attendees: readonly object[]): HandMade =>
  fact('FollowUpHeld', on, { plan: 'p', outcome: 'UNCHANGED', attendees });
const assessed = (on: string): HandMade =>
  fact('ObviousUnnecessityAssessed', on, { criteria: [], reason: 'x', recipientView: 'x' });
const services = (on: string, ...codes: readonly string[]): HandMade =>
  fact('ServicesChanged', on, { services: codes });
const fromStart = policy({ planFrom: 'START' });
const week = policy({ bookTargetDays: 7 });
const withRecipient = policy({ agreedWithRecipient: true });
const renewed = policy({ planRenewDays: 20 });
const recipient = { kind: 'RECIPIENT' };
const representative = { kind: 'REPRESENTATIVE', representative: 'g' };
const registered = (on: string): HandMade => [
  'recipient-r',
  'RepresentativeRegistered',
  on,
  { representative: 'g', kind: 'GOD_MAN', name: 'x', scope: ['x'] },
];

const fromYes = casesOf(
  'PLAN',
  {
    says: 'a plan that the recipient does not want is enough',
    facts: [...accepted, unwanted('2024-01-15')],
    on: { '2024-01-14': 'DUE 2024-02-08', '2024-01-15': 'MET', '2024-02-09': 'MET' },
  },
  { says: 'on the day of the yes too', facts: [...accepted, unwanted('2024-01-10')], on: { '2024-01-10': 'MET' } },
  {
    says: 'not if she said so before the yes',
    facts: [...accepted, unwanted('2024-01-09')],
    on: { '2024-01-10': 'DUE 2024-02-08', '2024-02-09': 'BREACH' },
  },
  {
    says: 'until the next yes begins a new run',
    facts: [...accepted, unwanted('2024-01-15'), no('2024-02-01'), yes('2024-02-05')],
    on: { '2024-01-31': 'MET', '2024-02-01': '-', '2024-02-05': 'DUE 2024-03-05' },
  },
  {
    says: 'a yes after a yes begins none',
    facts: [...accepted, unwanted('2024-01-15'), yes('2024-02-05')],
    on: { '2024-02-05': 'MET' },
  },
  {
    says: 'who has not answered needs none',
    facts: [...offered, policy({ planForDeclined: true })],
    on: { '2024-01-05': '-' },
  },
);

const fromTheStart = casesOf(
  'PLAN',
  {
    says: 'from the first judged day, answer or not',
    facts: [...started('2024-01-01'), fromStart],
    on: { '2024-01-01': 'DUE 2024-01-30', '2024-01-31': 'BREACH' },
  },
  {
    says: 'from the day the duty begins, not the care',
    facts: [...started('2022-01-01'), fromStart],
    on: { '2022-06-30': '-', '2022-07-01': 'DUE 2022-07-30' },
  },
  {
    says: 'a plan of any date is enough',
    facts: [...started('2024-01-01'), fromStart, agreed('2023-12-01')],
    on: { '2024-01-01': 'MET' },
  },
  {
    says: 'a yes begins nothing anew when there is a plan',
    facts: [...offered, fromStart, agreed('2024-01-05'), yes('2024-01-10')],
    on: { '2024-01-04': 'DUE 2024-01-30', '2024-01-05': 'MET', '2024-01-10': 'MET' },
  },
  {
    says: 'not while the answer is no; after it anew',
    facts: [...offered, fromStart, no('2024-01-10'), yes('2024-03-01')],
    on: { '2024-01-09': 'DUE 2024-01-30', '2024-01-10': '-', '2024-03-01': 'DUE 2024-03-30' },
  },
  {
    says: 'who declined too, where the policy says so',
    facts: [...offered, policy({ planFrom: 'START', planForDeclined: true }), no('2024-01-10')],
    on: { '2024-01-10': 'DUE 2024-01-30', '2024-01-31': 'BREACH' },
  },
  {
    says: 'not while a contact is obviously unnecessary; after it anew',
    facts: [...started('2024-01-01'), fromStart, assessed('2024-01-05'), services('2024-02-01', 'LAUNDRY')],
    on: { '2024-01-04': 'DUE 2024-01-30', '2024-01-05': '-', '2024-02-01': 'DUE 2024-03-01' },
  },
  {
    says: 'but when she was offered one all the same',
    facts: [...started('2024-01-01'), fromStart, assessed('2024-01-05'), offer('2024-01-08')],
    on: { '2024-01-07': '-', '2024-01-08': 'DUE 2024-02-06' },
  },
  {
    says: 'a plan not wanted is enough until the yes, which asks anew, counted from it',
    facts: [...offered, fromStart, unwanted('2024-01-10'), yes('2024-02-01'), unwanted('2024-02-10')],
    on: { '2024-01-09': 'DUE 2024-01-30', '2024-01-10': 'MET', '2024-02-01': 'DUE 2024-03-01', '2024-02-10': 'MET' },
  },
  {
    says: 'without that the yes changes nothing: the count goes on',
    facts: [...accepted, fromStart],
    on: { '2024-01-10': 'DUE 2024-01-30', '2024-01-31': 'BREACH' },
  },
  {
    says: 'by the policy of the first judged day, for good',
    facts: [...started('2024-01-01'), fromStart, policy({}, '2024-01-02')],
    on: { '2024-02-01': 'BREACH' },
  },
  {
    says: 'a policy of a later day never',
    facts: [...started('2024-01-01'), policy({ planFrom: 'START' }, '2024-01-02')],
    on: { '2024-02-01': '-' },
  },
  {
    says: 'the days are those of the policy on the day they count from',
    facts: [
      ...offered,
      policy({ planFrom: 'START', planTargetDays: 5 }),
      policy({ planTargetDays: 9 }, '2024-02-01'),
      no('2024-01-04'),
      yes('2024-02-01'),
    ],
    on: { '2024-01-03': 'DUE 2024-01-05', '2024-02-01': 'DUE 2024-02-09' },
  },
);

const bookedCases = casesOf(
  'BOOKED',
  { says: 'is off by default', facts: accepted, on: { '2024-01-10': '-' } },
  {
    says: 'within the days of the yes',
    facts: [...accepted, week],
    on: { '2024-01-09': '-', '2024-01-10': 'DUE 2024-01-16', '2024-01-16': 'DUE 2024-01-16', '2024-01-17': 'WARNING' },
  },
  {
    says: 'booked until its day, then it must have been held',
    facts: [...accepted, week, booked('2024-01-12', '2024-01-24'), met('2024-01-26')],
    on: {
      '2024-01-11': 'DUE 2024-01-16',
      '2024-01-12': 'MET 2024-01-24',
      '2024-01-24': 'MET 2024-01-24',
      '2024-01-25': 'WARNING',
      '2024-01-26': 'MET',
    },
  },
  {
    says: 'booked before the yes for a day after it',
    facts: [...accepted, week, booked('2024-01-05', '2024-01-20')],
    on: { '2024-01-10': 'MET 2024-01-20' },
  },
  {
    says: 'booked for the day of the yes',
    facts: [...accepted, week, booked('2024-01-05', '2024-01-10')],
    on: { '2024-01-10': 'MET 2024-01-10', '2024-01-11': 'WARNING' },
  },
  {
    says: 'booked for a day before the yes is not booked',
    facts: [...accepted, week, booked('2024-01-05', '2024-01-09')],
    on: { '2024-01-10': 'DUE 2024-01-16' },
  },
  {
    says: 'the last booking counts, also for an earlier day',
    facts: [...accepted, week, booked('2024-01-11', '2024-02-01'), booked('2024-01-12', '2024-01-15')],
    on: { '2024-01-11': 'MET 2024-02-01', '2024-01-12': 'MET 2024-01-15', '2024-01-16': 'WARNING' },
  },
  {
    says: 'a last booking for a day before the yes is passed over',
    facts: [...accepted, week, booked('2024-01-11', '2024-02-01'), booked('2024-01-12', '2024-01-08')],
    on: { '2024-01-12': 'MET 2024-02-01' },
  },
  {
    says: 'a day that falls into a pause moves to the day after it',
    facts: [
      ...accepted,
      week,
      booked('2024-01-12', '2024-01-24'),
      fact('CareEpisodePaused', '2024-01-22'),
      fact('CareEpisodeResumed', '2024-01-29'),
    ],
    on: { '2024-01-12': 'MET 2024-01-29', '2024-01-29': 'MET 2024-01-29', '2024-01-30': 'WARNING' },
  },
  {
    says: 'a pause without end moves it without end',
    facts: [...accepted, week, booked('2024-01-12', '2024-01-24'), fact('CareEpisodePaused', '2024-01-22')],
    on: { '2024-02-24': 'MET' },
  },
  {
    says: 'a plan needs no meeting',
    facts: [...accepted, week, agreed('2024-01-15')],
    on: { '2024-01-14': 'DUE 2024-01-16', '2024-01-15': 'MET', '2024-03-01': 'MET' },
  },
  {
    says: 'nor does a plan that is not wanted',
    facts: [...accepted, week, unwanted('2024-01-15')],
    on: { '2024-03-01': 'MET' },
  },
  {
    says: 'a meeting before the yes is another one',
    facts: [...accepted, week, met('2024-01-09')],
    on: { '2024-01-10': 'DUE 2024-01-16' },
  },
  {
    says: 'a new run of yeses wants its own',
    facts: [...accepted, week, met('2024-01-11'), no('2024-02-01'), yes('2024-02-05')],
    on: { '2024-01-31': 'MET', '2024-02-01': '-', '2024-02-05': 'DUE 2024-02-11' },
  },
  {
    says: 'on by the policy of the yes, no other',
    facts: [...accepted, policy({ bookTargetDays: 7 }, '2024-01-11')],
    on: { '2024-01-30': '-' },
  },
  {
    says: 'and then it stays on',
    facts: [...accepted, week, policy({}, '2024-01-11')],
    on: { '2024-01-17': 'WARNING' },
  },
  { says: '0 is a value', facts: [...accepted, policy({ bookTargetDays: 0 })], on: { '2024-01-10': 'WARNING' } },
  {
    says: 'where plans are judged from the start, still from the yes',
    facts: [...accepted, policy({ bookTargetDays: 7, planFrom: 'START' })],
    on: { '2024-01-09': '-', '2024-01-10': 'DUE 2024-01-16' },
  },
);

const agreedWith = casesOf(
  'AGREED_WITH',
  { says: 'is off by default', facts: [...accepted, agreed('2024-01-15')], on: { '2024-01-15': '-' } },
  {
    says: 'a plan with nobody at the table',
    facts: [...accepted, withRecipient, agreed('2024-01-15')],
    on: { '2024-01-14': '-', '2024-01-15': 'WARNING' },
  },
  {
    says: 'each plan and follow-up until the next',
    facts: [
      ...accepted,
      withRecipient,
      agreed('2024-01-15', { participants: [recipient] }),
      followedUp('2024-03-01', { kind: 'CONTACT' }),
      followedUp('2024-05-01', recipient),
    ],
    on: { '2024-01-15': 'MET', '2024-02-29': 'MET', '2024-03-01': 'WARNING', '2024-05-01': 'MET' },
  },
  {
    says: 'a representative who was registered by the day',
    facts: [
      ...accepted,
      withRecipient,
      registered('2024-01-15'),
      agreed('2024-01-15', { participants: [representative] }),
    ],
    on: { '2024-01-15': 'MET' },
  },
  {
    says: 'not one who became it later',
    facts: [
      ...accepted,
      withRecipient,
      registered('2024-01-16'),
      agreed('2024-01-15', { participants: [representative] }),
    ],
    on: { '2024-02-15': 'WARNING' },
  },
  {
    says: 'a relative is nobody who agrees',
    facts: [...accepted, withRecipient, agreed('2024-01-15', { participants: [{ kind: 'RELATIVE' }] })],
    on: { '2024-01-15': 'WARNING' },
  },
  {
    says: 'who was at its meeting was there',
    facts: [...accepted, withRecipient, met('2024-01-12', recipient), agreed('2024-01-15', { meeting: { ref: '5' } })],
    on: { '2024-01-15': 'MET' },
  },
  {
    says: 'a meeting of any day, also a later one',
    facts: [...accepted, withRecipient, met('2024-01-20', recipient), agreed('2024-01-15', { meeting: { ref: '5' } })],
    on: { '2024-01-15': 'MET' },
  },
  {
    says: 'a meeting that was annulled was none',
    facts: [
      ...accepted,
      withRecipient,
      met('2024-01-12', recipient),
      agreed('2024-01-15', { meeting: { ref: '5' } }),
      annul(5),
    ],
    on: { '2024-01-15': 'WARNING' },
  },
  {
    says: 'a representative at its meeting must be one on the day of the plan',
    facts: [
      ...accepted,
      withRecipient,
      registered('2024-01-14'),
      met('2024-01-12', representative),
      agreed('2024-01-15', { meeting: { ref: '6' } }),
    ],
    on: { '2024-01-15': 'MET' },
  },
  {
    says: 'on by the policy of its day',
    facts: [
      ...accepted,
      policy({ agreedWithRecipient: true }, '2024-01-16'),
      agreed('2024-01-15'),
      followedUp('2024-03-01'),
    ],
    on: { '2024-01-16': '-', '2024-03-01': 'WARNING' },
  },
  {
    says: 'whatever the answer is',
    facts: [...offered, withRecipient, agreed('2024-01-15', { participants: [recipient] }), no('2024-01-16')],
    on: { '2024-01-16': 'MET' },
  },
);

const planRenewed = casesOf(
  'PLAN_RENEWED',
  {
    says: 'is off by default',
    facts: [...accepted, agreed('2024-01-12'), services('2024-02-01', 'LAUNDRY')],
    on: { '2024-02-01': '-' },
  },
  {
    says: 'when the services change, the plan is revised',
    facts: [...accepted, renewed, agreed('2024-01-12'), services('2024-02-01', 'LAUNDRY'), revised('2024-02-25')],
    on: { '2024-01-31': '-', '2024-02-01': 'DUE 2024-02-20', '2024-02-21': 'BREACH', '2024-02-25': 'MET' },
  },
  {
    says: 'or followed up',
    facts: [...accepted, renewed, agreed('2024-01-12'), services('2024-02-01', 'LAUNDRY'), followedUp('2024-02-01')],
    on: { '2024-02-01': 'MET' },
  },
  {
    says: 'or not wanted',
    facts: [...accepted, renewed, agreed('2024-01-12'), services('2024-02-01', 'LAUNDRY'), unwanted('2024-02-03')],
    on: { '2024-02-02': 'DUE 2024-02-20', '2024-02-03': 'MET' },
  },
  {
    says: 'the same set in other words is no change',
    facts: [...accepted, renewed, agreed('2024-01-12'), services('2024-02-01', 'MEALS', 'MEALS')],
    on: { '2024-02-01': '-' },
  },
  {
    says: 'changed and back within a day is none',
    facts: [
      ...accepted,
      renewed,
      agreed('2024-01-12'),
      services('2024-02-01', 'LAUNDRY'),
      services('2024-02-01', 'MEALS'),
    ],
    on: { '2024-02-01': '-' },
  },
  {
    says: 'changed and back the day after is two',
    facts: [
      ...accepted,
      renewed,
      agreed('2024-01-12'),
      services('2024-02-01', 'LAUNDRY'),
      followedUp('2024-02-01'),
      services('2024-02-02', 'MEALS'),
    ],
    on: { '2024-02-01': 'MET', '2024-02-02': 'DUE 2024-02-21' },
  },
  {
    says: 'before the first plan nothing is to be renewed',
    facts: [...accepted, renewed, services('2024-01-11', 'LAUNDRY'), agreed('2024-01-12')],
    on: { '2024-01-12': '-' },
  },
  {
    says: 'a change on the day of the first plan is in it',
    facts: [...accepted, renewed, services('2024-01-12', 'LAUNDRY'), agreed('2024-01-12')],
    on: { '2024-01-12': 'MET' },
  },
  {
    says: 'of several open the earliest',
    facts: [
      ...accepted,
      renewed,
      agreed('2024-01-12'),
      services('2024-02-01', 'LAUNDRY'),
      services('2024-02-10', 'MEALS'),
    ],
    on: { '2024-02-10': 'DUE 2024-02-20', '2024-02-21': 'BREACH' },
  },
  {
    says: 'a follow-up between two changes does the first',
    facts: [
      ...accepted,
      renewed,
      agreed('2024-01-12'),
      services('2024-02-01', 'LAUNDRY'),
      followedUp('2024-02-05'),
      services('2024-02-10', 'MEALS'),
    ],
    on: { '2024-02-10': 'DUE 2024-02-29' },
  },
  {
    says: 'on by the policy of the day of the change',
    facts: [
      ...accepted,
      policy({ planRenewDays: 20 }, '2024-02-02'),
      agreed('2024-01-12'),
      services('2024-02-01', 'LAUNDRY'),
    ],
    on: { '2024-03-01': '-' },
  },
);

const meetings = casesOf(
  'MEETING',
  {
    says: 'the last one booked, on its day, until it is held',
    needs: ['ANSWERS'],
    facts: [...accepted, booked('2024-01-11', '2024-02-01'), booked('2024-01-12', '2024-01-15'), met('2024-01-20')],
    on: {
      '2024-01-10': '',
      '2024-01-11': '2024-02-01',
      '2024-01-12': '2024-01-15',
      '2024-01-19': '2024-01-15',
      '2024-01-20': '',
    },
  },
  {
    says: 'or there is a plan after it',
    needs: ['ANSWERS'],
    facts: [...accepted, booked('2024-01-11', '2024-02-01'), revised('2024-01-13')],
    on: { '2024-01-12': '2024-02-01', '2024-01-13': '' },
  },
  {
    says: 'after goes by the order of entries',
    needs: ['ANSWERS'],
    facts: [...accepted, agreed('2024-01-11'), booked('2024-01-11', '2024-02-01')],
    on: { '2024-01-11': '2024-02-01' },
  },
);

export const planCases: readonly ContractCase[] = [
  ...fromYes,
  ...fromTheStart,
  ...bookedCases,
  ...agreedWith,
  ...planRenewed,
  ...meetings,
];
