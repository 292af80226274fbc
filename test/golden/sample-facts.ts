import type { FactToRecord } from '../../src/kernel/event-sourcing/event-log.js';

/**
 * One fact of every type, with every field there can be. Never changed: what is golden rests on it. A new version of a
 * type gets a new sample.
 */

const uuid = (group: number, number: number): string => `${String(group).padStart(8, '0')}-0000-4000-8000-${String(number).padStart(12, '0')}`;

const CONTROLLER = uuid(1, 1);
const UNIT = uuid(2, 1);
const STAFF = uuid(3, 1);
const OTHER_STAFF = uuid(3, 2);
const RECIPIENT = uuid(4, 1);
const EPISODE = uuid(5, 1);
const OFFER = uuid(6, 1);
const ASSIGNMENT = uuid(7, 1);
const OTHER_ASSIGNMENT = uuid(7, 2);
const PLAN = uuid(8, 1);
const CONSENT = uuid(9, 1);
const REPRESENTATIVE = uuid(10, 1);
const EARLIER_EVENT = uuid(11, 1);

const attendees = [
  { kind: 'RECIPIENT' },
  { kind: 'RELATIVE', name: 'Åsa Öberg', consent: CONSENT },
  { kind: 'INTERPRETER', name: 'Tolk "A" \\ 1\n2' },
];
const sections = { security: 'Vill ha larm', continuity: 'Få personer', individualCare: 'Dusch på tisdagar', coordination: 'Dotter 🙂 ringer' };

type Data = Readonly<Record<string, unknown>>;
type Sample = readonly [type: string, data: Data, more?: Partial<FactToRecord>];

