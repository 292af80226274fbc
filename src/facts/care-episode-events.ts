import { z } from 'zod';
import { eventType, toOwn, toStream } from '../kernel/event-sourcing/event-type.js';
import { civilDate, id, text, versionLabel } from '../kernel/event-sourcing/field-schemas.js';
import { RECIPIENT } from './recipient-events.js';
import { STAFF } from './staff-events.js';
import { CARE_FORMS, UNIT } from './unit-events.js';
import { attendees } from './attendees.js';

export const CARE_EPISODE = 'careEpisode';

export const LEGAL_GROUNDS = ['SOL_NEEDS_ASSESSED', 'SOL_WITHOUT_ASSESSMENT', 'LSS', 'OTHER'] as const;
export const SERVICES = [
  'SAFETY_ALARM',
  'MEALS',
  'CLEANING',
  'SHOPPING',
  'LAUNDRY',
  'PERSONAL_CARE',
  'SOCIAL_CONTACT',
  'DELEGATED_HEALTH_CARE',
  'RESPITE',
  'ESCORT',
  'NIGHT_CHECK',
  'OTHER',
] as const;
export const PAUSE_CAUSES = ['HOSPITAL', 'SHORT_TERM_STAY', 'AWAY', 'OTHER'] as const;
export const END_CAUSES = [
  'DECISION_ENDED',
  'MOVED',
  'PROVIDER_CHANGED',
  'DEATH',
  'RECIPIENT_REQUEST',
  'OTHER',
] as const;
export const INFORMATION_FORMS = ['PHYSICAL_MEETING', 'VIDEO', 'PHONE', 'WRITTEN'] as const;
export const INFORMATION_ITEMS = [
  'ROLE_REPLACES_CONTACT_PERSON',
  'ROLE_CONTENT',
  'FREE_CHOICE',
  'RELATIVES_ASKED',
  'BROCHURE',
  'UNDERSTOOD',
] as const;
export const ANSWERED_BY = ['RECIPIENT', 'REPRESENTATIVE'] as const;
export const DECLINE_REASONS = [
  'ENOUGH_SUPPORT',
  'NO_SINGLE_PERSON',
  'HAS_RELATIVE',
  'SHORT_STAY',
  'DID_NOT_WISH_TO_STATE',
  'OTHER',
] as const;
export const CONSENT_SCOPES = ['INFORM', 'ATTEND_MEETINGS', 'CONTACT_DETAILS'] as const;
export const CONTACT_ROLES = ['PRIMARY', 'SECOND', 'DEPUTY'] as const;
export const INITIATORS = ['RECIPIENT', 'UNIT', 'STAFF'] as const;
export const CONTACT_CHANGE_REASONS = [
  'RECIPIENT_WISH',
  'STAFF_LEFT',
  'STAFF_LEAVE',
  'UNIT_CHANGE',
  'SUITABILITY',
  'OTHER',
] as const;
export const FOLLOW_UP_OUTCOMES = ['UNCHANGED', 'REVISE_PLAN', 'CHANGE_CONTACT', 'OTHER'] as const;
export const FOLLOW_UP_NOT_HELD_REASONS = [
  'RECIPIENT_ABSENT',
  'RECIPIENT_DECLINED',
  'STAFF_UNAVAILABLE',
  'OTHER',
] as const;
export const DOCUMENTS = ['JOURNAL', 'PLAN', 'PROFILE'] as const;

const services = z.array(z.enum(SERVICES));
const pauseCause = z.strictObject({ cause: z.enum(PAUSE_CAUSES).optional() });
const override = z.strictObject({ reason: text });
const attendeeConsents = toOwn('attendees[].consent', 'consent');

