import { CARE_FORMS, LEGAL_GROUNDS, SERVICE_SETS, type FactMaker } from './episode-facts.js';
import { isCompared } from './not-yet-compared.js';
import { idOf, oneOf, pick, type Data, type WorldBuilder } from './world-builder.js';

const FIRST_CERTIFICATES = '2023-07-01';
const ALL_FORMS = [
  'HOME_CARE',
  'HOUSING_SUPPORT',
  'RESIDENTIAL_CARE',
  'LSS',
  ...(isCompared('LEGAL_GROUNDS') ? ['SHORT_TERM', 'DAY_CARE'] : []),
];
const EVENTS = isCompared('EVENTS');
const COURSES: readonly [string, ...string[]] = ['x', ' Fast Omsorgskontakt ', 'Körkort'];

/** Every rule that is off until it is set, with few days. */
const ALL_ON: Data = {
  bookTargetDays: 2,
  noteTargetDays: 2,
  changeTargetDays: 1,
  startWithinDays: 3,
  planRenewDays: 2,
  riskAssessmentDays: 3,
  firstContactWeekdays: 2,
  agreedWithRecipient: true,
  appointedByManager: true,
  nameSecond: true,
  consentForProfessionals: true,
};
/** Parts of policies of the values that contract §4 added later. */
const ADDED_PARTS: readonly Data[] = [
  ALL_ON,
  { ...ALL_ON, changeTargetDays: 20, noteTargetDays: 14, planRenewDays: 20, bookTargetDays: 9 },
  { ...ALL_ON, planFrom: 'START', planForDeclined: true },
  {
    ...ALL_ON,
    bookTargetDays: 0,
    noteTargetDays: 0,
    changeTargetDays: 0,
    startWithinDays: 0,
    planRenewDays: 0,
    riskAssessmentDays: 0,
    firstContactWeekdays: 0,
  },
  {
    bookTargetDays: 14,
    noteTargetDays: 30,
    changeTargetDays: 31,
    startWithinDays: 14,
    planRenewDays: 30,
    riskAssessmentDays: 28,
    firstContactWeekdays: 10,
  },
  { planFrom: 'START' },
  { planFrom: 'START', planForDeclined: true, planTargetDays: 2 },
  { planForDeclined: true, titleForDeputy: false },
  {
    trainingCourses: ['fast omsorgskontakt'],
    unnecessityCriteria: ['ONLY_MEALS', 'ONLY_SAFETY_ALARM', 'ONLY_CLEANING_SHOPPING', 'VISITED_DAILY'],
  },
  { unnecessityCriteria: ['ONLY_MEALS'] },
  { allowTransition: false, titleForDeputy: false },
  {
    byCareForm: {
      HOME_CARE: { ...ALL_ON, offerTargetDays: 3, planFrom: 'START' },
      LSS: { trainingCourses: ['Körkort'] },
    },
  },
  {
    ...ALL_ON,
    offerTargetDays: 1,
    trainingCourses: ['X'],
    byCareForm: {
      HOME_CARE: {
        offerTargetDays: null,
        bookTargetDays: null,
        trainingCourses: null,
        agreedWithRecipient: null,
        planTargetDays: 0,
      },
    },
  },
];

/** Parts of policies; two of them together make one. */
const POLICY_PARTS: readonly [Data, ...Data[]] = [
  {},
  { localRulesFor: ALL_FORMS },
  { localRulesFor: ALL_FORMS, residentialCareDuty: true },
  { offerTargetDays: 0, answerTargetDays: 0, assignTargetDays: 0 },
  { planTargetDays: 0, signTargetDays: 0, recordTargetDays: 0 },
  {
    offerTargetDays: 1,
    answerTargetDays: 2,
    assignTargetDays: 1,
    planTargetDays: 2,
    signTargetDays: 1,
    recordTargetDays: 1,
  },
  { allowTransition: false },
  { planFollowUpMaxMonths: 1, yearlyMonths: 1 },
  { planFollowUpMaxMonths: 12, yearlyMonths: 2 },
  { localRulesFor: ['HOME_CARE', 'LSS'] },
  { residentialCareDuty: true },
  ...(isCompared('POLICIES') ? ADDED_PARTS : []),
];

/** The values of a policy; every number is one. */
export function policyValues(one: number, other: number): Data {
  return { ...oneOf(POLICY_PARTS, one), ...oneOf(POLICY_PARTS, other) };
}

/** What a policy rests on, where it says so. */
export function policyBasis(world: WorldBuilder, choice: number): Data {
  const document = oneOf(['Rutin för fast omsorgskontakt', 'Riktlinjer för hemtjänst'], choice);
  return EVENTS && choice % 3 !== 0
    ? { basis: { document, decidedBy: 'Förvaltningschef', decidedOn: world.pastDay(choice) } }
    : {};
}

