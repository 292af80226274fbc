import { dueOnAt } from '../../compliance-rules/index.js';
import type {
  AssignmentPicture,
  CareForm,
  ContactRole,
  EpisodeAssessment,
  RuleKind,
  Segment,
  Status,
  TitleBasis,
} from '../../compliance-rules/model.js';
import { type Day, formatDay } from '../../kernel/time/day.js';
import { heldOn, holdsOn } from '../on-day.js';

export const EPISODE_STATES = [
  'PAUSED',
  'ACTIVE',
  'ACCEPTED_NO_CONTACT',
  'DECLINED',
  'OFFER_PENDING',
  'UNNECESSARY',
  'UNNECESSARY_REASSESS',
  'NOT_OFFERED',
] as const;
export type EpisodeStateName = (typeof EPISODE_STATES)[number];

export interface ContactOfRow {
  readonly assignment: string;
  readonly staff: string;
  /** Null where it cannot be read. */
  readonly name: string | null;
  readonly role: ContactRole;
  readonly titleBasis?: TitleBasis;
  readonly absent: boolean;
}

/** A rule that is not met, and since when. */
export interface Shortcoming {
  readonly rule: string;
  readonly assignment?: string;
  /** Whether the law says so, or the municipality's own routine. */
  readonly kind: RuleKind;
  readonly since: string;
}

/** A wish for another contact that nobody has closed. */
export interface OpenChangeRequest {
  readonly request: string;
  readonly assignment: string;
  /** The day on which it was made. */
  readonly since: string;
}

/** One ongoing episode of a unit on a day (contract §5, "a unit today"). */
export interface UnitRow {
  readonly episode: string;
  readonly recipient: string;
  /** Null where it cannot be read. */
  readonly recipientName: string | null;
  readonly careForm: CareForm;
  /** True on days that are no duty days: what is shown is local routine, not law. */
  readonly local: boolean;
  readonly state: EpisodeStateName;
  readonly contacts: readonly ContactOfRow[];
  readonly breaches: readonly Shortcoming[];
  /** But that the care started late: nobody can do anything about it any more. */
  readonly warnings: readonly Shortcoming[];
  /** Of active assignments, whether or not a rule asks for an answer. */
  readonly changeRequests: readonly OpenChangeRequest[];
  /** What falls due first, from the day on. */
  readonly nextDue?: { readonly rule: string; readonly dueOn: string };
}

/** A row before anybody has looked up what people are called. */
export type NamelessRow = Omit<UnitRow, 'recipientName' | 'contacts'> & {
  readonly contacts: readonly NamelessContact[];
};
type NamelessContact = Omit<ContactOfRow, 'name'>;

/** The episode's row on a day, or undefined when it is not ongoing then. */
export function unitRow(assessment: EpisodeAssessment, day: Day): NamelessRow | undefined {
  if (!assessment.ongoing || !holdsOn(assessment.ongoing, day)) return undefined;
  const segments = assessment.segments.filter((segment) => holdsOn(segment, day));
  const next = segments
    .flatMap((segment) => ({ rule: segment.rule, dueOn: dueOnAt(segment, day) ?? -Infinity }))
    .filter(({ dueOn }) => dueOn >= day)
    .sort((a, b) => a.dueOn - b.dueOn)[0];
  return {
    episode: assessment.episode,
    recipient: assessment.recipient,
    careForm: assessment.careForm,
    local: isLocal(assessment, day),
    state: stateOn(assessment, day),
    contacts: contactsOn(assessment, day),
    breaches: shortcomings(segments, 'BREACH'),
    warnings: shortcomings(segments, 'WARNING').filter(({ rule }) => rule !== 'STARTED_IN_TIME'),
    changeRequests: assessment.changeRequests
      .filter((open) => holdsOn(open, day))
      .map(({ request, assignment, since }) => ({ request, assignment, since: formatDay(since) })),
    ...(next === undefined ? {} : { nextDue: { rule: next.rule, dueOn: formatDay(next.dueOn) } }),
  };
}

/** The row with the names of the people in it. @param nameOf by stream; undefined where none can be read */
export function namedRow(row: NamelessRow, nameOf: (stream: string) => string | undefined): UnitRow {
  return {
    ...row,
    recipientName: nameOf(`recipient-${row.recipient}`) ?? null,
    contacts: row.contacts.map((contact) => ({ ...contact, name: nameOf(`staff-${contact.staff}`) ?? null })),
  };
}

/** The streams in which the names of a row's people stand. */
export function peopleOf({ recipient, contacts }: NamelessRow): string[] {
  return [`recipient-${recipient}`, ...contacts.map(({ staff }) => `staff-${staff}`)];
}

function shortcomings(segments: readonly Segment[], status: Status): Shortcoming[] {
  return segments
    .filter((segment) => segment.status === status)
    .map(({ rule, assignment, kind, from }) => ({
      rule,
      ...(assignment === undefined ? {} : { assignment }),
      kind,
      since: formatDay(from),
    }));
}

/** Whether the day is no duty day of the episode (contract §5: answers mark the rest `local`). */
export function isLocal(assessment: EpisodeAssessment, day: Day): boolean {
  return heldOn(assessment.judged, day)?.local ?? true;
}

/** The episode's state on an ongoing day: the first that fits, in the order of {@link EPISODE_STATES}. */
export function stateOn(assessment: EpisodeAssessment, day: Day): EpisodeStateName {
  if (heldOn(assessment.paused, day)) return 'PAUSED';
  const standing = heldOn(assessment.standing, day);
  if (standing?.answer === 'YES') return heldOn(assessment.primary, day) ? 'ACTIVE' : 'ACCEPTED_NO_CONTACT';
  if (standing) return 'DECLINED';
  if (assessment.offeredFrom !== undefined && assessment.offeredFrom <= day) return 'OFFER_PENDING';
  if (heldOn(assessment.validAssessments, day)) return 'UNNECESSARY';
  return heldOn(assessment.assessed, day) ? 'UNNECESSARY_REASSESS' : 'NOT_OFFERED';
}

const ROLE_ORDER: Readonly<Record<ContactRole, number>> = { PRIMARY: 0, SECOND: 1, DEPUTY: 2 };

/** The assignments that are active on the day: ordinary contact first, then by start and id. */
export function contactsOn(assessment: EpisodeAssessment, day: Day): NamelessContact[] {
  return activeOn(assessment, day).map((picture) => {
    const title = heldOn(picture.titles, day);
    return {
      assignment: picture.assignment,
      staff: picture.staff,
      role: picture.role,
      ...(title ? { titleBasis: title.basis } : {}),
      absent: heldOn(picture.absent, day) !== undefined,
    };
  });
}

function activeOn(assessment: EpisodeAssessment, day: Day): AssignmentPicture[] {
  return assessment.assignments
    .filter((picture) => holdsOn(picture, day))
    .sort(
      (a, b) => ROLE_ORDER[a.role] - ROLE_ORDER[b.role] || a.from - b.from || (a.assignment < b.assignment ? -1 : 1),
    );
}
