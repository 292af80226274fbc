import fc from 'fast-check';
import { dayOf, formatDay } from '../../../src/kernel/time/day.js';
import { annul, correct } from './entry-facts.js';
import { CARE_FORMS, LEGAL_GROUNDS, SERVICE_SETS, episodeFacts, type FactMaker } from './episode-facts.js';
import { isCompared } from './not-yet-compared.js';
import { policyBasis, policyFacts, policyValues, recipientFacts, staffFacts, unitFacts } from './surrounding-facts.js';
import { WorldBuilder, idOf, oneOf, pick, type Picks } from './world-builder.js';
import type { World } from './world.js';

/** The days around which laws, titles and calendars turn. */
const ANCHORS = [
  '2022-07-01',
  '2023-07-01',
  '2025-07-01',
  '2026-07-01',
  '2033-07-01',
  '2024-02-29',
  '2023-02-28',
  '2024-12-31',
  '2025-03-30',
  '2023-10-31',
  '2026-05-15',
  '2024-03-28',
  '2024-12-23',
];
/** Distances that meet the targets' lengths and their neighbours. */
const DISTANCES = [
  0, -1, 1, 2, -2, 3, 5, 7, -7, 13, 14, 15, -14, 28, 29, 30, 31, -30, -31, 45, 60, 90, -60, 182, 184, 365, -365, 366,
];
/** A day before all others: what stands there has always been so. */
const ALWAYS = '2000-01-01';
const VALID_PERSONNUMMER = '198112189876';

type Step = Picks & { readonly kind: string };
const STREAMS = { staff: staffFacts, recipient: recipientFacts, policy: policyFacts, unit: unitFacts } as const;

/** How often each kind of step comes, relative to 1. */
const OFTEN: Readonly<Record<string, number>> = {
  ContactOffered: 4,
  OfferAccepted: 6,
  OfferDeclined: 3,
  ContactAssigned: 7,
  ContactReplaced: 3,
  CareEpisodePaused: 4,
  CareEpisodeResumed: 4,
  ObviousUnnecessityAssessed: 4,
  ServicesChanged: 4,
  PlanAgreed: 4,
  RecordedInDocument: 4,
  CareEpisodeEnded: 1,
  EntryDisputed: 1,
  PlanMeetingBooked: 1,
  TitleVerified: 3,
  AssignmentDescriptionSigned: 4,
  TrainingCompleted: 2,
  EmploymentEnded: 2,
  EmploymentStarted: 2,
  PolicyAdopted: 4,
  RepresentativeRegistered: 4,
  UnitClosed: 1,
  RecipientProtectionChanged: 1,
  StaffMovedUnit: 1,
  UnitManagerAppointed: 2,
  PlanMeetingHeld: 3,
  PlanDeclined: 3,
  ContactChangeRequested: 3,
  ContactChangeRequestClosed: 2,
  PrivateFundsAgreementMade: 1,
  PrivateFundsAgreementEnded: 1,
  CORRECT: 14,
  ANNUL: 10,
  ALL_DOCUMENTS: 3,
  ALL_NOTED: isCompared('EVENTS') ? 4 : 0,
  TransitionStatusDocumented: 3,
  AS_IT_SHOULD_BE: 5,
};
/** What must be there first, so that a step is not lost for want of it. */
const NEEDS: Readonly<Record<string, string>> = {
  OfferAccepted: 'ContactOffered',
  OfferDeclined: 'ContactOffered',
  ContactReplaced: 'ContactAssigned',
  ContactEnded: 'ContactAssigned',
  ContactAbsenceStarted: 'ContactAssigned',
  ContactAbsenceEnded: 'ContactAssigned',
  RecordedInDocument: 'ContactAssigned',
  PlanRevised: 'PlanAgreed',
  FollowUpPlanned: 'PlanAgreed',
  FollowUpHeld: 'PlanAgreed',
  FollowUpNotHeld: 'PlanAgreed',
  ConsentWithdrawn: 'ConsentGiven',
  TitleVerificationWithdrawn: 'TitleVerified',
  ContactChangeRequested: 'ContactAssigned',
  ContactChangeRequestClosed: 'ContactChangeRequested',
  PrivateFundsAgreementEnded: 'PrivateFundsAgreementMade',
};
const MAKERS = new Map<string, { readonly category: keyof typeof STREAMS | 'careEpisode'; readonly maker: FactMaker }>([
  ...episodeFacts.map((maker) => [maker.type, { category: 'careEpisode' as const, maker }] as const),
  ...(Object.keys(STREAMS) as (keyof typeof STREAMS)[]).flatMap((category) =>
    STREAMS[category].map((maker) => [maker.type, { category, maker }] as const),
  ),
]);
const KINDS = [...MAKERS.keys(), 'CORRECT', 'ANNUL', 'ALL_DOCUMENTS', 'ALL_NOTED', 'AS_IT_SHOULD_BE'].flatMap((kind) =>
  Array<string>(OFTEN[kind] ?? 2).fill(kind),
);