export const CareEpisodeStarted = eventType(
  'CareEpisodeStarted',
  CARE_EPISODE,
  z.strictObject({
    recipient: id,
    unit: id,
    careForm: z.enum(CARE_FORMS),
    legalGround: z.enum(LEGAL_GROUNDS),
    services,
  }),
  { opens: true, ahead: true, references: [toStream('recipient', RECIPIENT), toStream('unit', UNIT)] },
);
export const CareEpisodeMovedUnit = eventType('CareEpisodeMovedUnit', CARE_EPISODE, z.strictObject({ unit: id }), {
  ahead: true,
  references: [toStream('unit', UNIT)],
});
export const ServicesChanged = eventType('ServicesChanged', CARE_EPISODE, z.strictObject({ services }), {
  ahead: true,
});
export const CareEpisodePaused = eventType('CareEpisodePaused', CARE_EPISODE, pauseCause, { ahead: true });
export const CareEpisodeResumed = eventType('CareEpisodeResumed', CARE_EPISODE, pauseCause, { ahead: true });
export const CareEpisodeEnded = eventType(
  'CareEpisodeEnded',
  CARE_EPISODE,
  z.strictObject({ cause: z.enum(END_CAUSES) }),
  { ahead: true },
);

export const ObviousUnnecessityAssessed = eventType(
  'ObviousUnnecessityAssessed',
  CARE_EPISODE,
  z.strictObject({ criteria: z.array(text), recipientView: text.optional(), reason: text }),
  { sealed: ['recipientView', 'reason'] },
);
export const InformationGiven = eventType(
  'InformationGiven',
  CARE_EPISODE,
  z.strictObject({
    form: z.enum(INFORMATION_FORMS),
    items: z.array(z.enum(INFORMATION_ITEMS)),
    brochureVersion: versionLabel.optional(),
    attendees,
  }),
  { sealed: ['attendees[].name'], references: [attendeeConsents] },
);
export const ContactOffered = eventType('ContactOffered', CARE_EPISODE, z.strictObject({ offer: id, by: id }), {
  references: [toStream('by', STAFF)],
  defines: { kind: 'offer', path: 'offer' },
});

const answer = { offer: id, answeredBy: z.enum(ANSWERED_BY), representative: id.optional() };
export const OfferAccepted = eventType('OfferAccepted', CARE_EPISODE, z.strictObject(answer), {
  references: [toOwn('offer', 'offer')],
});
export const OfferDeclined = eventType(
  'OfferDeclined',
  CARE_EPISODE,
  z.strictObject({ ...answer, reasonCode: z.enum(DECLINE_REASONS).optional(), reasonText: text.optional() }),
  {
    sealed: ['reasonText'],
    references: [toOwn('offer', 'offer')],
  },
);

export const ConsentGiven = eventType(
  'ConsentGiven',
  CARE_EPISODE,
  z.strictObject({ consent: id, person: text, relation: text, scope: z.array(z.enum(CONSENT_SCOPES)) }),
  {
    sealed: ['person'],
    defines: { kind: 'consent', path: 'consent' },
  },
);
export const ConsentWithdrawn = eventType('ConsentWithdrawn', CARE_EPISODE, z.strictObject({ consent: id }), {
  references: [toOwn('consent', 'consent')],
});
export const PlanMeetingBooked = eventType('PlanMeetingBooked', CARE_EPISODE, z.strictObject({ on: civilDate }));

export const ContactAssigned = eventType(
  'ContactAssigned',
  CARE_EPISODE,
  z.strictObject({
    assignment: id,
    role: z.enum(CONTACT_ROLES),
    staff: id,
    appointedBy: id.optional(),
    override: override.optional(),
  }),
  {
    ahead: true,
    sealed: ['override.reason'],
    references: [toStream('staff', STAFF), toStream('appointedBy', STAFF)],
    defines: { kind: 'assignment', path: 'assignment' },
  },
);
export const ContactReplaced = eventType(
  'ContactReplaced',
  CARE_EPISODE,
  z.strictObject({
    ends: id,
    assignment: id,
    staff: id,
    appointedBy: id.optional(),
    initiator: z.enum(INITIATORS),
    reasonCode: z.enum(CONTACT_CHANGE_REASONS),
    reasonText: text.optional(),
    override: override.optional(),
  }),
  {
    ahead: true,
    sealed: ['reasonText', 'override.reason'],
    references: [toOwn('ends', 'assignment'), toStream('staff', STAFF), toStream('appointedBy', STAFF)],
    defines: { kind: 'assignment', path: 'assignment' },
  },
);
export const ContactEnded = eventType(
  'ContactEnded',
  CARE_EPISODE,
  z.strictObject({ assignment: id, initiator: z.enum(INITIATORS), reasonCode: z.enum(CONTACT_CHANGE_REASONS) }),
  { ahead: true, references: [toOwn('assignment', 'assignment')] },
);