const onController: readonly Sample[] = [
  ['ControllerRegistered', { name: 'Åre kommun', kind: 'MUNICIPAL', orgNumber: '212000-2502', municipalityCode: '2321' }],
];
const onUnit: readonly Sample[] = [
  ['UnitOpened', { controller: CONTROLLER, name: 'Hemtjänst Järpen', careForms: ['HOME_CARE'], manager: STAFF, commissionedBy: CONTROLLER }],
  ['UnitManagerAppointed', { staff: STAFF }],
  ['UnitClosed', {}],
];
const onPolicy: readonly Sample[] = [
  ['PolicyAdopted', { controller: CONTROLLER, version: 2, values: { offerTargetDays: 7, allowTransition: true, localRulesFor: ['HOUSING_SUPPORT'] } }],
];
const onStaff: readonly Sample[] = [
  ['StaffRegistered', { controller: CONTROLLER, unit: UNIT, name: 'Sven Ström', hsaId: 'SE2321000016-1A2B' }],
  ['EmploymentStarted', { form: 'PERMANENT' }],
  ['EmploymentEnded', {}],
  ['StaffMovedUnit', { unit: UNIT }],
  ['TitleVerified', { certificateDate: '2023-09-01', method: 'HOSP_DIRECT', checkedBy: 'HOSP' }],
  ['TransitionStatusDocumented', { employer: 'Åre kommun', evidence: 'Intyg från chefen' }],
  ['ApprovedEducationRecorded', { education: 'Vård- och omsorgsprogrammet', approvedBy: 'Chefen' }],
  ['TitleVerificationWithdrawn', { of: EARLIER_EVENT, cause: 'MISREAD' }],
  ['TrainingCompleted', { course: 'Fast omsorgskontakt' }],
  ['AssignmentDescriptionSigned', { assignment: ASSIGNMENT, version: '1.0', place: 'Järpen' }],
  ['YearlyFollowUpHeld', {}],
  ['LeaveStarted', { kind: 'föräldraledig' }],
  ['LeaveEnded', { kind: 'föräldraledig' }],
];
const onRecipient: readonly Sample[] = [
  ['RecipientRegistered', { controller: CONTROLLER, identity: { type: 'PERSONNUMMER', value: '19121212-1212', issuer: 'Skatteverket' }, name: 'Tolvan Tolvansson', birthDate: '1912-12-12', protection: 'NONE' }],
  ['RecipientIdentityChanged', { identity: { type: 'RESERVE', value: 'R-77', issuer: 'Region J' }, formerSecret: true }],
  ['RecipientProtectionChanged', { protection: 'CONFIDENTIALITY_MARKED' }],
  ['RecipientMerged', { into: uuid(4, 2) }],
  ['RepresentativeRegistered', { representative: REPRESENTATIVE, kind: 'GOD_MAN', name: 'Gun God', scope: ['SORJA_FOR_PERSON'], validTo: '2027-12-31' }],
  ['PersonForgotten', { decision: 'Gallrad enligt beslut 2026-14' }],
];
const onEpisode: readonly Sample[] = [
  ['CareEpisodeStarted', { recipient: RECIPIENT, unit: UNIT, careForm: 'HOME_CARE', legalGround: 'SOL_NEEDS_ASSESSED', services: ['CLEANING', 'MEALS'] }, { lateReason: 'Chefen var sjuk', documentedAt: '2026-01-02T08:00:00.000Z' }],
  ['CareEpisodeMovedUnit', { unit: UNIT }],
  ['ServicesChanged', { services: ['PERSONAL_CARE'] }],
  ['CareEpisodePaused', { cause: 'HOSPITAL' }],
  ['CareEpisodeResumed', { cause: 'HOSPITAL' }],
  ['CareEpisodeEnded', { cause: 'MOVED' }],
  ['ObviousUnnecessityAssessed', { criteria: ['bara trygghetslarm'], recipientView: 'Vill inte', reason: 'Endast larm' }],
  ['InformationGiven', { form: 'PHYSICAL_MEETING', items: ['ROLE_CONTENT', 'UNDERSTOOD'], brochureVersion: 3, attendees }],
  ['ContactOffered', { offer: OFFER, by: STAFF }, { commandId: uuid(20, 1), correlationId: uuid(20, 2), causationId: uuid(20, 3), origin: undefined }],
  ['OfferAccepted', { offer: OFFER, answeredBy: 'REPRESENTATIVE', representative: REPRESENTATIVE }],
  ['OfferDeclined', { offer: OFFER, answeredBy: 'RECIPIENT', reasonCode: 'OTHER', reasonText: 'Har redan hunden' }],
  ['ConsentGiven', { consent: CONSENT, person: 'Åsa Öberg', relation: 'dotter', scope: ['INFORM', 'ATTEND_MEETINGS'] }],
  ['ConsentWithdrawn', { consent: CONSENT }],
  ['PlanMeetingBooked', { on: '2026-02-01' }],
  ['ContactAssigned', { assignment: ASSIGNMENT, role: 'PRIMARY', staff: STAFF, appointedBy: OTHER_STAFF, override: { reason: 'Ingen annan fanns' } }],
  ['ContactReplaced', { ends: ASSIGNMENT, assignment: OTHER_ASSIGNMENT, staff: OTHER_STAFF, appointedBy: STAFF, initiator: 'RECIPIENT', reasonCode: 'RECIPIENT_WISH', reasonText: 'Ville byta', override: { reason: 'Brådskade' } }],
  ['ContactEnded', { assignment: OTHER_ASSIGNMENT, initiator: 'UNIT', reasonCode: 'UNIT_CHANGE' }],
  ['ContactAbsenceStarted', { assignment: ASSIGNMENT, deputyAssignment: OTHER_ASSIGNMENT }],
  ['ContactAbsenceEnded', { assignment: ASSIGNMENT, deputyAssignment: OTHER_ASSIGNMENT }],
  ['PlanAgreed', { plan: PLAN, version: 1, sections, contacts: [ASSIGNMENT], participants: attendees, followUpOn: '2026-07-01', decisionRef: 'B-1' }],
  ['PlanRevised', { plan: PLAN, version: 2, sections, contacts: [], participants: [], followUpOn: '2026-08-01', decisionRef: 'B-2' }],
  ['FollowUpPlanned', { plan: PLAN, on: '2026-07-01' }],
  ['FollowUpHeld', { plan: PLAN, attendees, outcome: 'UNCHANGED', notes: 'Allt bra\u2028så', nextFollowUpOn: '2027-01-01' }],
  ['FollowUpNotHeld', { plan: PLAN, reasonCode: 'RECIPIENT_ABSENT', newDate: '2026-07-08' }],
  ['RecordedInDocument', { document: 'JOURNAL', about: EARLIER_EVENT, reference: 'J-12' }],
  ['EntryAnnulled', { corrects: EARLIER_EVENT, cause: 'OTHER', reason: 'Fel person i rummet', movedTo: uuid(11, 2) }],
  ['EntryDisputed', { event: EARLIER_EVENT, statement: 'Så var det inte' }],
  [
    'EntryCorrected',
    { corrects: EARLIER_EVENT, reason: 'Skrev fel', effectiveOn: '2026-01-03', data: { corrects: uuid(11, 3), reason: 'Skrev fel igen', data: { offer: OFFER, answeredBy: 'RECIPIENT', reasonText: 'Har katten' } } },
    { correctedTypes: ['EntryCorrected', 'OfferDeclined'] },
  ],
];