const number = fc.nat(59);
const picks = { day: number, where: number, a: number, b: number, c: number, d: number };
const step = fc.record({ kind: fc.nat(9999), ...picks });
/** Kinds of facts that decide something together. */
const THEMES = [
  'ContactOffered OfferAccepted OfferDeclined RepresentativeRegistered RecipientMerged',
  'ContactOffered OfferAccepted OfferDeclined RepresentativeRegistered RecipientMerged CORRECT ANNUL',
  'OfferAccepted OfferDeclined PlanAgreed PlanRevised ContactAssigned ContactReplaced ContactEnded',
  'ObviousUnnecessityAssessed ServicesChanged ContactOffered CareEpisodePaused CareEpisodeResumed PolicyAdopted',
  'PlanAgreed PlanRevised FollowUpPlanned FollowUpHeld FollowUpNotHeld CareEpisodePaused CareEpisodeResumed PolicyAdopted',
  'ContactAssigned ContactReplaced LeaveStarted LeaveEnded ContactAbsenceStarted ContactAbsenceEnded EmploymentEnded EmploymentStarted',
  'ContactAssigned TitleVerified TransitionStatusDocumented ApprovedEducationRecorded TitleVerificationWithdrawn PolicyAdopted CORRECT ANNUL',
  'ConsentGiven ConsentWithdrawn FollowUpHeld InformationGiven PlanAgreed ContactOffered ANNUL',
  'ContactAssigned RecordedInDocument ALL_DOCUMENTS PlanAgreed PlanRevised AssignmentDescriptionSigned YearlyFollowUpHeld CareEpisodePaused CareEpisodeResumed PolicyAdopted',
  'PolicyAdopted CareEpisodeMovedUnit CareEpisodeEnded OfferAccepted ContactAssigned ObviousUnnecessityAssessed ServicesChanged CORRECT',
  'ContactOffered OfferAccepted OfferDeclined PlanAgreed PlanDeclined PlanMeetingBooked PlanMeetingHeld ObviousUnnecessityAssessed PolicyAdopted CareEpisodePaused CareEpisodeResumed',
  'OfferAccepted PlanDeclined PlanMeetingBooked PlanMeetingHeld ALL_NOTED ObviousUnnecessityAssessed PolicyAdopted CareEpisodePaused CORRECT',
  'ContactAssigned ContactReplaced ContactChangeRequested ContactChangeRequestClosed ContactChangeRequestClosed UnitManagerAppointed CareEpisodeMovedUnit OfferAccepted OfferDeclined PolicyAdopted',
  'PlanAgreed ServicesChanged PlanDeclined FollowUpHeld PlanMeetingHeld RepresentativeRegistered PolicyAdopted CareEpisodePaused CareEpisodeResumed',
  'InformationGiven PlanMeetingHeld FollowUpHeld ConsentGiven ConsentWithdrawn RepresentativeRegistered RecipientMerged PolicyAdopted ContactOffered ANNUL',
  'ObviousUnnecessityAssessed ServicesChanged CareEpisodePaused CareEpisodeResumed PolicyAdopted CORRECT',
  'ContactAssigned TransitionStatusDocumented TransitionStatusDocumented ApprovedEducationRecorded PolicyAdopted',
  'AS_IT_SHOULD_BE ServicesChanged PlanRevised FollowUpHeld PlanDeclined ContactChangeRequested ContactChangeRequestClosed CareEpisodePaused CareEpisodeResumed PolicyAdopted CORRECT ANNUL',
  'AS_IT_SHOULD_BE ALL_NOTED ALL_DOCUMENTS AssignmentDescriptionSigned TrainingCompleted TitleVerified YearlyFollowUpHeld PolicyAdopted HomeRiskAssessed UnitManagerAppointed',
].map((theme) => theme.split(' ').filter((kind) => MAKERS.has(kind) || (OFTEN[kind] ?? 0) > 0));
/** Worlds of everything, of a few kinds by chance, and of a theme: rare meetings of two kinds are then common. */
const focus = fc.oneof(
  fc.constant(KINDS),
  fc.shuffledSubarray([...MAKERS.keys(), 'CORRECT', 'ANNUL'], { minLength: 3, maxLength: 12 }),
  fc.constantFrom(...THEMES),
  fc.constantFrom(...THEMES),
);

