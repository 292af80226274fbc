import { rulesOn } from '../../compliance-rules/index.js';
import { policyOn } from '../../compliance-rules/policy.js';
import { Problem } from '../../kernel/http/problem.js';
import { dayOf } from '../../kernel/time/day.js';
import { answerProblems, mustExist } from '../../judgement/answer-problems.js';
import { type UnitFacts, unitsOfController } from '../current-state/unit-facts.js';
import type { ReadSide } from '../../judgement/read-side.js';

/** What a report is about: a controller's units, or one of them. */
export interface ReportScope {
  readonly controller: string;
  readonly unit?: string;
}

/** What a scope is told from. */
export interface ScopeReads {
  readonly index: Pick<ReadSide['index'], 'contextOf' | 'unitsOf' | 'shared'>;
  readonly streams: Pick<ReadSide['streams'], 'read'>;
}

/**
 * The units of a report, in the order of its rows, as known at the time.
 * @throws Problem UNKNOWN_CONTROLLER, UNKNOWN_UNIT, UNIT_NOT_OF_CONTROLLER
 */
export async function unitsInScope(
  reads: ScopeReads,
  { controller, unit }: ReportScope,
  on: string,
  upTo?: bigint,
): Promise<UnitFacts[]> {
  await mustExist(reads, 'controller', controller);
  const units = await unitsOfController({ index: reads.index, streams: reads.index.shared }, controller, on, upTo);
  if (unit === undefined) return units;
  await mustExist(reads, 'unit', unit);
  // Whether it is known by the knowledge time is the report's answer; that it never was this controller's is an error,
  // which cannot be told before the index has it.
  if ((await reads.index.contextOf(`unit-${unit}`)) === undefined) return [];
  if (!(await reads.index.unitsOf(controller)).includes(unit))
    throw new Problem(answerProblems.UNIT_NOT_OF_CONTROLLER, { members: { kind: 'unit', id: unit, controller } });
  return units.filter((known) => known.unit === unit);
}

/** The rule versions that judge a day. */
export function ruleVersionsOn(on: string): { readonly rule: string; readonly version: string }[] {
  return rulesOn(dayOf(on)).map(({ id, version }) => ({ rule: id, version }));
}

/** The version of a controller's own policy on a day, or null where the defaults hold. */
export async function policyVersionOn(
  reads: ScopeReads,
  controller: string,
  on: string,
  upTo?: bigint,
): Promise<string | null> {
  const entries = await reads.index.shared.read(`policy-${controller}`, upTo);
  return policyOn(entries, dayOf(on)).version ?? null;
}
