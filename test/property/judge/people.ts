import type { Day } from '../../../src/kernel/time/day.js';
import type { Case } from './case.js';
import { by, isRecord, list, text, type Fact } from './facts.js';

export type Person = Readonly<Record<string, unknown>>;

/** PlanAgreed and PlanRevised: "*plan*" in the contract. */
export const PLANS = ['PlanAgreed', 'PlanRevised'] as const;

/** Who was there: the participants of a plan, the attendees of anything else. */
export function peopleOf(fact: Fact): readonly Person[] {
  return list(fact, PLANS.some((type) => type === fact.type) ? 'participants' : 'attendees').filter(isRecord);
}

/** "a live `consent` (given, not withdrawn by D)" with one of these scopes. */
export function consents(of: Case, person: Person, scopes: readonly string[], day: Day): boolean {
  const { consent } = person;
  if (typeof consent !== 'string') return false;
  const given = by(of.facts, day, 'ConsentGiven').some(
    (fact) => text(fact, 'consent') === consent && list(fact, 'scope').some((scope) => scopes.includes(String(scope))),
  );
  return given && !by(of.facts, day, 'ConsentWithdrawn').some((fact) => text(fact, 'consent') === consent);
}