/** Few days, near one another, so that many facts share one. */
const days = fc
  .record({
    anchor: fc.constantFrom(...ANCHORS),
    near: fc.array(fc.constantFrom(...DISTANCES), { minLength: 2, maxLength: 7 }),
    far: fc.array(fc.constantFrom(...ANCHORS), { maxLength: 1 }),
  })
  .map(({ anchor, near, far }) => [anchor, ...near.map((distance) => formatDay(dayOf(anchor) + distance)), ...far]);

/** Most worlds are looked at from 2026; in some, 2033 has passed. */
const today = (worldDays: readonly string[]): string =>
  worldDays.some((day) => day > '2027-06-01') ? '2034-08-01' : '2026-11-22';

/**
 * Whole hostile histories, every line of which the import accepts: whatever can be recorded, in any order, with dates that
 * collide, corrections of corrections, ends before starts, answers by nobody entitled.
 * @param steps the greatest number of facts beyond the openings.
 */
export function hostileWorld(steps = 55): fc.Arbitrary<World> {
  return fc
    .record({
      days,
      together: fc.constantFrom(1, 2, 5),
      back: isCompared('CLOCKS') ? fc.constantFrom(0, 0, 3000, 7001) : fc.constant(0),
      policies: fc.array(fc.record(picks), { maxLength: 2 }),
      episodes: fc.array(fc.record(picks), { minLength: 1, maxLength: 2 }),
      focus,
      steps: fc.array(step, { maxLength: steps, size: 'max' }),
    })
    .map((plan) => {
      const world = new WorldBuilder(today(plan.days), plan.days);
      open(world, plan.policies, plan.episodes);
      for (const each of plan.steps) take(world, { ...each, kind: pick(plan.focus, each.kind) ?? 'CORRECT' });
      return world.build(plan.together, plan.back);
    });
}

