import type { FactData, FactName } from '../../facts/event-catalogue.js';
import type { CareForm, ContactRole } from '../model.js';
import type { PolicyValues } from '../policy.js';

type With<N extends FactName> = Partial<FactData[N]>;

/** A fact of a history, told in the words of the routine. Ids are readable names. */
export class GivenFact<N extends FactName = FactName> {
  ref: string | undefined;
  known: string | undefined;

  constructor(
    readonly stream: string,
    readonly type: N,
    readonly day: string,
    readonly data: FactData[N],
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

/** A fact whose data no schema would let pass: the rules must not rest on more than they need. */
export const misshapen = (stream: string, type: FactName, day: string, data: Record<string, unknown>): GivenFact =>
  new GivenFact(stream, type, day, data as unknown as FactData[FactName]);

const EPISODE = 'episode';
const inEpisode = <N extends FactName>(type: N, day: string, data: FactData[N]): GivenFact<N> =>
  new GivenFact(EPISODE, type, day, data);
const ofStaff = <N extends FactName>(staff: string, type: N, day: string, data: FactData[N]): GivenFact<N> =>
  new GivenFact(`staff:${staff}`, type, day, data);

export interface StartDetails {
  readonly careForm?: CareForm;
  readonly unit?: string;
  readonly recipient?: string;
  readonly services?: FactData['ServicesChanged']['services'];
}

export const started = (
  day: string,
  { careForm = 'HOME_CARE', unit = 'unit', recipient = 'recipient', services = ['PERSONAL_CARE'] }: StartDetails = {},
): GivenFact<'CareEpisodeStarted'> =>
  inEpisode('CareEpisodeStarted', day, { recipient, unit, careForm, legalGround: 'SOL_NEEDS_ASSESSED', services });
export const movedUnit = (day: string, unit: string): GivenFact<'CareEpisodeMovedUnit'> =>
  inEpisode('CareEpisodeMovedUnit', day, { unit });
export const servicesChanged = (
  day: string,
  ...services: FactData['ServicesChanged']['services']
): GivenFact<'ServicesChanged'> => inEpisode('ServicesChanged', day, { services });
export const paused = (day: string): GivenFact<'CareEpisodePaused'> =>
  inEpisode('CareEpisodePaused', day, { cause: 'HOSPITAL' });
export const resumed = (day: string): GivenFact<'CareEpisodeResumed'> => inEpisode('CareEpisodeResumed', day, {});
export const ended = (day: string): GivenFact<'CareEpisodeEnded'> =>
  inEpisode('CareEpisodeEnded', day, { cause: 'DECISION_ENDED' });

export const unnecessary = (
  day: string,
  details: With<'ObviousUnnecessityAssessed'> = { recipientView: 'agrees' },
): GivenFact<'ObviousUnnecessityAssessed'> =>
  inEpisode('ObviousUnnecessityAssessed', day, { criteria: ['ONLY_ALARM'], reason: 'only an alarm', ...details });
export const informed = (
  day: string,
  items: FactData['InformationGiven']['items'],
  details: With<'InformationGiven'> = {},
): GivenFact<'InformationGiven'> =>
  inEpisode('InformationGiven', day, {
    form: 'PHYSICAL_MEETING',
    items,
    attendees: [{ kind: 'RECIPIENT' }],
    ...details,
  });
export const offered = (day: string, offer = 'offer'): GivenFact<'ContactOffered'> =>
  inEpisode('ContactOffered', day, { offer, by: 'anna' }).as(`offered:${offer}`);
export const accepted = (
  day: string,
  offer = 'offer',
  details: With<'OfferAccepted'> = {},
): GivenFact<'OfferAccepted'> => inEpisode('OfferAccepted', day, { offer, answeredBy: 'RECIPIENT', ...details });
export const declined = (
  day: string,
  offer = 'offer',
  details: With<'OfferDeclined'> = { reasonCode: 'ENOUGH_SUPPORT' },
): GivenFact<'OfferDeclined'> => inEpisode('OfferDeclined', day, { offer, answeredBy: 'RECIPIENT', ...details });
export const consentGiven = (
  day: string,
  consent: string,
  scope: FactData['ConsentGiven']['scope'] = ['ATTEND_MEETINGS'],
): GivenFact<'ConsentGiven'> => inEpisode('ConsentGiven', day, { consent, person: null, relation: 'daughter', scope });
export const consentWithdrawn = (day: string, consent: string): GivenFact<'ConsentWithdrawn'> =>
  inEpisode('ConsentWithdrawn', day, { consent });

export const assigned = (
  day: string,
  assignment = 'assignment',
  staff = 'anna',
  role: ContactRole = 'PRIMARY',
): GivenFact<'ContactAssigned'> =>
  inEpisode('ContactAssigned', day, { assignment, role, staff }).as(`appointed:${assignment}`);
export const replaced = (day: string, ends: string, assignment: string, staff: string): GivenFact<'ContactReplaced'> =>
  inEpisode('ContactReplaced', day, { ends, assignment, staff, initiator: 'UNIT', reasonCode: 'OTHER' }).as(
    `appointed:${assignment}`,
  );
export const contactEnded = (day: string, assignment = 'assignment'): GivenFact<'ContactEnded'> =>
  inEpisode('ContactEnded', day, { assignment, initiator: 'RECIPIENT', reasonCode: 'RECIPIENT_WISH' });
export const absent = (day: string, assignment = 'assignment'): GivenFact<'ContactAbsenceStarted'> =>
  inEpisode('ContactAbsenceStarted', day, { assignment });
export const back = (day: string, assignment = 'assignment'): GivenFact<'ContactAbsenceEnded'> =>
  inEpisode('ContactAbsenceEnded', day, { assignment });

const sections = { security: null, continuity: null, individualCare: null, coordination: null };
export const planAgreed = (day: string, details: With<'PlanAgreed'> = {}): GivenFact<'PlanAgreed'> =>
  inEpisode('PlanAgreed', day, { plan: 'plan', version: 1, sections, contacts: [], participants: [], ...details });
export const planRevised = (day: string, details: With<'PlanRevised'> = {}): GivenFact<'PlanRevised'> =>
  inEpisode('PlanRevised', day, { plan: 'plan', version: 2, sections, contacts: [], participants: [], ...details });
export const followUpPlanned = (day: string, on: string): GivenFact<'FollowUpPlanned'> =>
  inEpisode('FollowUpPlanned', day, { plan: 'plan', on });
export const followUpHeld = (day: string, details: With<'FollowUpHeld'> = {}): GivenFact<'FollowUpHeld'> =>
  inEpisode('FollowUpHeld', day, { plan: 'plan', attendees: [], outcome: 'UNCHANGED', ...details });
export const followUpNotHeld = (day: string, newDate?: string): GivenFact<'FollowUpNotHeld'> =>
  inEpisode('FollowUpNotHeld', day, { plan: 'plan', reasonCode: 'RECIPIENT_ABSENT', ...(newDate ? { newDate } : {}) });
export const recordedIn = (
  document: FactData['RecordedInDocument']['document'],
  day: string,
  assignment = 'assignment',
): GivenFact<'RecordedInDocument'> =>
  inEpisode('RecordedInDocument', day, { document, about: `appointed:${assignment}` });

export const employed = (staff: string, day: string): GivenFact<'EmploymentStarted'> =>
  ofStaff(staff, 'EmploymentStarted', day, { form: 'PERMANENT' });
export const left = (staff: string, day: string): GivenFact<'EmploymentEnded'> =>
  ofStaff(staff, 'EmploymentEnded', day, {});
export const staffMovedUnit = (staff: string, day: string): GivenFact<'StaffMovedUnit'> =>
  ofStaff(staff, 'StaffMovedUnit', day, { unit: 'other-unit' });
export const onLeave = (staff: string, day: string): GivenFact<'LeaveStarted'> =>
  ofStaff(staff, 'LeaveStarted', day, {});
export const backFromLeave = (staff: string, day: string): GivenFact<'LeaveEnded'> =>
  ofStaff(staff, 'LeaveEnded', day, {});
/** A title certificate, checked on a day. */
export const titleVerified = (staff: string, day: string, certificateDate: string): GivenFact<'TitleVerified'> =>
  ofStaff(staff, 'TitleVerified', day, { certificateDate, method: 'HOSP_DIRECT', checkedBy: 'HOSP' });
export const transitionDocumented = (staff: string, day: string): GivenFact<'TransitionStatusDocumented'> =>
  ofStaff(staff, 'TransitionStatusDocumented', day, { employer: 'the municipality', evidence: null });
export const educationApproved = (staff: string, day: string): GivenFact<'ApprovedEducationRecorded'> =>
  ofStaff(staff, 'ApprovedEducationRecorded', day, { education: 'vård och omsorg', approvedBy: 'the manager' });
export const titleWithdrawn = (staff: string, day: string, of: string): GivenFact<'TitleVerificationWithdrawn'> =>
  ofStaff(staff, 'TitleVerificationWithdrawn', day, { of, cause: 'WRONG_PERSON' });
export const trained = (staff: string, day: string): GivenFact<'TrainingCompleted'> =>
  ofStaff(staff, 'TrainingCompleted', day, { course: 'fast omsorgskontakt' });
export const signed = (
  staff: string,
  day: string,
  assignment = 'assignment',
): GivenFact<'AssignmentDescriptionSigned'> =>
  ofStaff(staff, 'AssignmentDescriptionSigned', day, { assignment, version: '1', place: 'Ånge' });
export const yearlyHeld = (staff: string, day: string): GivenFact<'YearlyFollowUpHeld'> =>
  ofStaff(staff, 'YearlyFollowUpHeld', day, {});

export const unitOpened = (
  unit: string,
  day: string,
  controller: string,
  commissionedBy?: string,
): GivenFact<'UnitOpened'> =>
  new GivenFact(`unit:${unit}`, 'UnitOpened', day, {
    controller,
    name: unit,
    careForms: ['HOME_CARE'],
    ...(commissionedBy ? { commissionedBy } : {}),
  });
/** A policy of the municipality, to which `unit` belongs unless a history opens it otherwise. */
export const policy = (
  day: string,
  values: Partial<PolicyValues>,
  controller = 'municipality',
): GivenFact<'PolicyAdopted'> =>
  new GivenFact(`policy:${controller}`, 'PolicyAdopted', day, { controller, version: day, values });
export const representative = (
  day: string,
  name: string,
  details: With<'RepresentativeRegistered'> = {},
  recipient = 'recipient',
): GivenFact<'RepresentativeRegistered'> =>
  new GivenFact(`recipient:${recipient}`, 'RepresentativeRegistered', day, {
    representative: name,
    kind: 'GOD_MAN',
    name: null,
    scope: [],
    ...details,
  });
export const merged = (day: string, recipient: string, into: string): GivenFact<'RecipientMerged'> =>
  new GivenFact(`recipient:${recipient}`, 'RecipientMerged', day, { into });

/** A correction of the entry `ref`, on its stream. */
export const corrected = (
  ref: string,
  right: { readonly effectiveOn?: string; readonly data?: Readonly<Record<string, unknown>> },
  stream = EPISODE,
): GivenFact<'EntryCorrected'> =>
  new GivenFact(stream, 'EntryCorrected', '2026-01-01', { corrects: ref, reason: null, ...right });
export const annulled = (ref: string, stream = EPISODE): GivenFact<'EntryAnnulled'> =>
  new GivenFact(stream, 'EntryAnnulled', '2026-01-01', { corrects: ref, cause: 'NEVER_HAPPENED', reason: null });
export const disputed = (ref: string, stream = EPISODE): GivenFact<'EntryDisputed'> =>
  new GivenFact(stream, 'EntryDisputed', '2026-01-01', { event: ref, statement: null });
