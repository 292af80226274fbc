import { RULES } from '../../compliance-rules/index.js';
import type { EpisodeAssessment, Interval, Segment } from '../../compliance-rules/model.js';
import type { Day } from '../../kernel/time/day.js';
import { type FigureName, type FigureSet, figureSet } from './figure-names.js';

/** A longest run of duty days on which the episode is in one unit and counts in the same figures. */
export interface FigureStretch extends Interval {
  readonly unit: string;
  readonly figures: FigureSet;
}

/** Figures that say how a rule is judged on the day, in any assignment: the rule, the status, the figure. */
const BY_STATUS: readonly (readonly [rule: string, status: Segment['status'], figure: FigureName])[] = [
  ['ANSWER', 'WARNING', 'answerLate'],
  ['ASSIGNED', 'DUE', 'assignedDue'],
  ['ASSIGNED', 'BREACH', 'assignedBreach'],
  ['ASSIGNED', 'WARNING', 'assignedWarning'],
  ['FOLLOW_UP', 'MET', 'followUpMet'],
  ['FOLLOW_UP', 'BREACH', 'followUpBreach'],
  ['UNNECESSARY', 'WARNING', 'unnecessaryWarning'],
  ['DECLINE_REASON', 'WARNING', 'declineReasonWarning'],
  ['INFORMED', 'WARNING', 'informedWarning'],
  ['NAMED', 'WARNING', 'namedWarning'],
  ['DEPUTY', 'WARNING', 'deputyWarning'],
  ['CONSENT', 'WARNING', 'consentWarning'],
  ['BOOKED', 'WARNING', 'bookedWarning'],
  ['AGREED_WITH', 'WARNING', 'agreedWithWarning'],
  ['NOTED', 'WARNING', 'notedWarning'],
  ['APPOINTED', 'WARNING', 'appointedWarning'],
  ['CHANGE', 'WARNING', 'changeWarning'],
  ['STARTED_IN_TIME', 'WARNING', 'startedInTimeWarning'],
  ['TRAINING', 'BREACH', 'trainingBreach'],
  ['SIGNED', 'BREACH', 'signedBreach'],
  ['YEARLY', 'BREACH', 'yearlyBreach'],
  ['FOLLOW_UP_DATE', 'BREACH', 'followUpDateBreach'],
  ['FIRST_CONTACT', 'BREACH', 'firstContactBreach'],
  ['PLAN_RENEWED', 'BREACH', 'planRenewedBreach'],
  ['RISK', 'BREACH', 'riskBreach'],
];

/** What else is true of an episode on a day, as far as the figures need it. */
type Truth =
  | FigureName
  | 'DUTY'
  | 'YES'
  | 'NO'
  | 'OFFERED'
  | 'OFFER_MET'
  | 'OFFER_BREACH'
  | 'REASSESS'
  | 'NO_REASON'
  | 'PRIMARY'
  | 'PLAN_MET'
  | 'PLAN_DECLINED'
  | 'PLAN_DUE'
  | 'PLAN_BREACH';

/** What a segment of a rule says, by its status; statuses that no figure asks for are not there. */
const SAID_BY_RULE = new Map<string, Truth>([
  ['OFFER MET', 'OFFER_MET'],
  ['OFFER BREACH', 'OFFER_BREACH'],
  ['UNNECESSARY BREACH', 'REASSESS'],
  ['DECLINE_REASON BREACH', 'NO_REASON'],
  ['PLAN MET', 'PLAN_MET'],
  ['PLAN DUE', 'PLAN_DUE'],
  ['PLAN BREACH', 'PLAN_BREACH'],
  ...BY_STATUS.map(([rule, status, figure]) => [`${rule} ${status}`, figure] as const),
]);

/** The rules whose segments the figures are made from: judging these alone gives the same figures. */
export const FIGURE_RULES = RULES.filter(
  ({ id }) => id === 'TITLE' || [...SAID_BY_RULE.keys()].some((said) => said.startsWith(`${id} `)),
);

/** Figures that are true of the day as they stand, of every episode of the population. */
const OF_ALL: readonly FigureName[] = [
  'titleCertificate',
  'titleTransition',
  'titleBreach',
  'titleAgainstPolicy',
  'contactPerson',
  ...BY_STATUS.map(([, , figure]) => figure),
];

/**
 * The figures of one episode over time: longest runs, in order, of the duty days on which it is ongoing.
 * Any supervisory report is a count of these stretches, and the episodes behind a figure are those whose stretch has
 * it.
 */
export function figureStretches(assessment: EpisodeAssessment): FigureStretch[] {
  if (!assessment.ongoing) return [];
  const changes = changesOf(assessment);
  const stretches: FigureStretch[] = [];
  for (const { unit, from, to } of assessment.units) {
    const truths = new Truths();
    let next = 0;
    let day = from;
    for (; (changes[next]?.day ?? Infinity) <= from; next++) truths.apply(changes[next]!);
    for (;;) {
      const change = changes[next];
      const isLast = change === undefined || (to !== undefined && change.day >= to);
      if (truths.has('DUTY')) extend(stretches, unit, figureSet(figuresOn(truths)), day, isLast ? to : change.day);
      if (isLast) break;
      truths.apply(change);
      day = change.day;
      next += 1;
    }
  }
  return stretches;
}