/** A municipality, a private provider, and units: the municipality's, the provider's for the municipality, the provider's own. */
function open(world: WorldBuilder, policies: readonly Picks[], episodes: readonly Picks[]): void {
  const [municipality, provider] = [idOf('controller', 0), idOf('controller', 1)];
  for (const [id, kind] of [
    [municipality, 'MUNICIPAL'],
    [provider, 'PRIVATE'],
  ] as const) {
    world.add('ControllerRegistered', `controller-${id}`, ALWAYS, { name: kind, kind, orgNumber: '556559-4230' });
  }
  for (const [index, owner] of [
    { controller: municipality },
    { controller: provider, commissionedBy: municipality },
    { controller: provider },
  ].entries()) {
    world.add('UnitOpened', `unit-${idOf('unit', index)}`, ALWAYS, {
      ...owner,
      name: `Enhet ${index}`,
      careForms: ['HOME_CARE'],
    });
  }
  for (const index of [0, 1, 2]) {
    world.add('StaffRegistered', `staff-${idOf('staff', index)}`, ALWAYS, {
      controller: municipality,
      unit: idOf('unit', 0),
      name: 'x',
    });
    const identity =
      index === 0 ? { type: 'PERSONNUMMER', value: VALID_PERSONNUMMER } : { type: 'RESERVE', value: `R${index}` };
    world.add('RecipientRegistered', `recipient-${idOf('recipient', index)}`, ALWAYS, {
      controller: municipality,
      identity,
      name: 'x',
      protection: 'NONE',
    });
  }
  policies.forEach((each, index) => {
    const controller = idOf('controller', each.where % 2);
    world.add('PolicyAdopted', `policy-${controller}`, ALWAYS, {
      controller,
      version: index,
      values: policyValues(each.a, each.b),
      ...policyBasis(world, each.c),
    });
  });
  const first = oneOf([...world.days].sort() as [string, ...string[]], 0);
  episodes.forEach((each, index) => {
    world.add(
      'CareEpisodeStarted',
      `careEpisode-${idOf('careEpisode', index)}`,
      each.b % 3 === 0 ? world.dayFor('CareEpisodeStarted', each.day) : first,
      {
        recipient: idOf('recipient', each.where % 2),
        unit: idOf('unit', each.a % 3),
        careForm: oneOf(CARE_FORMS, each.c),
        legalGround: oneOf(LEGAL_GROUNDS, each.c + each.d),
        services: oneOf(SERVICE_SETS, each.d),
        ...(isCompared('EVENTS') && each.a % 2 === 0 ? { decidedOn: world.pastDay(each.b) } : {}),
      },
    );
  });
}

/** One more line, and what it needs if that is not there yet. */
function take(world: WorldBuilder, each: Step): void {
  if (each.kind === 'CORRECT') return correct(world, each);
  if (each.kind === 'ANNUL') return annul(world, each);
  if (each.kind === 'ALL_DOCUMENTS') {
    for (const b of [0, 1, 2]) take(world, { ...each, kind: 'RecordedInDocument', b, day: each.day + b * each.c });
    return;
  }
  if (each.kind === 'AS_IT_SHOULD_BE') {
    // Informed in person of all items (a, b and c 0), offered, accepted, a contact and a plan, on one day or some days apart.
    for (const [at, kind] of ['InformationGiven', 'ContactOffered', 'OfferAccepted', 'ContactAssigned', 'PlanAgreed']
      .slice(0, 1 + (each.d % 5))
      .entries()) {
      take(world, { ...each, kind, a: 0, b: 0, c: 0, day: each.day + at * (each.c % 2) });
    }
    return;
  }
  if (each.kind === 'ALL_NOTED') {
    for (let a = 0; a < 8; a += 1)
      take(world, { ...each, kind: 'RecordedInDocument', a, b: 0, day: each.day + a * (each.c % 2) });
    return;
  }
  const { category, maker } = MAKERS.get(each.kind) ?? {};
  if (category === undefined || maker === undefined) return;
  const owner = pick(world.streams(category === 'policy' ? 'controller' : category), each.where);
  if (owner === undefined) return;
  const stream = `${category}-${owner}`;
  const make = () => maker.make(world, { stream, before: world.lines.length }, each);
  const needed = NEEDS[each.kind];
  let data = make();
  if (data === undefined && needed !== undefined) {
    take(world, { ...each, kind: needed, day: each.d });
    data = make();
  }
  if (data === undefined) return;
  const named = maker.names === undefined ? data : { [maker.names]: world.fresh(maker.names), ...data };
  world.add(maker.type, stream, world.dayFor(maker.type, each.day), named, maker.names);
}