const absence = z.strictObject({ assignment: id, deputyAssignment: id.optional() });
const absenceReferences = [toOwn('assignment', 'assignment'), toOwn('deputyAssignment', 'assignment')];
export const ContactAbsenceStarted = eventType('ContactAbsenceStarted', CARE_EPISODE, absence, {
  ahead: true,
  references: absenceReferences,
});
export const ContactAbsenceEnded = eventType('ContactAbsenceEnded', CARE_EPISODE, absence, {
  ahead: true,
  references: absenceReferences,
});

const plan = z.strictObject({
  plan: id,
  version: z.int().min(1),
  sections: z.strictObject({ security: text, continuity: text, individualCare: text, coordination: text }),
  contacts: z.array(id),
  participants: attendees,
  followUpOn: civilDate.optional(),
  decisionRef: text.optional(),
});
const planSealed = [
  'sections.security',
  'sections.continuity',
  'sections.individualCare',
  'sections.coordination',
  'participants[].name',
];
const planReferences = [toOwn('contacts[]', 'assignment'), toOwn('participants[].consent', 'consent')];
export const PlanAgreed = eventType('PlanAgreed', CARE_EPISODE, plan, {
  sealed: planSealed,
  references: planReferences,
  defines: { kind: 'plan', path: 'plan' },
});
export const PlanRevised = eventType('PlanRevised', CARE_EPISODE, plan, {
  sealed: planSealed,
  references: [toOwn('plan', 'plan'), ...planReferences],
});

export const FollowUpPlanned = eventType('FollowUpPlanned', CARE_EPISODE, z.strictObject({ plan: id, on: civilDate }), {
  references: [toOwn('plan', 'plan')],
});
export const FollowUpHeld = eventType(
  'FollowUpHeld',
  CARE_EPISODE,
  z.strictObject({
    plan: id,
    attendees,
    outcome: z.enum(FOLLOW_UP_OUTCOMES),
    notes: text.optional(),
    nextFollowUpOn: civilDate.optional(),
  }),
  { sealed: ['attendees[].name', 'notes'], references: [toOwn('plan', 'plan'), attendeeConsents] },
);
export const FollowUpNotHeld = eventType(
  'FollowUpNotHeld',
  CARE_EPISODE,
  z.strictObject({ plan: id, reasonCode: z.enum(FOLLOW_UP_NOT_HELD_REASONS), newDate: civilDate.optional() }),
  { references: [toOwn('plan', 'plan')] },
);

export const RecordedInDocument = eventType(
  'RecordedInDocument',
  CARE_EPISODE,
  z.strictObject({ document: z.enum(DOCUMENTS), about: id, reference: text.optional() }),
  {
    references: [{ path: 'about', to: 'entry', types: ['ContactAssigned', 'ContactReplaced'] }],
  },
);

export const careEpisodeEvents = [
  CareEpisodeStarted,
  CareEpisodeMovedUnit,
  ServicesChanged,
  CareEpisodePaused,
  CareEpisodeResumed,
  CareEpisodeEnded,
  ObviousUnnecessityAssessed,
  InformationGiven,
  ContactOffered,
  OfferAccepted,
  OfferDeclined,
  ConsentGiven,
  ConsentWithdrawn,
  PlanMeetingBooked,
  ContactAssigned,
  ContactReplaced,
  ContactEnded,
  ContactAbsenceStarted,
  ContactAbsenceEnded,
  PlanAgreed,
  PlanRevised,
  FollowUpPlanned,
  FollowUpHeld,
  FollowUpNotHeld,
  RecordedInDocument,
];