/** What is true on the day that has been reached. The same may be said several times, of several assignments. */
class Truths {
  private readonly times = new Map<Truth, number>();

  apply({ begins, ends }: Change): void {
    for (const truth of begins) this.times.set(truth, (this.times.get(truth) ?? 0) + 1);
    for (const truth of ends) this.times.set(truth, (this.times.get(truth) ?? 0) - 1);
  }

  has(truth: Truth): boolean {
    return (this.times.get(truth) ?? 0) > 0;
  }
}

function extend(stretches: FigureStretch[], unit: string, figures: FigureSet, from: Day, to: Day | undefined): void {
  const last = stretches.at(-1);
  const goesOn = last !== undefined && last.to === from && last.unit === unit && last.figures === figures;
  if (goesOn) stretches.pop();
  const begun = goesOn ? last.from : from;
  stretches.push({ unit, from: begun, ...(to === undefined ? {} : { to }), figures });
}

function figuresOn(truths: Truths): FigureName[] {
  return ['population', ...byAnswer(truths), ...planFigures(truths), ...OF_ALL.filter((figure) => truths.has(figure))];
}

/** Each episode in the first that fits, in this order. */
function byAnswer(truths: Truths): FigureName[] {
  if (truths.has('YES')) return ['accepted', 'offered', truths.has('PRIMARY') ? 'withPrimary' : 'withoutPrimary'];
  if (truths.has('NO')) return ['declined', 'offered', ...when(truths.has('NO_REASON'), 'declinedWithoutReason')];
  if (truths.has('OFFERED')) return ['unanswered', 'offered'];
  // Without an offer OFFER is MET by a valid assessment alone.
  if (truths.has('OFFER_MET')) return ['unnecessary'];
  return [
    truths.has('OFFER_BREACH') ? 'offerBreach' : 'offerDue',
    ...when(truths.has('REASSESS'), 'unnecessaryReassess'),
  ];
}

/** Those who said yes apart from all others, of whom a plan is asked only where the policy says so. */
function planFigures(truths: Truths): FigureName[] {
  const accepted = truths.has('YES');
  if (truths.has('PLAN_DUE')) return [accepted ? 'planDue' : 'planOtherDue'];
  if (truths.has('PLAN_BREACH')) return [accepted ? 'planBreach' : 'planOtherBreach'];
  if (!accepted || !truths.has('PLAN_MET')) return [];
  return [truths.has('PLAN_DECLINED') ? 'planDeclined' : 'planMet'];
}

function when(holds: boolean, figure: FigureName): FigureName[] {
  return holds ? [figure] : [];
}

interface Change {
  readonly day: Day;
  readonly begins: Truth[];
  readonly ends: Truth[];
}

/** The days on which something the figures need begins or ceases to be true, in order. */
function changesOf(assessment: EpisodeAssessment): Change[] {
  const byDay = new Map<Day, Change>();
  const on = (day: Day): Change => {
    let change = byDay.get(day);
    if (!change) byDay.set(day, (change = { day, begins: [], ends: [] }));
    return change;
  };
  const hold = (truth: Truth, { from, to }: Interval): void => {
    on(from).begins.push(truth);
    if (to !== undefined) on(to).ends.push(truth);
  };
  for (const days of assessment.judged) if (!days.local) hold('DUTY', days);
  if (assessment.offeredFrom !== undefined) hold('OFFERED', { from: assessment.offeredFrom });
  for (const days of assessment.standing) hold(days.answer, days);
  for (const days of assessment.primary) hold('PRIMARY', days);
  for (const days of assessment.contactPersons) hold('contactPerson', days);
  for (const days of assessment.planDeclined) hold('PLAN_DECLINED', days);
  for (const segment of assessment.segments) {
    const truth = SAID_BY_RULE.get(`${segment.rule} ${segment.status}`);
    if (truth !== undefined) hold(truth, segment);
  }
  for (const { days, truth } of titlesOfThePrimary(assessment)) hold(truth, days);
  return [...byDay.values()].sort((a, b) => a.day - b.day);
}

function titlesOfThePrimary(assessment: EpisodeAssessment): { days: Interval; truth: FigureName }[] {
  const titles: { days: Interval; truth: FigureName }[] = [];
  for (const primary of assessment.primary) {
    for (const segment of assessment.segments) {
      if (segment.rule !== 'TITLE' || segment.assignment !== primary.assignment) continue;
      const from = Math.max(segment.from, primary.from);
      const to = earlier(segment.to, primary.to);
      if (to === undefined || from < to)
        titles.push({ days: { from, ...(to === undefined ? {} : { to }) }, truth: titleTruth(segment) });
    }
  }
  return titles;
}

function titleTruth({ status, kind, titleBasis }: Segment): FigureName {
  if (status === 'BREACH') return kind === 'STATUTORY' ? 'titleBreach' : 'titleAgainstPolicy';
  return titleBasis === 'TRANSITION' ? 'titleTransition' : 'titleCertificate';
}

function earlier(a: Day | undefined, b: Day | undefined): Day | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : Math.min(a, b);
}