/** What the routine added to version 1: new types, and types with their new fields. */
const present = [...attendees, { kind: 'REPRESENTATIVE', name: 'Gun God', representative: REPRESENTATIVE }];
const REQUEST = uuid(12, 1);
const AGREEMENT = uuid(13, 1);
const onEpisodeByTheRoutine: readonly Sample[] = [
  ['CareEpisodeStarted', { recipient: RECIPIENT, unit: UNIT, careForm: 'SHORT_TERM', legalGround: 'SOL_NEEDS_ASSESSED', services: ['MEALS'], decidedOn: '2025-12-20' }],
  ['HomeRiskAssessed', { reference: 'Akten, blad 4' }],
  ['ObviousUnnecessityAssessed', { criteria: ['ONLY_MEALS'], reason: 'Endast mat', counterIndications: ['LIMITED_NETWORK'], assessedBy: STAFF }],
  ['InformationGiven', { form: 'PHONE', items: ['DETAILS_WILL_BE_AGREED', 'CONTACT_NAMED', 'INFORMATION_SHEET'], attendees: present, by: STAFF, relativesWish: 'NOT_NOW', understoodHow: 'Sade det med egna ord' }],
  ['ConsentGiven', { consent: uuid(9, 2), person: 'Åsa Öberg', relation: 'dotter', scope: ['SHARE_WITH_PROFESSIONALS'] }],
  ['PlanMeetingBooked', { on: '2026-02-01', invited: present }],
  ['PlanMeetingHeld', { form: 'VIDEO', items: ['ROLE_REPEATED', 'SECURITY'], attendees: present, by: STAFF }],
  ['ContactAssigned', { assignment: uuid(7, 3), role: 'PRIMARY', staff: STAFF, considerations: 'Talar finska' }],
  ['ContactReplaced', { ends: uuid(7, 3), assignment: uuid(7, 4), staff: OTHER_STAFF, initiator: 'RECIPIENT', reasonCode: 'LANGUAGE', considerations: 'Talar samiska' }],
  ['ContactChangeRequested', { request: REQUEST, assignment: uuid(7, 4), reasonText: 'Vill ha någon annan' }],
  ['ContactChangeRequestClosed', { request: REQUEST, outcome: 'NOT_POSSIBLE' }],
  ['ContactEnded', { assignment: uuid(7, 4), initiator: 'RECIPIENT', reasonCode: 'LANGUAGE', reasonText: 'Trivdes inte' }],
  ['PlanAgreed', { plan: uuid(8, 2), version: 1, sections, contacts: [], participants: present, attachments: ['Bilaga 1'], meeting: EARLIER_EVENT }],
  ['PlanDeclined', { reasonText: 'Vet hur det ska vara' }],
  ['PrivateFundsAgreementMade', { agreement: AGREEMENT, representative: REPRESENTATIVE, reference: 'Pärm 3' }],
  ['PrivateFundsAgreementEnded', { agreement: AGREEMENT }],
];
const onPolicyByTheRoutine: readonly Sample[] = [
  [
    'PolicyAdopted',
    {
      controller: uuid(1, 2),
      version: 3,
      values: { titleForDeputy: false, planFrom: 'START', trainingCourses: ['Fast omsorgskontakt'], byCareForm: { SHORT_TERM: { offerTargetDays: 2, bookTargetDays: null } } },
      basis: { document: 'Riktlinje', decidedBy: 'Socialnämnden', decidedOn: '2025-11-01', replaces: 'Den förra', changes: 'Kortare tid' },
    },
  ],
];
const onStaffByTheRoutine: readonly Sample[] = [
  ['TransitionStatusDocumented', { employer: 'Åre kommun', evidence: 'Intyg', employmentForm: 'PERMANENT', titleOn: '2020-01-01' }],
  ['AssignmentDescriptionSigned', { assignment: uuid(7, 4), version: '2', place: 'Järpen', givenBy: OTHER_STAFF, givenOn: '2025-12-31' }],
];

