import type { CareForm, ContactRole } from '../model.js';
import type { PolicyValues } from '../policy.js';

type Data = Record<string, unknown>;

/** A fact of a history, told in the words of the routine. Ids are readable names. */
export class GivenFact {
  ref: string | undefined;
  known: string | undefined;

  constructor(
    readonly stream: string,
    readonly type: string,
    readonly day: string,
    readonly data: Data,
  ) {}

  /** Gives the entry an id, so that a later one can speak of it. */
  as(ref: string): this {
    this.ref = ref;
    return this;
  }

  /** The instant at which the register got to know it; without it, after all that stands before. */
  knownFrom(instant: string): this {
    this.known = instant;
    return this;
  }
}

const EPISODE = 'episode';
const inEpisode = (type: string, day: string, data: Data = {}): GivenFact => new GivenFact(EPISODE, type, day, data);
const ofStaff = (staff: string, type: string, day: string, data: Data = {}): GivenFact =>
  new GivenFact(`staff:${staff}`, type, day, data);

export interface StartDetails {
  readonly careForm?: CareForm;
  readonly unit?: string;
  readonly recipient?: string;
  readonly services?: readonly string[];
}

export const started = (
  day: string,
  { careForm = 'HOME_CARE', unit = 'unit', recipient = 'recipient', services = ['PERSONAL_CARE'] }: StartDetails = {},
): GivenFact =>
  inEpisode('CareEpisodeStarted', day, { recipient, unit, careForm, legalGround: 'SOL_NEEDS_ASSESSED', services });
export const movedUnit = (day: string, unit: string): GivenFact => inEpisode('CareEpisodeMovedUnit', day, { unit });
export const servicesChanged = (day: string, ...services: string[]): GivenFact =>
  inEpisode('ServicesChanged', day, { services });
export const paused = (day: string): GivenFact => inEpisode('CareEpisodePaused', day, { cause: 'HOSPITAL' });
export const resumed = (day: string): GivenFact => inEpisode('CareEpisodeResumed', day);
export const ended = (day: string): GivenFact => inEpisode('CareEpisodeEnded', day, { cause: 'DECISION_ENDED' });

export const unnecessary = (day: string, details: Data = { recipientView: 'agrees' }): GivenFact =>
  inEpisode('ObviousUnnecessityAssessed', day, { criteria: ['ONLY_ALARM'], reason: 'only an alarm', ...details });
export const informed = (day: string, items: readonly string[], details: Data = {}): GivenFact =>
  inEpisode('InformationGiven', day, { form: 'PHYSICAL_MEETING', items, attendees: [], ...details });
export const offered = (day: string, offer = 'offer'): GivenFact =>
  inEpisode('ContactOffered', day, { offer, by: 'anna' }).as(`offered:${offer}`);
export const accepted = (day: string, offer = 'offer', details: Data = {}): GivenFact =>
  inEpisode('OfferAccepted', day, { offer, answeredBy: 'RECIPIENT', ...details });
export const declined = (day: string, offer = 'offer', details: Data = { reasonCode: 'ENOUGH_SUPPORT' }): GivenFact =>
  inEpisode('OfferDeclined', day, { offer, answeredBy: 'RECIPIENT', ...details });
export const consentGiven = (day: string, consent: string, scope: readonly string[] = ['ATTEND_MEETINGS']): GivenFact =>
  inEpisode('ConsentGiven', day, { consent, person: null, relation: 'daughter', scope });
export const consentWithdrawn = (day: string, consent: string): GivenFact =>
  inEpisode('ConsentWithdrawn', day, { consent });

export const assigned = (
  day: string,
  assignment = 'assignment',
  staff = 'anna',
  role: ContactRole = 'PRIMARY',
): GivenFact => inEpisode('ContactAssigned', day, { assignment, role, staff }).as(`appointed:${assignment}`);
export const replaced = (day: string, ends: string, assignment: string, staff: string): GivenFact =>
  inEpisode('ContactReplaced', day, { ends, assignment, staff, initiator: 'UNIT', reasonCode: 'OTHER' }).as(
    `appointed:${assignment}`,
  );
export const contactEnded = (day: string, assignment = 'assignment'): GivenFact =>
  inEpisode('ContactEnded', day, { assignment, initiator: 'RECIPIENT', reasonCode: 'RECIPIENT_WISH' });
export const absent = (day: string, assignment = 'assignment'): GivenFact =>
  inEpisode('ContactAbsenceStarted', day, { assignment });
export const back = (day: string, assignment = 'assignment'): GivenFact =>
  inEpisode('ContactAbsenceEnded', day, { assignment });

const sections = { security: null, continuity: null, individualCare: null, coordination: null };
export const planAgreed = (day: string, details: Data = {}): GivenFact =>
  inEpisode('PlanAgreed', day, { plan: 'plan', version: 1, sections, contacts: [], participants: [], ...details });
