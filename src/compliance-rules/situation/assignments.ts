import { dayOf, type Day } from '../../kernel/time/day.js';
import type { Fact, Facts } from '../facts.js';
import { FOREVER, runsOf, subtract, switchedOn, type Span, type Stretch } from '../intervals.js';
import type { ContactRole } from '../model.js';

/** Since when there are contacts by law (SFS 2022:388); who was appointed before was a contact person. */
export const CONTACTS_FROM: Day = dayOf('2022-07-01');

/** An entry that makes somebody a contact. */
export type Appointment = Fact<'ContactAssigned' | 'ContactReplaced'>;

/** A contact's assignment on the days on which it is active. */
export interface Assignment extends Span {
  readonly id: string;
  readonly entry: Appointment;
  readonly staff: string;
  readonly employee: Facts;
  readonly role: ContactRole;
  /** The day of the appointment. Before `from` where the contact was a contact person until the first yes. */
  readonly start: Day;
  /** Runs of days on which the employee is absent from it; may reach beyond the active days. */
  readonly absent: readonly Span[];
}

/** Everyone whom an appointment names. */
export function appointedIn(facts: Facts): string[] {
  return facts.of('ContactAssigned', 'ContactReplaced').map(({ data }) => data.staff);
}

/**
 * Every assignment with at least one day, by (start, position). Who was appointed before there was such a thing as a fast
 * omsorgskontakt is a contact person (kontaktman) until the recipient's first yes, and active from then on alone.
 * @param facts of the episode
 * @param episodeEnd the first day without care
 * @param employeeOf the known facts of a staff member
 * @param firstYes the day of the first yes; FOREVER without one
 */
export function assignmentsOf(
  facts: Facts,
  episodeEnd: Day,
  employeeOf: (staff: string) => Facts,
  firstYes: Day,
): readonly Assignment[] {
  const appointments = appointmentsById(facts);
  const ends = firstEnds(facts);
  const active: Assignment[] = [];
  for (const [id, entry] of appointments) {
    const { staff } = entry.data;
    const employee = employeeOf(staff);
    const start = entry.day;
    const from = start < CONTACTS_FROM ? Math.max(start, firstYes) : start;
    const to = Math.min(ends.get(id) ?? FOREVER, episodeEnd, firstDayNotEmployed(employee, start));
    if (start >= to) continue;
    active.push({
      id,
      entry,
      staff,
      employee,
      role: roleOf(entry, appointments),
      start,
      from: Math.min(from, to),
      to,
      absent: absentDays(id, facts, employee),
    });
  }
  return active;
}

/** Tells the role of an assignment of an episode, active or not; undefined for one that nothing brings. */
export function rolesIn(facts: Facts): (assignment: string) => ContactRole | undefined {
  const appointments = appointmentsById(facts);
  return (assignment) => {
    const entry = appointments.get(assignment);
    return entry && roleOf(entry, appointments);
  };
}

/** The appointing entries by the assignment they bring, in the order of entries. */
function appointmentsById(facts: Facts): ReadonlyMap<string, Appointment> {
  const appointments = new Map<string, Appointment>();
  for (const entry of facts.of('ContactAssigned', 'ContactReplaced')) {
    const id = entry.data.assignment;
    if (!appointments.has(id)) appointments.set(id, entry);
  }
  return appointments;
}

/** By assignment the first day on which it is ended or replaced. */
function firstEnds(facts: Facts): ReadonlyMap<string, Day> {
  const ends = new Map<string, Day>();
  for (const entry of facts.of('ContactEnded', 'ContactReplaced')) {
    const id = entry.type === 'ContactReplaced' ? entry.data.ends : entry.data.assignment;
    if (!ends.has(id)) ends.set(id, entry.day);
  }
  return ends;
}

/**
 * A ContactReplaced gives the role of the assignment it ends, whatever the two entries' days, and so on back to a
 * ContactAssigned; PRIMARY where an entry on that way does not count. (Corrections can close the way to a ring: PRIMARY
 * too.)
 */
function roleOf(entry: Appointment, appointments: ReadonlyMap<string, Appointment>): ContactRole {
  const seen = new Set<Appointment>();
  let at: Appointment | undefined = entry;
  while (at?.type === 'ContactReplaced' && !seen.has(at)) {
    seen.add(at);
    at = appointments.get(at.data.ends);
  }
  return at?.type === 'ContactAssigned' ? at.data.role : 'PRIMARY';
}

/** Who has no EmploymentEnded is employed; FOREVER when no day without employment is known from that day on. */
function firstDayNotEmployed(employee: Facts, from: Day): Day {
  const without = switchedOn(employee.of('EmploymentStarted', 'EmploymentEnded'), 'EmploymentEnded').find(
    (run) => run.to > from,
  );
  return without ? Math.max(without.from, from) : FOREVER;
}

function absentDays(id: string, facts: Facts, employee: Facts): Span[] {
  const own = facts.of('ContactAbsenceStarted', 'ContactAbsenceEnded').filter(({ data }) => data.assignment === id);
  const leave = employee.of('LeaveStarted', 'LeaveEnded');
  return runsOf([...switchedOn(own, 'ContactAbsenceStarted'), ...switchedOn(leave, 'LeaveStarted')]);
}

/** *The* primary by day: of several active ones the one that started last, then the one later in the stream. */
export function primaryByDay(assignments: readonly Assignment[]): Stretch<Assignment>[] {
  const stretches: Stretch<Assignment>[] = [];
  let taken: Span[] = [];
  for (const assignment of assignments.filter(({ role }) => role === 'PRIMARY').reverse()) {
    for (const days of subtract([assignment], taken)) stretches.push({ ...days, value: assignment });
    taken = runsOf([...taken, assignment]);
  }
  return stretches.sort((a, b) => a.from - b.from);
}
