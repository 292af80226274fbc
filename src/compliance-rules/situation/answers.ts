import type { Day } from '../../kernel/time/day.js';
import type { Fact, Facts } from '../facts.js';
import { FOREVER, type Span, type Stretch, valuesByDay } from '../intervals.js';
import type { Representatives } from './representation.js';

/** A yes or a no. */
export type Answer = Fact<'OfferAccepted' | 'OfferDeclined'>;

/**
 * An unbroken run of equal answers in the order of entries, on the days on which its last answer is the standing one.
 */
export interface AnswerRun extends Span {
  readonly yes: boolean;
  readonly first: Answer;
}

export interface Answers {
  /** In the order of entries. */
  readonly given: readonly Answer[];
  /** Answers by nobody entitled, or to an offer that does not count: they answer nothing. */
  readonly void: readonly Answer[];
  /** The standing answer by day: the last answer, to whichever offer. */
  readonly standing: readonly Stretch<Answer>[];
  /** Runs of equal answers; a run that is broken on the day it began holds no day. */
  readonly runs: readonly AnswerRun[];
}

/** Whether the answer is a yes. */
export function isYes(answer: Answer): answer is Fact<'OfferAccepted'> {
  return answer.type === 'OfferAccepted';
}

/** Whether the answer is to this offer. */
export function isTo(answer: Answer, offer: Fact<'ContactOffered'>): boolean {
  return answer.data.offer === offer.data.offer;
}

/** What counts as an answer, and which answer stands (contract §3, Answer). */
export function answersOf(facts: Facts, representatives: Representatives): Answers {
  const offers = new Set(facts.of('ContactOffered').map(({ data }) => data.offer));
  const given: Answer[] = [];
  const none: Answer[] = [];
  for (const answer of facts.of('OfferAccepted', 'OfferDeclined')) {
    const { answeredBy, representative, offer } = answer.data;
    const entitled = answeredBy !== 'REPRESENTATIVE' || representatives.mayAnswer(representative, answer.day);
    (entitled && offers.has(offer) ? given : none).push(answer);
  }
  return { given, void: none, standing: valuesByDay(given, (answer) => answer), runs: runsOfEqual(given) };
}

function runsOfEqual(answers: readonly Answer[]): AnswerRun[] {
  const firsts = answers.filter((answer, index) => index === 0 || isYes(answer) !== isYes(answers[index - 1]!));
  const endOf = (index: number): Day => firsts[index + 1]?.day ?? FOREVER;
  return firsts.map((first, index) => ({ from: first.day, to: endOf(index), yes: isYes(first), first }));
}
