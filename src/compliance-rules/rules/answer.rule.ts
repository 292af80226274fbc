import { FOREVER } from '../intervals.js';
import type { Fact } from '../facts.js';
import type { Piece, Rule } from '../rule.js';
import { isTo } from '../situation/answers.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, dueThenLate, piece } from './pieces.js';

/** From each offer until the next: MET from the first answer to it, also one that is dated before it. */
function evaluate(situation: Situation): Piece[] {
  const offers = situation.facts.of('ContactOffered');
  return offers.flatMap((offer, index) => {
    const to = offers[index + 1]?.day ?? FOREVER;
    const answer = situation.answers.given.find((given) => isTo(given, offer));
    const answered = Math.min(to, Math.max(offer.day, answer?.day ?? FOREVER));
    const said = nonAnswers(situation.answers.void, offer, to);
    const target = { from: offer.day, parameter: 'answerTargetDays', late: 'WARNING' } as const;
    return [
      ...dueThenLate({ from: offer.day, to: answered }, target, situation, { evidence: [offer.id, ...said] }),
      ...piece(answered, to, { status: 'MET', evidence: [offer.id, ...(answer ? [answer.id] : []), ...said] }),
    ];
  });
}

/** What was said but is no answer: to this offer, or on its days to an offer that does not count. */
function nonAnswers(said: readonly Fact[], offer: Fact, to: number): string[] {
  return said.filter((each) => isTo(each, offer) || (offer.day <= each.day && each.day < to)).map((each) => each.id);
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
