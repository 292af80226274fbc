import { Facts } from '../../compliance-rules/facts.js';
import type { Entry, EpisodeAssessment, Interval } from '../../compliance-rules/model.js';
import { entryStatuses, resolveEntries } from '../../compliance-rules/resolve-entries.js';
import type { OpenedEvent } from '../../kernel/event-sourcing/event-log.js';
import { type Day, dayOf } from '../../kernel/time/day.js';
import { holdsOn } from '../on-day.js';

/** An employee as a contact of one person. */
export interface ContactOf {
  readonly assignment: string;
  readonly staff: string;
  /** The day on which the assignment starts, whether or not it ever was active. */
  readonly start: Day;
  /** The days on which it is active, or that of a contact person. */
  readonly active: readonly Interval[];
}

/** What a contact brings with her to every assignment. */
const OF_THE_PERSON: readonly string[] = [
  'TitleVerified',
  'TransitionStatusDocumented',
  'ApprovedEducationRecorded',
  'TitleVerificationWithdrawn',
  'TrainingCompleted',
];
/** What is told only as far as it touches an assignment: the employee's own life is nobody else's. */
const WHILE_CONTACT: readonly (readonly string[])[] = [
  ['EmploymentStarted', 'EmploymentEnded'],
  ['LeaveStarted', 'LeaveEnded'],
  ['YearlyFollowUpHeld'],
];
const ABOUT_ENTRIES: Readonly<Record<string, string>> = {
  EntryCorrected: 'corrects',
  EntryAnnulled: 'corrects',
  EntryDisputed: 'event',
};
/** Why somebody was away, and what the evidence for her title says, is between her and her employer. */
const NEVER_TOLD: readonly string[] = ['kind', 'evidence'];

/**
 * Whom the valid appointments of an episode name.
 * @param episode its entries in position order
 * @param assessment undefined where it cannot be judged: then no day is an active one
 */
export function contactsOf(episode: readonly Entry[], assessment: EpisodeAssessment | undefined): ContactOf[] {
  const held = [...(assessment?.assignments ?? []), ...(assessment?.contactPersons ?? [])];
  return new Facts(resolveEntries(episode)).of('ContactAssigned', 'ContactReplaced').map(({ day, data }) => ({
    assignment: data.assignment,
    staff: data.staff,
    start: day,
    active: held.filter(({ assignment }) => assignment === data.assignment),
  }));
}

/**
 * Which entries of an employee's stream a person's history tells (contract §5, "what is told of employees").
 * @param entries the employee's stream in position order, as far as it is known
 * @param contacts her assignments with the person
 * @returns ids
 */
export function staffEntriesTold(entries: readonly Entry[], contacts: readonly ContactOf[]): ReadonlySet<string> {
  const dated = asIfValid(entries);
  const assignments = new Set(contacts.map(({ assignment }) => assignment));
  const told = new Set(
    dated
      .filter(
        ({ entry, data }) =>
          OF_THE_PERSON.includes(entry.type) ||
          (entry.type === 'AssignmentDescriptionSigned' && assignments.has(String(data['assignment']))),
      )
      .map(({ entry }) => entry.id),
  );
  for (const types of WHILE_CONTACT) {
    const ofTypes = dated.filter(({ entry }) => types.includes(entry.type));
    for (const { start, active } of contacts) {
      const before = ofTypes.filter(({ day }) => day < start);
      const last = before.findLastIndex(({ annulled }) => !annulled);
      // An annulled one is there that would be the last if it were valid.
      for (const { entry } of before.slice(Math.max(last, 0))) told.add(entry.id);
      for (const { entry, day } of ofTypes)
        if (active.some((days) => holdsOn(days, day) || (entry.type === 'EmploymentEnded' && days.to === day)))
          told.add(entry.id);
    }
  }
  // What is about an entry stands behind it, and so on.
  for (const { id, type, data } of entries) {
    const about = ABOUT_ENTRIES[type];
    if (about !== undefined && told.has(String(data[about]))) told.add(id);
  }
  return told;
}

interface Dated {
  readonly entry: Entry;
  readonly annulled: boolean;
  readonly day: Day;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Each entry with the day and data that count, of annulled ones too, in the order of entries. */
function asIfValid(entries: readonly Entry[]): Dated[] {
  const statuses = entryStatuses(entries);
  return entries
    .map((entry) => {
      const { status, effective } = statuses.get(entry.id) ?? {};
      const { effectiveOn, data } = effective ?? entry;
      return { entry, annulled: status === 'ANNULLED', day: dayOf(effectiveOn), data };
    })
    .sort((a, b) => a.day - b.day || (a.entry.position < b.entry.position ? -1 : 1));
}

/** An employee's entry as others may read it. */
export function withoutOwnMatters(event: OpenedEvent): OpenedEvent {
  return {
    ...event,
    data: withoutNeverTold(event.data),
    unreadable: event.unreadable.filter((path) => !NEVER_TOLD.includes(path.split('.').at(-1) ?? '')),
  };
}

/** Whether data as they are stored say something that is never told; what is sealed stands as null in them. */
export function isOwnMatter(data: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(data).some(
    ([field, value]) =>
      (NEVER_TOLD.includes(field) && value !== null) || (field === 'data' && isData(value) && isOwnMatter(value)),
  );
}

/** Also in the data that a correction puts in place, and so on down. */
function withoutNeverTold(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(data)
      .filter(([field]) => !NEVER_TOLD.includes(field))
      .map(([field, value]) => [field, field === 'data' && isData(value) ? withoutNeverTold(value) : value]),
  );
}

function isData(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
