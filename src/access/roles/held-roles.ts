import { LONGEST_INSPECTION_DAYS } from '../../facts/types/access.js';
import type { Fact, Facts } from '../../compliance-rules/facts.js';
import {
  BEGINNING,
  FOREVER,
  intersect,
  type Span,
  span,
  type Stretch,
  switchedOn,
  valuesByDay,
} from '../../compliance-rules/intervals.js';
import { assignmentsOf } from '../../compliance-rules/situation/assignments.js';
import { careOf } from '../../compliance-rules/situation/care.js';
import { managersByDay } from '../../compliance-rules/situation/managers.js';
import { dayOf, type Day, formatDay } from '../../kernel/time/day.js';
import type { Assigned, Role } from '../model.js';

/** So long a contact still sees whom she was contact of, in days. */
export const DAYS_AFTER_CONTACT = 30;

/** A role on the days on which it is held. */
export type Held = Stretch<Omit<Assigned, 'from' | 'to'>>;

/** A staff member's own entries. */
export interface StaffFacts {
  readonly id: string;
  readonly controller: string;
  readonly facts: Facts;
}

/** The days on which nobody has said that the employment is over. Without an end said, all days. */
export function daysNotLeft({ facts }: StaffFacts): Span[] {
  const left = switchedOn(facts.of('EmploymentStarted', 'EmploymentEnded'), 'EmploymentEnded');
  const days: Span[] = [];
  let from = BEGINNING;
  for (const gone of left) {
    days.push(...span(from, gone.from));
    from = gone.to;
  }
  return [...days, ...span(from, FOREVER)];
}

/** Care staff of a unit: where a begun employment places her, day by day. */
export function asCareStaff(staff: StaffFacts): Held[] {
  const employed = switchedOn(staff.facts.of('EmploymentStarted', 'EmploymentEnded'), 'EmploymentStarted');
  const places = valuesByDay(staff.facts.of('StaffRegistered', 'StaffMovedUnit'), ({ data }) => data.unit);
  const [first] = places;
  // Where the registration says later than the employment began where she works, it says it of those days too.
  const all = first ? [{ ...first, from: BEGINNING }, ...places.slice(1)] : [];
  return all.flatMap((placed) =>
    intersect([placed], employed).map((days) => ({
      ...days,
      value: role('CARE_STAFF', 'EMPLOYED_IN_UNIT', staff, { units: [placed.value] }),
    })),
  );
}

/** A unit's own entries. */
export interface UnitFacts {
  readonly id: string;
  readonly controller: string;
  readonly facts: Facts;
}

/** The manager of a unit, on the days from its opening on which the unit's entries say that she is it. */
export function asManager(staff: StaffFacts, unit: UnitFacts): Held[] {
  const [opened] = unit.facts.of('UnitOpened');
  if (!opened) return [];
  const always = [{ from: opened.day, to: FOREVER, value: unit.id }];
  const managed = managersByDay(always, { unit: () => unit.facts }).filter(({ value }) => value === staff.id);
  return managed.flatMap((days) =>
    intersect([days], daysNotLeft(staff)).map((still) => ({
      ...still,
      value: role('UNIT_MANAGER', 'MANAGES_UNIT', { ...staff, controller: unit.controller }, { units: [unit.id] }),
    })),
  );
}

/** An episode's own entries. */
export interface EpisodeFacts {
  readonly id: string;
  readonly controller: string;
  readonly facts: Facts;
}

/** The contact of whom an episode is about, from the day of each assignment to {@link DAYS_AFTER_CONTACT} after it. */
export function asContact(staff: StaffFacts, episode: EpisodeFacts): Held[] {
  const care = careOf(episode.facts);
  if (!care) return [];
  const firstYes = episode.facts.of('OfferAccepted')[0]?.day ?? FOREVER;
  return assignmentsOf(episode.facts, care.end, () => staff.facts, firstYes)
    .filter((assignment) => assignment.staff === staff.id && assignment.from < assignment.to)
    .flatMap(({ from, to }) =>
      intersect(span(from, to < FOREVER ? to + DAYS_AFTER_CONTACT : to), daysNotLeft(staff)).map((days) => ({
        ...days,
        value: role(
          'CONTACT',
          'IS_CONTACT',
          { ...staff, controller: episode.controller },
          { recipients: [care.recipient] },
        ),
      })),
    );
}

