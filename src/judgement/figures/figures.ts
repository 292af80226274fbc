import { RULES } from '../../compliance-rules/index.js';
import type { EpisodeAssessment, Interval, Segment } from '../../compliance-rules/model.js';
import type { Day } from '../../kernel/time/day.js';
import { bitOf } from './figure-names.js';

/** A longest run of duty days on which the episode is in one unit and counts in the same figures. */
export interface FigureStretch extends Interval {
  readonly unit: string;
  /** The figures' bits. */
  readonly mask: number;
}

/** What is true of an episode on a day, as far as the figures need it. */
const DUTY = 1 << 0;
const YES = 1 << 1;
const NO = 1 << 2;
const OFFERED = 1 << 3;
const OFFER_MET = 1 << 4;
const OFFER_BREACH = 1 << 5;
const REASSESS = 1 << 6;
const NO_REASON = 1 << 7;
const PRIMARY = 1 << 8;
const PLAN_MET = 1 << 9;
const PLAN_DUE = 1 << 10;
const PLAN_BREACH = 1 << 11;
const CERTIFICATE = 1 << 12;
const TRANSITION = 1 << 13;
const TITLE_BREACH = 1 << 14;
const FOLLOW_UP_MET = 1 << 15;
const FOLLOW_UP_BREACH = 1 << 16;

/** What a segment of the rule says, by its status; statuses that no figure asks for are not there. */
const SAID_BY_RULE: Readonly<Record<string, Partial<Record<Segment['status'], number>>>> = {
  OFFER: { MET: OFFER_MET, BREACH: OFFER_BREACH },
  UNNECESSARY: { BREACH: REASSESS },
  DECLINE_REASON: { BREACH: NO_REASON },
  PLAN: { MET: PLAN_MET, DUE: PLAN_DUE, BREACH: PLAN_BREACH },
  FOLLOW_UP: { MET: FOLLOW_UP_MET, BREACH: FOLLOW_UP_BREACH },
};

/** The rules whose segments the figures are made from: judging these alone gives the same figures. */
export const FIGURE_RULES = RULES.filter(({ id }) => id === 'TITLE' || id in SAID_BY_RULE);

const FIGURE = {
  population: bitOf('population'),
  accepted: bitOf('accepted'),
  declined: bitOf('declined'),
  unanswered: bitOf('unanswered'),
  unnecessary: bitOf('unnecessary'),
  offerDue: bitOf('offerDue'),
  offerBreach: bitOf('offerBreach'),
  offered: bitOf('offered'),
  unnecessaryReassess: bitOf('unnecessaryReassess'),
  declinedWithoutReason: bitOf('declinedWithoutReason'),
  withPrimary: bitOf('withPrimary'),
  withoutPrimary: bitOf('withoutPrimary'),
} as const;

/** Figures that say the same as one truth of the day: of the accepted alone, or of all. */
const OF_THE_ACCEPTED: readonly (readonly [number, number])[] = [
  [PLAN_MET, bitOf('planMet')],
  [PLAN_DUE, bitOf('planDue')],
  [PLAN_BREACH, bitOf('planBreach')],
];
const OF_ALL: readonly (readonly [number, number])[] = [
  [CERTIFICATE, bitOf('titleCertificate')],
  [TRANSITION, bitOf('titleTransition')],
  [TITLE_BREACH, bitOf('titleBreach')],
  [FOLLOW_UP_MET, bitOf('followUpMet')],
  [FOLLOW_UP_BREACH, bitOf('followUpBreach')],
];

/**
 * The figures of one episode over time: longest runs, in order, of the duty days on which it is ongoing.
 * Any supervisory report is a count of these stretches, and the episodes behind a figure are those whose stretch has
 * its bit.
 */
