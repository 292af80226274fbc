import { dayOf, type Day } from '../../kernel/time/day.js';
import { inOrder, type Fact, type Facts } from '../facts.js';
import {
  ALWAYS,
  BEGINNING,
  FOREVER,
  intersect,
  runsOf,
  span,
  subtract,
  switchedOn,
  type Span,
  type Stretch,
  valuesByDay,
} from '../intervals.js';
import type { CareForm } from '../model.js';
import type { PolicyByDay } from '../policy.js';

/** Since when home care carries the duty to offer (SFS 2022:388). */
export const HOME_CARE_DUTY: Day = dayOf('2022-07-01');
/** From when a controller may take the duty to hold in residential care (prop. 2025/26:60). */
export const RESIDENTIAL_CARE_DUTY: Day = dayOf('2026-07-01');

/** An entry that says which services are given. */
export type ServicesSaid = Fact<'CareEpisodeStarted' | 'ServicesChanged'>;

/** The care that an episode is about. */
export interface Care {
  readonly start: Fact<'CareEpisodeStarted'>;
  readonly recipient: string;
  readonly careForm: CareForm;
  /** The first day without it; FOREVER when no end is known. May lie before the start. */
  readonly end: Day;
  readonly endedBy?: Fact;
  /** The unit on each day, over all days; before the start that of the start. */
  readonly units: readonly Stretch<string>[];
  /**
   * The entry that says which services are given at the end of each day, over all days; before the start it is the
   * start.
   */
  readonly services: readonly Stretch<ServicesSaid>[];
  /** Runs of paused days. */
  readonly paused: readonly Span[];
}

/** Reads the care off an episode's facts, or gives undefined when no valid start is known: then there is no episode. */
export function careOf(facts: Facts): Care | undefined {
  const start = facts.of('CareEpisodeStarted')[0];
  if (!start) return undefined;
  const endedBy = facts.of('CareEpisodeEnded')[0];
  return {
    start,
    recipient: start.data.recipient,
    careForm: start.data.careForm,
    end: endedBy?.day ?? FOREVER,
    endedBy,
    units: valuesByDay(fromStartOn(start, facts.of('CareEpisodeMovedUnit')), ({ fact }) => fact.data.unit),
    services: valuesByDay(fromStartOn(start, facts.of('ServicesChanged')), ({ fact }) => fact),
    paused: switchedOn(facts.of('CareEpisodePaused', 'CareEpisodeResumed'), 'CareEpisodePaused'),
  };
}

/** What the start said holds before it too; of the changes only those after it in the order of entries count. */
function fromStartOn<C extends Fact>(
  start: Care['start'],
  changes: readonly C[],
): { day: Day; fact: C | Care['start'] }[] {
  const after = changes.filter((change) => inOrder(start, change) < 0);
  return [{ day: BEGINNING, fact: start }, ...after.map((fact) => ({ day: fact.day, fact }))];
}

/** The days on which care is given: none where it ends on or before its start. */
export function ongoingDays(care: Care): Span[] {
  return span(care.start.day, care.end);
}

/** The set of services that an entry names, as text: equal for equal sets. */
export function serviceSet(entry: ServicesSaid): string {
  return [...new Set(entry.data.services)].sort().join(' ');
}

/** Days of the statutory duty, were the care ongoing, as runs. The duty is about care under socialtjänstlagen. */
export function dutyDays({ careForm, start }: Care, policy: PolicyByDay): Span[] {
  return start.data.legalGround.startsWith('SOL_') ? dutyDaysOf(careForm, policy) : [];
}

/** Days of the statutory duty for care of a form under socialtjänstlagen, as runs. */
export function dutyDaysOf(careForm: CareForm, policy: PolicyByDay): Span[] {
  if (careForm === 'HOME_CARE') return span(HOME_CARE_DUTY, FOREVER);
  if (careForm !== 'RESIDENTIAL_CARE') return [];
  return runsOf(
    intersect(
      policy.where((values) => values.residentialCareDuty),
      span(RESIDENTIAL_CARE_DUTY, FOREVER),
    ),
  );
}

/** Judged days and whether they are local days, as stretches in order. */
export function judgedDays(care: Care, duty: readonly Span[], policy: PolicyByDay): Stretch<{ local: boolean }>[] {
  const ongoing = ongoingDays(care);
  const followed = runsOf(policy.where((values) => values.localRulesFor.includes(care.careForm)));
  const local = intersect(subtract(followed, duty), ongoing);
  const statutory = intersect(duty, ongoing);
  return [
    ...statutory.map((days) => ({ ...days, value: { local: false } })),
    ...local.map((days) => ({ ...days, value: { local: true } })),
  ].sort((a, b) => a.from - b.from);
}

/** The runs of days on which none of the given days lie. */
export function daysOutside(days: readonly Span[]): Span[] {
  return subtract(ALWAYS, days);
}
