import type { Day } from '../../kernel/time/day.js';
import { FOREVER } from '../intervals.js';
import type { Fact } from '../facts.js';
import type { Piece, Rule } from '../rule.js';
import { isTo } from '../situation/answers.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** From each offer until the next: MET from the first answer to it, also one that is dated before it. */
function evaluate(situation: Situation): readonly Piece[] {
  const pieces = new Pieces();
  const offers = situation.facts.of('ContactOffered');
  offers.forEach((offer, index) => {
    const to = offers[index + 1]?.day ?? FOREVER;
    const answer = situation.answers.given.find((given) => isTo(given, offer));
    const answered = Math.min(to, Math.max(offer.day, answer?.day ?? FOREVER));
    const said = nonAnswers(situation.answers.void, offer, to);
    const evidence = (...ids: readonly string[]) => (end: Day) => [...ids, ...said.filter(({ day }) => day < end).map(({ id }) => id)];
    pieces.sayDue(offer.day, answered, { from: offer.day, days: 'answerTargetDays', late: 'WARNING' }, situation, evidence(offer.id));
    if (answer) pieces.say(answered, to, 'MET', evidence(offer.id, answer.id));
  });
  return pieces.list;
}

/** What was said but is no answer: to this offer, or on its days to an offer that does not count. */
function nonAnswers(said: readonly Fact[], offer: Fact, to: Day): Fact[] {
  return said.filter((each) => isTo(each, offer) || (offer.day <= each.day && each.day < to));
}

export const answerRule: Rule = {
  id: 'ANSWER',
  name: 'Svar på erbjudandet',
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'Om den enskilde har tackat ja eller nej till erbjudandet ska dokumenteras. Svaret ges av den enskilde själv eller av en företrädare som är registrerad.',
      parameters: ['answerTargetDays'],
      evaluate,
    },
  ],
};
