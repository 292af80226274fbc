import { contact, fact, no, offer, policy, started, yes, type HandMade } from '../hand-made.js';
import { casesOf, type ContractCase } from './contract-case.js';

const offered = [...started('2024-01-01'), offer('2024-01-01')];
const accepted = [...offered, yes('2024-01-10')];
const agreed = (on: string): HandMade =>
  fact('PlanAgreed', on, { plan: 'p', version: 1, contacts: [], participants: [] });
const unwanted = (on: string): HandMade => fact('PlanDeclined', on, {});
const fromStart = policy({ planFrom: 'START' });
const PLANS = ['accepted', 'planMet', 'planDeclined', 'planDue', 'planBreach', 'planOtherDue', 'planOtherBreach'];
const TITLES = ['withPrimary', 'titleCertificate', 'titleTransition', 'titleBreach', 'titleAgainstPolicy'];
const appointed = [...accepted, contact('2024-01-12')];
const transition: HandMade = ['staff-s', 'TransitionStatusDocumented', '2024-01-11', {}];

export const figureCases: readonly ContractCase[] = casesOf(
  'FIGURES',
  {
    says: 'a plan that is not wanted is planDeclined',
    needs: ['PLAN'],
    among: PLANS,
    facts: [...accepted, unwanted('2024-01-15')],
    on: { '2024-01-10': 'accepted planDue', '2024-01-15': 'accepted planDeclined' },
  },
  {
    says: 'with a plan beside it, planMet',
    needs: ['PLAN'],
    among: PLANS,
    facts: [...accepted, unwanted('2024-01-15'), agreed('2024-01-20')],
    on: { '2024-01-20': 'accepted planMet' },
  },
  {
    says: 'who has not answered counts apart',
    needs: ['PLAN'],
    among: PLANS,
    facts: [...offered, fromStart],
    on: { '2024-01-01': 'planOtherDue', '2024-01-31': 'planOtherBreach' },
  },
  {
    says: 'and nowhere when the plan is there',
    needs: ['PLAN'],
    among: PLANS,
    facts: [...offered, fromStart, agreed('2024-01-05')],
    on: { '2024-01-05': '' },
  },
  {
    says: 'plans from the start, of who said yes',
    needs: ['PLAN'],
    among: PLANS,
    facts: [...accepted, fromStart],
    on: { '2024-01-09': 'planOtherDue', '2024-01-10': 'accepted planDue', '2024-01-31': 'accepted planBreach' },
  },
  {
    says: 'what only the policy forbids is against the policy, not the law',
    needs: ['TITLE'],
    among: TITLES,
    facts: [...appointed, transition, policy({ allowTransition: false }, '2024-02-01')],
    on: { '2024-01-12': 'withPrimary titleTransition', '2024-02-01': 'withPrimary titleAgainstPolicy' },
  },
  {
    says: 'what nothing shows is against the law',
    needs: ['TITLE'],
    among: TITLES,
    facts: appointed,
    on: { '2024-01-12': 'withPrimary titleBreach' },
  },
  {
    says: 'only *the* primary counts',
    needs: ['TITLE'],
    among: TITLES,
    facts: [
      ...appointed,
      contact('2024-01-13', 'a2', 'PRIMARY', 't'),
      ['staff-t', 'TitleVerified', '2024-01-13', { certificateDate: '2023-09-01' }],
    ],
    on: { '2024-01-12': 'withPrimary titleBreach', '2024-01-13': 'withPrimary titleCertificate' },
  },
  {
    says: 'a rule in any assignment, each episode once',
    among: ['trainingBreach', 'signedBreach', 'yearlyBreach', 'namedWarning', 'deputyWarning'],
    facts: [
      ...appointed,
      contact('2024-01-13', 'a2', 'SECOND', 't'),
      ['staff-s', 'TrainingCompleted', '2024-01-12', { course: 'x' }],
    ],
    on: {
      '2024-01-12': '',
      '2024-01-13': 'trainingBreach',
      '2024-01-26': 'trainingBreach signedBreach namedWarning',
      '2025-01-12': 'trainingBreach signedBreach yearlyBreach namedWarning',
    },
  },
  {
    says: 'answer and appointment',
    among: ['answerLate', 'assignedDue', 'assignedBreach', 'assignedWarning', 'informedWarning'],
    facts: [...offered, yes('2024-01-20'), contact('2024-02-10'), no('2024-02-20', 'o1', { reasonCode: 'OTHER' })],
    on: {
      '2024-01-14': 'informedWarning',
      '2024-01-15': 'answerLate informedWarning',
      '2024-01-20': 'assignedDue informedWarning',
      '2024-02-03': 'assignedBreach informedWarning',
      '2024-02-10': 'informedWarning',
      '2024-02-20': 'assignedWarning informedWarning',
    },
  },
  {
    says: 'a no with the code OTHER alone is a warning, without a reason it is declinedWithoutReason',
    needs: ['DECLINE_REASON'],
    among: ['declined', 'declinedWithoutReason', 'declineReasonWarning'],
    facts: [...offered, no('2024-01-05', 'o1', { reasonCode: 'OTHER' }), no('2024-01-08')],
    on: { '2024-01-05': 'declined declineReasonWarning', '2024-01-08': 'declined declinedWithoutReason' },
  },
  {
    says: 'the local rules',
    needs: ['BOOKED', 'NOTED', 'FIRST_CONTACT', 'RISK', 'STARTED_IN_TIME'],
    among: ['bookedWarning', 'notedWarning', 'firstContactBreach', 'riskBreach', 'startedInTimeWarning'],
    facts: [
      ...started('2024-01-01', { decidedOn: '2023-11-01' }),
      policy({
        bookTargetDays: 2,
        noteTargetDays: 4,
        firstContactWeekdays: 1,
        riskAssessmentDays: 3,
        startWithinDays: 14,
      }),
      offer('2024-01-05'),
      yes('2024-01-05'),
    ],
    on: {
      '2024-01-02': 'startedInTimeWarning',
      '2024-01-03': 'firstContactBreach startedInTimeWarning',
      '2024-01-04': 'firstContactBreach riskBreach startedInTimeWarning',
      '2024-01-05': 'riskBreach startedInTimeWarning',
      '2024-01-07': 'bookedWarning riskBreach startedInTimeWarning',
      '2024-01-09': 'bookedWarning notedWarning riskBreach startedInTimeWarning',
    },
  },
);