export const planRevised = (day: string, details: Data = {}): GivenFact =>
  inEpisode('PlanRevised', day, { plan: 'plan', version: 2, sections, contacts: [], participants: [], ...details });
export const followUpPlanned = (day: string, on: string): GivenFact =>
  inEpisode('FollowUpPlanned', day, { plan: 'plan', on });
export const followUpHeld = (day: string, details: Data = {}): GivenFact =>
  inEpisode('FollowUpHeld', day, { plan: 'plan', attendees: [], outcome: 'UNCHANGED', ...details });
export const followUpNotHeld = (day: string, newDate?: string): GivenFact =>
  inEpisode('FollowUpNotHeld', day, { plan: 'plan', reasonCode: 'RECIPIENT_ABSENT', ...(newDate ? { newDate } : {}) });
export const recordedIn = (document: string, day: string, assignment = 'assignment'): GivenFact =>
  inEpisode('RecordedInDocument', day, { document, about: `appointed:${assignment}` });

export const employed = (staff: string, day: string): GivenFact =>
  ofStaff(staff, 'EmploymentStarted', day, { form: 'PERMANENT' });
export const left = (staff: string, day: string): GivenFact => ofStaff(staff, 'EmploymentEnded', day);
export const staffMovedUnit = (staff: string, day: string): GivenFact =>
  ofStaff(staff, 'StaffMovedUnit', day, { unit: 'other-unit' });
export const onLeave = (staff: string, day: string): GivenFact => ofStaff(staff, 'LeaveStarted', day);
export const backFromLeave = (staff: string, day: string): GivenFact => ofStaff(staff, 'LeaveEnded', day);
/** A title certificate, checked on a day. */
export const titleVerified = (staff: string, day: string, certificateDate: string): GivenFact =>
  ofStaff(staff, 'TitleVerified', day, { certificateDate, method: 'HOSP_DIRECT', checkedBy: 'HOSP' });
export const transitionDocumented = (staff: string, day: string): GivenFact =>
  ofStaff(staff, 'TransitionStatusDocumented', day, { employer: 'the municipality', evidence: null });
export const educationApproved = (staff: string, day: string): GivenFact =>
  ofStaff(staff, 'ApprovedEducationRecorded', day, { education: 'vård och omsorg', approvedBy: 'the manager' });
export const titleWithdrawn = (staff: string, day: string, of: string): GivenFact =>
  ofStaff(staff, 'TitleVerificationWithdrawn', day, { of, cause: 'WRONG_PERSON' });
export const trained = (staff: string, day: string): GivenFact =>
  ofStaff(staff, 'TrainingCompleted', day, { course: 'fast omsorgskontakt' });
export const signed = (staff: string, day: string, assignment = 'assignment'): GivenFact =>
  ofStaff(staff, 'AssignmentDescriptionSigned', day, { assignment, version: '1', place: 'Ånge' });
export const yearlyHeld = (staff: string, day: string): GivenFact => ofStaff(staff, 'YearlyFollowUpHeld', day);

export const unitOpened = (unit: string, day: string, controller: string, commissionedBy?: string): GivenFact =>
  new GivenFact(`unit:${unit}`, 'UnitOpened', day, {
    controller,
    name: unit,
    careForms: ['HOME_CARE'],
    ...(commissionedBy ? { commissionedBy } : {}),
  });
/** A policy of the municipality, to which `unit` belongs unless a history opens it otherwise. */
export const policy = (day: string, values: Partial<PolicyValues>, controller = 'municipality'): GivenFact =>
  new GivenFact(`policy:${controller}`, 'PolicyAdopted', day, { controller, version: day, values });
export const representative = (day: string, name: string, details: Data = {}, recipient = 'recipient'): GivenFact =>
  new GivenFact(`recipient:${recipient}`, 'RepresentativeRegistered', day, {
    representative: name,
    kind: 'GOD_MAN',
    name: null,
    scope: [],
    ...details,
  });
export const merged = (day: string, recipient: string, into: string): GivenFact =>
  new GivenFact(`recipient:${recipient}`, 'RecipientMerged', day, { into });

/** A correction of the entry `ref`, on its stream. */
export const corrected = (
  ref: string,
  right: { readonly effectiveOn?: string; readonly data?: Data },
  stream = EPISODE,
): GivenFact => new GivenFact(stream, 'EntryCorrected', '2026-01-01', { corrects: ref, reason: null, ...right });
export const annulled = (ref: string, stream = EPISODE): GivenFact =>
  new GivenFact(stream, 'EntryAnnulled', '2026-01-01', { corrects: ref, cause: 'NEVER_HAPPENED', reason: null });
export const disputed = (ref: string, stream = EPISODE): GivenFact =>
  new GivenFact(stream, 'EntryDisputed', '2026-01-01', { event: ref, statement: null });