export function figureStretches(assessment: EpisodeAssessment): FigureStretch[] {
  if (!assessment.ongoing) return [];
  const changes = changesOf(assessment);
  const stretches: FigureStretch[] = [];
  for (const { unit, from, to } of assessment.units) {
    let truths = 0;
    let next = 0;
    let day = from;
    for (; (changes[next]?.day ?? Infinity) <= from; next++) truths ^= changes[next]?.toggles ?? 0;
    for (;;) {
      const change = changes[next];
      const isLast = change === undefined || (to !== undefined && change.day >= to);
      if (truths & DUTY) extend(stretches, unit, figuresOn(truths), day, isLast ? to : change.day);
      if (isLast) break;
      truths ^= change.toggles;
      day = change.day;
      next += 1;
    }
  }
  return stretches;
}

function extend(stretches: FigureStretch[], unit: string, mask: number, from: Day, to: Day | undefined): void {
  const last = stretches.at(-1);
  const goesOn = last !== undefined && last.to === from && last.unit === unit && last.mask === mask;
  if (goesOn) stretches.pop();
  const begun = goesOn ? last.from : from;
  stretches.push({ unit, from: begun, ...(to === undefined ? {} : { to }), mask });
}

function figuresOn(truths: number): number {
  const accepted = (truths & YES) !== 0;
  let mask = FIGURE.population;
  // Each episode in the first that fits, in this order.
  if (accepted)
    mask |= FIGURE.accepted | FIGURE.offered | (truths & PRIMARY ? FIGURE.withPrimary : FIGURE.withoutPrimary);
  else if (truths & NO)
    mask |= FIGURE.declined | FIGURE.offered | (truths & NO_REASON ? FIGURE.declinedWithoutReason : 0);
  else if (truths & OFFERED) mask |= FIGURE.unanswered | FIGURE.offered;
  // Without an offer OFFER is MET by a valid assessment alone.
  else if (truths & OFFER_MET) mask |= FIGURE.unnecessary;
  else
    mask |=
      (truths & OFFER_BREACH ? FIGURE.offerBreach : FIGURE.offerDue) |
      (truths & REASSESS ? FIGURE.unnecessaryReassess : 0);
  for (const [truth, figure] of OF_ALL) if (truths & truth) mask |= figure;
  if (accepted) for (const [truth, figure] of OF_THE_ACCEPTED) if (truths & truth) mask |= figure;
  return mask;
}

interface Change {
  readonly day: Day;
  toggles: number;
}

/** The days on which something the figures need begins or ceases to be true, in order. */
function changesOf(assessment: EpisodeAssessment): Change[] {
  const byDay = new Map<Day, Change>();
  const toggle = (day: Day, truth: number): void => {
    const change = byDay.get(day);
    if (change) change.toggles ^= truth;
    else byDay.set(day, { day, toggles: truth });
  };
  // Intervals of one truth never overlap, so that beginning and end can be one and the same toggle.
  const hold = (truth: number, { from, to }: Interval): void => {
    toggle(from, truth);
    if (to !== undefined) toggle(to, truth);
  };
  for (const days of assessment.judged) if (!days.local) hold(DUTY, days);
  if (assessment.offeredFrom !== undefined) toggle(assessment.offeredFrom, OFFERED);
  for (const days of assessment.standing) hold(days.answer === 'YES' ? YES : NO, days);
  for (const days of assessment.primary) hold(PRIMARY, days);
  for (const segment of assessment.segments) {
    const truth = SAID_BY_RULE[segment.rule]?.[segment.status];
    if (truth !== undefined) hold(truth, segment);
  }
  for (const { days, truth } of titlesOfThePrimary(assessment)) hold(truth, days);
  return [...byDay.values()].sort((a, b) => a.day - b.day);
}

function titlesOfThePrimary(assessment: EpisodeAssessment): { days: Interval; truth: number }[] {
  const titles: { days: Interval; truth: number }[] = [];
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

function titleTruth(segment: Segment): number {
  if (segment.status === 'BREACH') return TITLE_BREACH;
  return segment.titleBasis === 'TRANSITION' ? TRANSITION : CERTIFICATE;
}

function earlier(a: Day | undefined, b: Day | undefined): Day | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : Math.min(a, b);
}