/** Every type of fact on a `staff-` stream but its opening. */
export const staffFacts: readonly FactMaker[] = [
  {
    type: 'TitleVerified',
    make: (world, _at, picks) => {
      const past = world.days.filter((day) => day >= FIRST_CERTIFICATES && day <= world.today);
      return { certificateDate: pick([...past, FIRST_CERTIFICATES], picks.a), method: 'HOSP_DIRECT', checkedBy: 'x' };
    },
  },
  {
    type: 'TransitionStatusDocumented',
    make: (world, _at, picks) => ({
      employer: 'x',
      evidence: 'x',
      ...(EVENTS && picks.a % 2 === 0 ? { employmentForm: 'PERMANENT', titleOn: world.pastDay(picks.b) } : {}),
    }),
  },
  { type: 'ApprovedEducationRecorded', make: () => ({ education: 'x', approvedBy: 'x' }) },
  {
    type: 'TitleVerificationWithdrawn',
    make: (world, at, picks) => {
      const of = pick(
        world.entries(at.stream, at.before, [
          'TitleVerified',
          'TransitionStatusDocumented',
          'ApprovedEducationRecorded',
        ]),
        picks.a,
      );
      return of && { of, cause: 'MISREAD' };
    },
  },
  { type: 'EmploymentEnded', make: () => ({}) },
  { type: 'EmploymentStarted', make: () => ({ form: 'PERMANENT' }) },
  { type: 'StaffMovedUnit', make: (world, _at, picks) => ({ unit: pick(world.streams('unit'), picks.a) }) },
  { type: 'TrainingCompleted', make: (_world, _at, picks) => ({ course: oneOf(COURSES, picks.a) }) },
  {
    type: 'AssignmentDescriptionSigned',
    make: (world, at, picks) => {
      const assignment = pick(world.known('assignment', at.before), picks.a);
      const givenBy =
        EVENTS && picks.b % 2 === 0
          ? { givenBy: pick(world.streams('staff'), picks.b), givenOn: world.pastDay(picks.c) }
          : {};
      return assignment === undefined ? undefined : { assignment, version: 1, place: 'x', ...givenBy };
    },
  },
  { type: 'YearlyFollowUpHeld', make: () => ({}) },
  { type: 'LeaveStarted', make: () => ({}) },
  { type: 'LeaveEnded', make: () => ({}) },
];

/** The facts on a `recipient-` stream that a rule may rest on, and one that none does. */
export const recipientFacts: readonly FactMaker[] = [
  {
    type: 'RepresentativeRegistered',
    names: 'representative',
    make: (world, _at, picks) => ({
      kind: 'GOD_MAN',
      name: 'x',
      scope: ['x'],
      ...(picks.a % 2 === 0 ? { validTo: world.anyDay(picks.b) } : {}),
    }),
  },
  {
    type: 'RecipientMerged',
    make: (world, at, picks) => ({
      into: pick(
        world.streams('recipient').filter((id) => `recipient-${id}` !== at.stream),
        picks.a,
      ),
    }),
  },
  { type: 'RecipientProtectionChanged', make: () => ({ protection: 'CONFIDENTIALITY_MARKED' }) },
];

/** A municipality's or a provider's local values. */
export const policyFacts: readonly FactMaker[] = [
  {
    type: 'PolicyAdopted',
    make: (world, at, picks) => ({
      controller: at.stream.slice('policy-'.length),
      version: picks.c,
      values: policyValues(picks.a, picks.b),
      ...policyBasis(world, picks.d),
    }),
  },
];

/** Facts on a `unit-` stream; who is manager decides whether an appointment was hers. */
export const unitFacts: readonly FactMaker[] = [
  { type: 'UnitManagerAppointed', make: (world, _at, picks) => ({ staff: pick(world.streams('staff'), picks.a) }) },
  { type: 'UnitClosed', make: () => ({}) },
];

/** Openings: one a stream, but they may be corrected like anything else. */
export const openings: readonly FactMaker[] = [
  {
    type: 'CareEpisodeStarted',
    make: (world, _at, picks) => ({
      recipient: pick(world.streams('recipient'), picks.a),
      unit: pick(world.streams('unit'), picks.b),
      careForm: oneOf(CARE_FORMS, picks.c),
      legalGround: oneOf(LEGAL_GROUNDS, picks.d),
      services: oneOf(SERVICE_SETS, picks.d),
      ...(EVENTS && picks.b % 2 === 0 ? { decidedOn: world.pastDay(picks.a) } : {}),
    }),
  },
  {
    type: 'UnitOpened',
    make: (world, _at, picks) => ({
      controller: idOf('controller', picks.a % 2),
      name: 'Enhet',
      careForms: ALL_FORMS,
      ...(picks.d % 2 === 0 ? { manager: pick(world.streams('staff'), picks.d) } : {}),
      ...(picks.b % 2 === 0 ? { commissionedBy: idOf('controller', picks.c % 2) } : {}),
    }),
  },
];
