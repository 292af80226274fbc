import type { Day } from '../../kernel/time/day.js';
import { required, text, type Fact, type Facts } from '../facts.js';
import { FOREVER, type Span, type Stretch, valuesByDay } from '../intervals.js';
import type { Representatives } from './representation.js';

/**
 * An unbroken run of equal answers in the order of entries, on the days on which its last answer is the standing one.
 */
export interface AnswerRun extends Span {
  readonly yes: boolean;
  readonly first: Fact;
}

export interface Answers {
  /** In the order of entries. */
  readonly given: readonly Fact[];
  /** Answers by nobody entitled, or to an offer that does not count: they answer nothing. */
  readonly void: readonly Fact[];
  /** The standing answer by day: the last answer, to whichever offer. */
  readonly standing: readonly Stretch<Fact>[];
  /** Runs of equal answers; a run that is broken on the day it began holds no day. */
  readonly runs: readonly AnswerRun[];
}

/** The types of facts that answers are read from. */
export const ANSWER_TYPES = ['ContactOffered', 'OfferAccepted', 'OfferDeclined'] as const;

/** Whether the answer is a yes. */
export function isYes(answer: Fact): boolean {
  return answer.type === 'OfferAccepted';
}

/** Whether the answer is to this offer. */
export function isTo(answer: Fact, offer: Fact): boolean {
  return required(answer, 'offer') === required(offer, 'offer');
}

/** What counts as an answer, and which answer stands (contract §3, Answer). */
export function answersOf(facts: Facts, representatives: Representatives): Answers {
  const offers = new Set(facts.of('ContactOffered').map((offer) => required(offer, 'offer')));
  const given: Fact[] = [];
  const none: Fact[] = [];
  for (const answer of facts.of('OfferAccepted', 'OfferDeclined')) {
    const entitled = text(answer, 'answeredBy') !== 'REPRESENTATIVE' || representatives.mayGive(answer);
    (entitled && offers.has(required(answer, 'offer')) ? given : none).push(answer);
  }
  return { given, void: none, standing: valuesByDay(given, (answer) => answer), runs: runsOfEqual(given) };
}

function runsOfEqual(answers: readonly Fact[]): AnswerRun[] {
  const firsts = answers.filter((answer, index) => index === 0 || isYes(answer) !== isYes(answers[index - 1]!));
  const endOf = (index: number): Day => firsts[index + 1]?.day ?? FOREVER;
  return firsts.map((first, index) => ({ from: first.day, to: endOf(index), yes: isYes(first), first }));
}
