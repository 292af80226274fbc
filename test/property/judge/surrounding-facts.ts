import { CARE_FORMS, SERVICE_SETS, type FactMaker } from './episode-facts.js';
import { idOf, oneOf, pick, type Data } from './world-builder.js';

const FIRST_CERTIFICATES = '2023-07-01';
const ALL_FORMS = ['HOME_CARE', 'HOUSING_SUPPORT', 'RESIDENTIAL_CARE', 'LSS'];

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
];

/** The values of a policy; every number is one. */
export function policyValues(one: number, other: number): Data {
  return { ...oneOf(POLICY_PARTS, one), ...oneOf(POLICY_PARTS, other) };
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
  { type: 'TransitionStatusDocumented', make: () => ({ employer: 'x', evidence: 'x' }) },
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
  { type: 'TrainingCompleted', make: () => ({ course: 'x' }) },
  {
    type: 'AssignmentDescriptionSigned',
    make: (world, at, picks) => {
      const assignment = pick(world.known('assignment', at.before), picks.a);
      return assignment === undefined ? undefined : { assignment, version: 1, place: 'x' };
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
    make: (_world, at, picks) => ({
      controller: at.stream.slice('policy-'.length),
      version: picks.c,
      values: policyValues(picks.a, picks.b),
    }),
  },
];

/** Facts on a `unit-` stream that no rule rests on. */
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
      legalGround: 'SOL_NEEDS_ASSESSED',
      services: oneOf(SERVICE_SETS, picks.d),
    }),
  },
  {
    type: 'UnitOpened',
    make: (_world, _at, picks) => ({
      controller: idOf('controller', picks.a % 2),
      name: 'Enhet',
      careForms: ALL_FORMS,
      ...(picks.b % 2 === 0 ? { commissionedBy: idOf('controller', picks.c % 2) } : {}),
    }),
  },
];
