import type { Day } from '../kernel/time/day.js';
import type { CareForm, Entry } from './model.js';
import { Facts, type Fact } from './facts.js';
import { BEGINNING, FOREVER, intersect, type Span, type Stretch, valuesByDay } from './intervals.js';
import { resolveEntries } from './resolve-entries.js';

/** What a controller decides for itself (contract §4). Days are whole days, months whole months. */
export interface PolicyValues {
  readonly offerTargetDays: number;
  readonly answerTargetDays: number;
  readonly assignTargetDays: number;
  readonly planTargetDays: number;
  readonly signTargetDays: number;
  readonly recordTargetDays: number;
  readonly planFollowUpMaxMonths: number;
  readonly yearlyMonths: number;
  /** Whether the transition provision (p. 2 to SFS 2022:388) is used. */
  readonly allowTransition: boolean;
  /** Whether the duty is taken to hold in residential care from 2026-07-01. */
  readonly residentialCareDuty: boolean;
  /** Care forms in which the rules are followed without a duty. */
  readonly localRulesFor: readonly CareForm[];
  readonly lateRegistrationDays: number;
  readonly publicSmallCell: number;
}

/** The values where no policy says otherwise. */
export const POLICY_DEFAULTS: PolicyValues = {
  offerTargetDays: 14,
  answerTargetDays: 14,
  assignTargetDays: 14,
  planTargetDays: 30,
  signTargetDays: 14,
  recordTargetDays: 14,
  planFollowUpMaxMonths: 6,
  yearlyMonths: 12,
  allowTransition: true,
  residentialCareDuty: false,
  localRulesFor: [],
  lateRegistrationDays: 7,
  publicSmallCell: 5,
};

/** The policy of a controller on a day, and the adoption it rests on: absent where the defaults hold. */
export interface PolicyOnDay {
  readonly values: PolicyValues;
  readonly version?: string;
  readonly event?: string;
}

/**
 * A controller's policy on a day: the last PolicyAdopted by then, else the defaults.
 * @param entries the controller's `policy-` stream in position order
 * @param upTo the last log position that is known; undefined = all
 */
export function policyOn(entries: readonly Entry[], day: Day, upTo?: bigint): PolicyOnDay {
  const adopted = new Facts(resolveEntries(entries, upTo)).of('PolicyAdopted').findLast((fact) => fact.day <= day);
  return adopted
    ? { values: valuesOf(adopted), version: String(adopted.data.version), event: adopted.id }
    : { values: POLICY_DEFAULTS };
}

const completed = new WeakMap<object, PolicyValues>();

/** The values of an adoption; an absent key has the default, not an earlier policy's value. */
function valuesOf(adopted: Fact<'PolicyAdopted'>): PolicyValues {
  const said = adopted.data.values;
  let values = completed.get(said);
  if (!values) {
    values = { ...POLICY_DEFAULTS, ...said };
    completed.set(said, values);
  }
  return values;
}

/** An episode's policy day by day: that of the unit it is in. */
export class PolicyByDay {
  /** @param stretches disjoint, in order, over all days */
  constructor(private readonly stretches: readonly Stretch<PolicyValues>[]) {}

  on(day: Day): PolicyValues {
    return this.stretches.findLast((stretch) => stretch.from <= day)!.value;
  }

  /** The days on which the policy says so, as stretches in order (neighbours may touch). */
  where(says: (values: PolicyValues) => boolean): Span[] {
    return this.stretches.filter((stretch) => says(stretch.value));
  }
}

/** Reads the streams that an episode's policy rests on, as far as they are known. */
export interface PolicySources {
  unit(id: string): Facts;
  policy(controller: string): Facts;
}

/**
 * The policy of each day for an episode that is in these units.
 * A unit's controller, and on whose commission it works, is what its opening says, whatever the opening's day; the
 * commissioning
 * municipality's policy alone counts where one is named. Without a policy by then the defaults hold.
 * @param units the unit on each day, over all days
 */
export function policyByDay(units: readonly Stretch<string>[], sources: PolicySources): PolicyByDay {
  return new PolicyByDay(units.flatMap(({ from, to, value }) => policyOfUnit(value, from, to, sources)));
}

/** The adoptions that decide in each of the units: all that a policy by day is made from beside the days themselves. */
export function adoptionsOf(
  units: readonly Stretch<string>[],
  sources: PolicySources,
): (readonly Fact<'PolicyAdopted'>[])[] {
  return units.map(({ value }) => adoptionsFor(value, sources));
}

function adoptionsFor(unit: string, sources: PolicySources): readonly Fact<'PolicyAdopted'>[] {
  const opened = sources.unit(unit).of('UnitOpened')[0];
  const decides = opened && sources.policy(opened.data.commissionedBy ?? opened.data.controller);
  return decides ? decides.of('PolicyAdopted') : [];
}

function policyOfUnit(unit: string, from: Day, to: Day, sources: PolicySources): Stretch<PolicyValues>[] {
  const adopted = valuesByDay(adoptionsFor(unit, sources), valuesOf);
  const undecided = { from: BEGINNING, to: adopted[0]?.from ?? FOREVER, value: POLICY_DEFAULTS };
  return [undecided, ...adopted].flatMap((stretch) =>
    intersect([stretch], [{ from, to }]).map((days) => ({ from: days.from, to: days.to, value: stretch.value })),
  );
}