const GRANT = uuid(14, 1);
const INSPECTION = uuid(15, 1);
const onGrant: readonly Sample[] = [
  ['RoleGranted', { holder: { issuer: 'https://id.example/', subject: 'sub-Revisor' }, role: 'AUDITOR', controller: CONTROLLER, units: [UNIT], inspection: INSPECTION, validTo: '2026-03-01', decidedBy: STAFF, reason: 'Tillsynen i vår' }],
  ['RoleRevoked', { reason: 'Bytte handläggare' }],
];
const onDeputyGrant: readonly Sample[] = [
  ['RoleGranted', { holder: { staff: OTHER_STAFF }, role: 'UNIT_DEPUTY', controller: CONTROLLER, units: [UNIT], validTo: '2026-02-01', reason: 'Semestern' }],
];
const onInspection: readonly Sample[] = [
  ['InspectionOpened', { authority: 'IVO', caseNumber: '3.5.1-1/2026', controller: CONTROLLER, units: [UNIT], recipients: [RECIPIENT], validTo: '2026-03-01', decidedBy: STAFF }],
  ['InspectionClosed', { reason: 'Beslut kom' }],
];
const onStaffOfAccess: readonly Sample[] = [
  ['IdentityLinked', { issuer: 'https://id.example/', subject: 'sub-Sven' }],
  ['IdentityUnlinked', { reason: 'Nytt kort' }],
  ['StaffProtectionChanged', { protection: 'PROTECTED_REGISTRATION' }],
];
const onRecipientOfAccess: readonly Sample[] = [
  ['AccessNarrowed', { staff: [STAFF, OTHER_STAFF], reason: 'Hotbild' }],
  ['AccessWidened', { reason: 'Hotet är över' }],
  ['GlassBroken', { reasonCode: 'EMERGENCY', reason: 'Hittades på golvet', until: '2026-01-01T16:00:00.000Z' }],
  ['GlassBreakReviewed', { of: EARLIER_EVENT, verdict: 'NOT_JUSTIFIED', reason: 'Var inte i tjänst' }],
  ['PersonNoted', { reason: 'Känd från teve' }],
  ['PersonNoteLifted', { reason: 'Inte längre känd' }],
];
const onPolicyOfAccess: readonly Sample[] = [
  ['AccessPolicyAdopted', { values: { withdrawn: ['desk.recipient.timeline'], glassForProtectedRegistration: false, accessLogYears: 10, logExtractNames: true, ordinaryHours: { from: '06:00', to: '22:30' } } }],
];
const onLogReview: readonly Sample[] = [
  ['LogReviewDrawn', { unit: UNIT, from: '2025-12-01', to: '2025-12-31', method: 'DAY', seedCheckpoint: 'fok/1 42', sample: ['2025-12-14'] }],
  ['LogReviewSigned', { by: STAFF, outcome: 'REMARK', remarks: 'Läste om grannen', actions: 'Samtal hölls' }],
];

function facts(category: string, id: string, subject: string | undefined, samples: readonly Sample[], group: number): FactToRecord[] {
  return samples.map(([type, data, more], index) => ({
    id: uuid(group, index + 1),
    type,
    stream: `${category}-${id}`,
    effectiveOn: '2026-01-01',
    actor: { id: 'chef-7', role: 'MANAGER', unit: UNIT, onBehalfOf: 'chef-8' },
    controller: CONTROLLER,
    ...(subject === undefined ? {} : { subject }),
    origin: { source: 'golden', ref: `${category} ${index + 1}` },
    data,
    ...more,
  }));
}

/** All samples of version 1, in the order in which they were written. */
export const SAMPLES_V1: readonly FactToRecord[] = [
  ...facts('controller', CONTROLLER, undefined, onController, 101),
  ...facts('unit', UNIT, undefined, onUnit, 102),
  ...facts('policy', CONTROLLER, undefined, onPolicy, 103),
  ...facts('staff', STAFF, STAFF, onStaff, 104),
  ...facts('recipient', RECIPIENT, RECIPIENT, onRecipient, 105),
  ...facts('careEpisode', EPISODE, RECIPIENT, onEpisode, 106),
  ...facts('careEpisode', uuid(5, 2), RECIPIENT, onEpisodeByTheRoutine, 107),
  ...facts('policy', uuid(1, 2), undefined, onPolicyByTheRoutine, 108),
  ...facts('staff', uuid(3, 3), uuid(3, 3), onStaffByTheRoutine, 109),
  ...facts('grant', GRANT, GRANT, onGrant, 110),
  ...facts('grant', uuid(14, 2), OTHER_STAFF, onDeputyGrant, 111),
  ...facts('inspection', INSPECTION, INSPECTION, onInspection, 112),
  ...facts('staff', uuid(3, 4), uuid(3, 4), onStaffOfAccess, 113),
  ...facts('recipient', uuid(4, 3), uuid(4, 3), onRecipientOfAccess, 114),
  ...facts('policy', uuid(1, 3), undefined, onPolicyOfAccess, 115),
  ...facts('logReview', uuid(16, 1), uuid(16, 1), onLogReview, 116),
];
