import { dayOf, type Day } from '../../../src/kernel/time/day.js';
import type { Case } from './case.js';
import { by, last, perDay, text, type Fact } from './facts.js';

export interface Assignment {
  readonly id: string;
  /** The entry that appointed. */
  readonly entry: Fact;
  /** `PRIMARY`, `SECOND` or `DEPUTY`. */
  readonly role: string;
  readonly staff: string;
  readonly start: Day;
}

/** Who was appointed before this day was a kontaktman, until the recipient said yes to a contact. */
const DUTY_BEGINS = dayOf('2022-07-01');

/** Who is contact, and who is away, day by day (contract §3, "Active assignment", "Contact person" and "Absent"). */
export class Assignments {
  private readonly all: readonly Assignment[];
  private readonly activeOn: ReadonlyMap<string, (day: Day) => boolean>;

  constructor(private readonly of: Case) {
    this.all = of.facts.filter(isAppointment).map((entry) => ({
      id: text(entry, 'assignment') ?? '',
      entry,
      role: this.roleOf(entry),
      staff: text(entry, 'staff') ?? '',
      start: entry.day,
    }));
    this.activeOn = new Map(
      this.all.map((assignment) => [assignment.id, perDay((day: Day) => this.isActive(assignment, day))]),
    );
  }

  /** "A ContactReplaced gives the role of the assignment it names in `ends`, whatever their dates; PRIMARY if that one's entry is annulled." */
  private roleOf(entry: Fact): string {
    if (entry.type === 'ContactAssigned') return text(entry, 'role') ?? '';
    const replaced = this.of.facts.find(
      (other) => isAppointment(other) && text(other, 'assignment') === text(entry, 'ends'),
    );
    return replaced === undefined ? 'PRIMARY' : this.roleOf(replaced);
  }

  /** "an EmploymentEnded by then with no EmploymentStarted after it by then" */
  private readonly notEmployed = (staff: string, day: Day): boolean =>
    last(this.of.staff(staff), day, 'EmploymentStarted', 'EmploymentEnded')?.type === 'EmploymentEnded';

  /** From its start until the first of: ended, replaced, the episode's end, the first day from its start on without employment. */
  private isActive(assignment: Assignment, day: Day): boolean {
    if (day < assignment.start) return false;
    if (by(this.of.facts, day, 'ContactEnded').some((end) => text(end, 'assignment') === assignment.id)) return false;
    if (by(this.of.facts, day, 'ContactReplaced').some((end) => text(end, 'ends') === assignment.id)) return false;
    if (by(this.of.facts, day, 'CareEpisodeEnded').length > 0) return false;
    for (let each = assignment.start; each <= day; each += 1) {
      if (this.notEmployed(assignment.staff, each)) return false;
    }
    return true;
  }

  private isContactPerson(assignment: Assignment, day: Day): boolean {
    return assignment.start < DUTY_BEGINS && this.of.firstYes(day) === undefined;
  }

  private held(day: Day): readonly Assignment[] {
    return this.all.filter((assignment) => this.activeOn.get(assignment.id)?.(day));
  }

  /** The active assignments of a day. */
  active(day: Day): readonly Assignment[] {
    return this.held(day).filter((assignment) => !this.isContactPerson(assignment, day));
  }

  /** Those that only the term "contact person" keeps from being active. */
  contactPersons(day: Day): readonly Assignment[] {
    return this.held(day).filter((assignment) => this.isContactPerson(assignment, day));
  }

  /** From when an assignment that is active on the day is counted: its start, or the first yes if it was a contact person until then. */
  countsFrom(assignment: Assignment, day: Day): Day {
    if (assignment.start >= DUTY_BEGINS) return assignment.start;
    return Math.max(assignment.start, this.of.firstYes(day)?.day ?? assignment.start);
  }

  /** The active PRIMARYs of a day. */
  primaries(day: Day): readonly Assignment[] {
    return this.active(day).filter((assignment) => assignment.role === 'PRIMARY');
  }

  /** "Of several active PRIMARYs the one that started last (then the later position) is *the* primary." `all` stands in that order. */
  thePrimary(day: Day): Assignment | undefined {
    return this.primaries(day).at(-1);
  }

  /** From a ContactAbsenceStarted of it up to its next ContactAbsenceEnded, or from a LeaveStarted of the employee up to the next LeaveEnded. */
  absent(assignment: Assignment, day: Day): boolean {
    const own = this.of.facts.filter((fact) => text(fact, 'assignment') === assignment.id);
    if (last(own, day, 'ContactAbsenceStarted', 'ContactAbsenceEnded')?.type === 'ContactAbsenceStarted') return true;
    return last(this.of.staff(assignment.staff), day, 'LeaveStarted', 'LeaveEnded')?.type === 'LeaveStarted';
  }
}

function isAppointment(fact: Fact): boolean {
  return fact.type === 'ContactAssigned' || fact.type === 'ContactReplaced';
}
