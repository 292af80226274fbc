import type { AdoptedValues } from '../facts/types/policies.js';
import type { Day } from '../kernel/time/day.js';
import type { CareForm, Entry, PolicyBasis } from './model.js';
import { Facts, type Fact } from './facts.js';
import { BEGINNING, FOREVER, intersect, type Span, type Stretch, valuesByDay } from './intervals.js';
import { resolveEntries } from './resolve-entries.js';

/** Values that a rule needs, with what holds where no policy says otherwise. */
type Defaulted =
  | 'offerTargetDays'
  | 'answerTargetDays'
  | 'assignTargetDays'
  | 'planTargetDays'
  | 'signTargetDays'
  | 'recordTargetDays'
  | 'planFollowUpMaxMonths'
  | 'yearlyMonths'
  | 'allowTransition'
  | 'titleForDeputy'
  | 'consentForProfessionals'
  | 'agreedWithRecipient'
  | 'appointedByManager'
  | 'nameSecond'
  | 'planFrom'
  | 'planForDeclined'
  | 'residentialCareDuty'
  | 'localRulesFor'
  | 'lateRegistrationDays'
  | 'publicSmallCell';

/**
 * What a controller decides for itself (contract §4), for one care form. Days are whole days, months whole months. A
 * value that may be absent is off.
 */
export type PolicyValues = Required<Pick<AdoptedValues, Defaulted>> & Omit<AdoptedValues, Defaulted | 'byCareForm'>;

/** The values where no policy says otherwise; every other value is off. */
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
  titleForDeputy: true,
  consentForProfessionals: false,
  agreedWithRecipient: false,
  appointedByManager: false,
  nameSecond: false,
  planFrom: 'YES',
  planForDeclined: false,
  residentialCareDuty: false,
  localRulesFor: [],
  lateRegistrationDays: 7,
  publicSmallCell: 5,
};

/** The policy of a controller on a day, and the adoption it rests on: absent where the defaults hold. */
export interface PolicyOnDay {
  /** The general values, and those of single care forms as they were adopted. */
  readonly values: PolicyValues & Pick<AdoptedValues, 'byCareForm'>;
  readonly basis?: PolicyBasis;
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
  if (!adopted) return { values: POLICY_DEFAULTS };
  const { values, version, basis } = adopted.data;
  return { values: { ...POLICY_DEFAULTS, ...values }, version: String(version), event: adopted.id, basis };
}

/** What holds for a care form: the defaults, over them the general values, over them those of the care form. */
interface Holding {
  readonly values: PolicyValues;
  readonly basis?: PolicyBasis;
}

const UNDECIDED: Holding = { values: POLICY_DEFAULTS };
const completed = new WeakMap<object, Map<CareForm, Holding>>();

/** An absent key has the default, not an earlier policy's value; one of a care form that is null has the default too. */
function holdingOf({ data }: Fact<'PolicyAdopted'>, careForm: CareForm): Holding {
  let ofForms = completed.get(data);
  if (!ofForms) completed.set(data, (ofForms = new Map()));
  let holding = ofForms.get(careForm);
  if (!holding) {
    const { byCareForm, ...general } = data.values;
    const own = Object.entries(byCareForm?.[careForm] ?? {}).map(([name, value]) => [
      name,
      value ?? POLICY_DEFAULTS[name as keyof PolicyValues],
    ]);
    const values = { ...POLICY_DEFAULTS, ...general, ...Object.fromEntries(own) } as PolicyValues;
    holding = data.basis ? { values, basis: data.basis } : { values };
    ofForms.set(careForm, holding);
  }
  return holding;
}

/** An episode's policy day by day: that of the unit it is in. */
export class PolicyByDay {
  /** @param stretches disjoint, in order, over all days */
  constructor(private readonly stretches: readonly Stretch<Holding>[]) {}

  on(day: Day): PolicyValues {
    return this.holding(day).values;
  }

  /** What the local rules of that day rest on, where the policy says so. */
  basisOn(day: Day): PolicyBasis | undefined {
    return this.holding(day).basis;
  }

  /** Days with the same policy, and its values; in order, over all days. */
  get byDay(): readonly Stretch<Holding>[] {
    return this.stretches;
  }

  /** The days on which the policy says so, as stretches in order (neighbours may touch). */
  where(says: (values: PolicyValues) => boolean): Span[] {
    return this.stretches.filter((stretch) => says(stretch.value.values));
  }

  private holding(day: Day): Holding {
    return this.stretches.findLast((stretch) => stretch.from <= day)!.value;
  }
}

/** Reads the streams that an episode's policy rests on, as far as they are known. */
export interface PolicySources {
  unit(id: string): Facts;
  policy(controller: string): Facts;
}

/**
 * The policy of each day for an episode that is in these units. A unit's controller, and on whose commission it works,
 * is what its opening says, whatever the opening's day; the commissioning municipality's policy alone counts where one
 * is named. Without a policy by then the defaults hold.
 * @param units the unit on each day, over all days
 */
export function policyByDay(
  units: readonly Stretch<string>[],
  careForm: CareForm,
  sources: PolicySources,
): PolicyByDay {
  return new PolicyByDay(units.flatMap(({ from, to, value }) => policyOfUnit(value, careForm, from, to, sources)));
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

function policyOfUnit(
  unit: string,
  careForm: CareForm,
  from: Day,
  to: Day,
  sources: PolicySources,
): Stretch<Holding>[] {
  const adopted = valuesByDay(adoptionsFor(unit, sources), (adoption) => holdingOf(adoption, careForm));
  const undecided = { from: BEGINNING, to: adopted[0]?.from ?? FOREVER, value: UNDECIDED };
  return [undecided, ...adopted].flatMap((stretch) =>
    intersect([stretch], [{ from, to }]).map((days) => ({ from: days.from, to: days.to, value: stretch.value })),
  );
}
