import type { Day } from '../kernel/time/day.js';
import type { LineActor } from './history-line.js';
import type { Entry, Ledger, Stream } from './ledger.js';
import type { Random, Range } from './random.js';

const DAYS_PER_YEAR = 365;

/** The period that is simulated, and where its lines go. */
export interface Scene {
  readonly seed: string;
  readonly from: Day;
  readonly to: Day;
  readonly ledger: Ledger;
  /** Whether it is told who may see what, too. */
  readonly withAccess?: boolean;
}

/**
 * When something that was there already on the first day is registered: some days later, when the register is filled.
 */
export function loadedOn(scene: Scene, random: Random, days: Range): Day {
  return Math.min(scene.to, scene.from + random.within(days));
}

/** A span of days; `to` is the first day after it. */
export interface Span {
  readonly from: Day;
  readonly to: Day;
}

export interface Controller {
  readonly id: string;
  readonly name: string;
  readonly kind: 'MUNICIPAL' | 'PRIVATE';
  readonly orgNumber: string;
  readonly opened: Entry;
  readonly actor: LineActor;
}

/** The municipality and the private providers that work for it: alike for every part of a history. */
export interface Municipality {
  readonly municipal: Controller;
  readonly providers: readonly Controller[];
}

/** An employee as the simulation knows them. */
export interface Worker {
  readonly id: string;
  readonly stream: Stream;
  readonly registered: Entry;
  readonly assistantNurse: boolean;
  readonly from: Day;
  /** First day no longer in the unit; FAR when they stay. */
  readonly until: Day;
  /** The day on which it becomes known that they leave. */
  readonly noticeOn: Day;
  readonly movesUnit: boolean;
  /** From this day on their manager has seen proof of the title; FAR when never. */
  readonly provenFrom: Day;
  readonly trainedOn: Day;
  readonly leaves: readonly Span[];
}

/** A unit with everyone who works in it over the period. */
export interface CareUnit {
  readonly id: string;
  readonly careForms: readonly string[];
  readonly controller: Controller;
  readonly opened: Entry;
  readonly opens: Day;
  /** First day without care there; FAR when it stays open. */
  readonly closes: Day;
  readonly recipientsAtOnce: number;
  /** Recipients who are registered here over the whole period. */
  readonly recipients: number;
  /** Whole number of the first of these among all recipients. */
  readonly firstRecipient: number;
  readonly workers: Worker[];
  readonly managers: Worker[];
}

/** The units that are simulated together. */
export interface Cohort {
  readonly scene: Scene;
  readonly municipality: Municipality;
  readonly units: readonly CareUnit[];
}

/** Who leads the unit on a day: the last who began by then, else the first. */
export function managerOn(unit: CareUnit, day: Day): Worker {
  const manager = unit.managers.findLast(({ from }) => from <= day) ?? unit.managers[0];
  if (!manager) throw new RangeError('a unit without a manager');
  return manager;
}

/** The manager of the unit on a day, as the writer of a line. */
export function managerActor(unit: CareUnit, day: Day): LineActor {
  return { id: managerOn(unit, day).id, role: 'UNIT_MANAGER' };
}

/** An employee as the writer of a line. */
export function staffActor(worker: Worker): LineActor {
  return { id: worker.id, role: 'CARE_STAFF' };
}

/** Whether the day has the worker in the unit and not on leave. */
export function worksOn(worker: Worker, day: Day): boolean {
  return worker.from <= day && day < worker.until && !worker.leaves.some(({ from, to }) => from <= day && day < to);
}

/**
 * Another unit of the same kind that is open on the day, of the same controller or not as asked; undefined when there
 * is none.
 */
export function otherUnit(
  cohort: Cohort,
  unit: CareUnit,
  day: Day,
  careForm: string,
  sameController: boolean,
  random: Random,
): CareUnit | undefined {
  const others = cohort.units.filter(
    (other) =>
      other !== unit &&
      other.careForms.includes(careForm) &&
      (other.controller === unit.controller) === sameController &&
      other.opens <= day &&
      day < other.closes,
  );
  return others.length > 0 ? random.pick(others) : undefined;
}

/**
 * The days on which something happens that is as likely as `permille` in a year, from `from` up to `to`: at most one a
 * year.
 */
export function perYear(random: Random, permille: number, from: Day, to: Day): Day[] {
  const days: Day[] = [];
  for (let year = from; year < to; year += DAYS_PER_YEAR) {
    const day = year + random.below(DAYS_PER_YEAR);
    if (random.chance(permille) && day < to) days.push(day);
  }
  return days;
}

/** Someone who may answer for the recipient. */
export interface Representative {
  readonly id: string;
  readonly name: string;
  readonly registered: Entry;
  /** Last day; FAR when there is none. */
  readonly until: Day;
}

/** A relative who takes part, and the consent to it where it was given. */
export interface Relative {
  readonly name: string;
  readonly relation: string;
}

/** A recipient as the simulation knows them. */
export interface Recipient {
  readonly id: string;
  /** Whole number among all recipients. */
  readonly index: number;
  readonly registered: Entry;
  readonly arrives: Day;
  readonly careForm: string;
  readonly representative?: Representative;
  readonly relative: Relative;
}