/** A grant's own entries. */
export interface GrantFacts {
  readonly id: string;
  readonly facts: Facts;
}

/**
 * What a grant gives, on the days on which it holds: from its day through the last one, until it is revoked.
 * @param holder her staff record, where a staff member holds it: it ends with her employment
 * @param inspectionOf the entries of an inspection; without one an auditor's grant gives nothing
 */
export function asGranted(
  grant: GrantFacts,
  holder: StaffFacts | undefined,
  inspectionOf: (inspection: string) => Facts | undefined,
): Held[] {
  const [granted] = grant.facts.of('RoleGranted');
  if (!granted) return [];
  const { data } = granted;
  const revoked = grant.facts.of('RoleRevoked')[0]?.day ?? FOREVER;
  const days = intersect(
    span(granted.day, Math.min(revoked, dayAfter(data.validTo))),
    holder ? daysNotLeft(holder) : [{ from: BEGINNING, to: FOREVER }],
  );
  const value = {
    role: data.role as Role,
    rule: 'GRANT' as const,
    controller: data.controller,
    grant: grant.id,
    ...(holder ? { staff: holder.id } : {}),
    ...(data.units === undefined ? {} : { units: data.units }),
  };
  if (data.role !== 'AUDITOR') return days.map((each) => ({ ...each, value }));
  const inspection = data.inspection === undefined ? undefined : inspectionOf(data.inspection);
  const [opened] = inspection?.of('InspectionOpened') ?? [];
  if (!inspection || !opened || opened.data.controller !== data.controller) return [];
  const closed = inspection.of('InspectionClosed')[0]?.day ?? FOREVER;
  // However it was corrected, none lasts longer.
  const last = Math.min(dayAfter(opened.data.validTo), opened.day + LONGEST_INSPECTION_DAYS);
  const open = span(opened.day, Math.min(closed, last));
  const units = both(opened.data.units, data.units);
  return intersect(days, open).map((each) => ({
    ...each,
    value: {
      ...value,
      inspection: data.inspection,
      ...(units === undefined ? {} : { units }),
      ...(opened.data.recipients === undefined ? {} : { recipients: opened.data.recipients }),
    },
  }));
}

/** The link to a sign-in on each day; undefined while there is none. `Facts` whose sealed fields were opened. */
export function linksByDay({ facts }: StaffFacts): Stretch<{ issuer: string; subject: string | null } | undefined>[] {
  return valuesByDay(facts.of('IdentityLinked', 'IdentityUnlinked'), linkOf);
}

function linkOf(
  fact: Fact<'IdentityLinked' | 'IdentityUnlinked'>,
): { issuer: string; subject: string | null } | undefined {
  return fact.type === 'IdentityLinked' ? { issuer: fact.data.issuer, subject: fact.data.subject } : undefined;
}

/** A role as it is told: with the days from and to which it is held. */
export function assignedOn(held: readonly Held[], day: Day): Assigned[] {
  return held.filter(({ from, to }) => from <= day && day < to).map(told);
}

function told({ from, to, value }: Held): Assigned {
  return {
    ...value,
    from: formatDay(from),
    ...(to < FOREVER ? { to: formatDay(to - 1) } : {}),
  };
}

function role(
  name: Role,
  rule: Assigned['rule'],
  { id, controller }: { readonly id: string; readonly controller: string },
  more: Pick<Assigned, 'units' | 'recipients'>,
): Held['value'] {
  return { role: name, rule, controller, staff: id, ...more };
}

function dayAfter(lastDay: string | undefined): Day {
  return lastDay === undefined ? FOREVER : dayOf(lastDay) + 1;
}

function both(
  some: readonly string[] | undefined,
  others: readonly string[] | undefined,
): readonly string[] | undefined {
  if (some === undefined || others === undefined) return some ?? others;
  return some.filter((one) => others.includes(one));
}
