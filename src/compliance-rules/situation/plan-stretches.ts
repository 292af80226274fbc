import type { Day } from '../../kernel/time/day.js';
import { firstDay, type Fact } from '../facts.js';
import { FOREVER, intersect, runsOf, span, subtract, type Span } from '../intervals.js';
import { validDays } from './assessments.js';
import { type Answer, type AnswerRun, isYes } from './answers.js';
import type { Situation } from './situation.js';

/** Days on which there is to be a plan, with what is counted and what has become of it. */
export interface PlanStretch extends Span {
  /** The first day of the count. */
  readonly since: Day;
  /** What it is counted from. */
  readonly because: Fact;
  /** The first yes of the unbroken run of yeses, while yes stands. */
  readonly yes?: Answer;
  /** The plan that it is done by, and from which day. */
  readonly plan?: Fact;
  /** That the recipient wants no plan, and from which day. */
  readonly declined?: Fact;
}

/**
 * Where there is to be a plan (contract §3, PLAN), in order. The policy of the first judged day says for good what it is
 * counted from, and whether it is asked for after a no.
 */
export function planStretches(situation: Situation): readonly PlanStretch[] {
  const first = situation.judged[0]?.from;
  if (first === undefined) return [];
  const { planFrom, planForDeclined } = situation.policy.on(first);
  return planFrom === 'YES' ? fromYes(situation) : fromStart(situation, planForDeclined);
}

/** Days on which the plan that is asked for is there, or the recipient has said not to want one. */
export function planMetDays(stretches: readonly PlanStretch[]): readonly Span[] {
  return stretches.flatMap(({ from, to, plan, declined }) =>
    span(Math.max(from, Math.min(plan?.day ?? FOREVER, declined?.day ?? FOREVER)), to),
  );
}

/** Of these, those on which yes stands and it rests on that the recipient wants no plan alone. */
export function planDeclinedDays(situation: Situation): readonly Span[] {
  return runsOf(
    planStretches(situation).flatMap(({ from, to, yes, plan, declined }) =>
      yes && declined ? span(Math.max(from, declined.day), Math.min(to, plan?.day ?? FOREVER)) : [],
    ),
  );
}

function fromYes({ answers, facts }: Situation): PlanStretch[] {
  const plans = facts.of('PlanAgreed', 'PlanRevised');
  const refusals = facts.of('PlanDeclined');
  return yesRuns(answers.runs).map(({ from, to, first }) => ({
    from,
    to,
    since: from,
    because: first,
    yes: first,
    plan: plans.find(({ day }) => day >= from),
    declined: refusals.find(({ day }) => day >= from),
  }));
}

function fromStart(situation: Situation, forDeclined: boolean): PlanStretch[] {
  const { answers, assessments, facts, care, judged } = situation;
  const no = forDeclined ? [] : runsOf(answers.standing.filter(({ value }) => !isYes(value)));
  const spoken = Math.min(firstDay(facts.of('ContactOffered')) ?? FOREVER, answers.standing[0]?.from ?? FOREVER);
  const needless = runsOf(validDays(assessments).flatMap(({ from, to }) => span(from, Math.min(to, spoken))));
  const asked = runsOf(subtract(subtract(judged, no), needless));
  const yeses = yesRuns(answers.runs);
  const plan = facts.of('PlanAgreed', 'PlanRevised')[0];
  const refusals = facts.of('PlanDeclined');
  return asked
    .flatMap((run) => [
      ...subtract([run], yeses).map((days) => ({
        ...days,
        since: run.from,
        because: care.start,
        plan,
        declined: refusals[0],
      })),
      ...yeses.flatMap((yes) =>
        intersect([run], [yes]).map((days) => {
          const anew = refusals.some(({ day }) => day < yes.from);
          return {
            ...days,
            since: anew ? yes.from : run.from,
            because: anew ? yes.first : care.start,
            yes: yes.first,
            plan,
            declined: refusals.find(({ day }) => day >= yes.from),
          };
        }),
      ),
    ])
    .sort((a, b) => a.from - b.from);
}

function yesRuns(runs: readonly AnswerRun[]): readonly AnswerRun[] {
  return runs.filter(({ yes, from, to }) => yes && from < to);
}
