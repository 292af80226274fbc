import type { Day } from '../../kernel/time/day.js';
import { FOREVER } from '../intervals.js';
import type { Fact } from '../facts.js';
import type { Piece, Rule } from '../rule.js';
import { isTo, type Answer } from '../situation/answers.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** The days from an offer until the next. */
interface Period {
  readonly offer: Fact<'ContactOffered'>;
  /** The first day after it. */
  readonly to: Day;
}

/** From each offer until the next: MET from the first answer to it, also one that is dated before it. */
function evaluate(situation: Situation): readonly Piece[] {
  const pieces = new Pieces();
  const offers = situation.facts.of('ContactOffered');
  const periods = offers
    .map((offer, index) => ({ offer, to: offers[index + 1]?.day ?? FOREVER }))
    .filter(({ offer, to }) => offer.day < to);
  for (const period of periods) {
    const { offer, to } = period;
    const answer = situation.answers.given.find((given) => isTo(given, offer));
    const answered = Math.min(to, Math.max(offer.day, answer?.day ?? FOREVER));
    const said = nonAnswers(situation.answers.void, periods, period);
    pieces.sayDue(offer.day, answered, { from: offer.day, days: 'answerTargetDays', late: 'WARNING' }, situation, [
      offer,
      ...said,
    ]);
    if (answer) pieces.say(answered, to, 'MET', [offer, answer, ...said]);
  }
  return pieces.list;
}

/**
 * What was said but is no answer and is named in an offer's period: what was said to it, or in it, and in the first
 * period also what was said before every offer, to one that does not count. So nothing that was said is named nowhere.
 * @param periods of the offers that have days, in order
 */
function nonAnswers(said: readonly Answer[], periods: readonly Period[], { offer, to }: Period): Answer[] {
  const isFirst = periods[0]?.offer === offer;
  const unheard = (each: Answer): boolean => each.day < offer.day && !periods.some((other) => isTo(each, other.offer));
  return said.filter(
    (each) => isTo(each, offer) || (offer.day <= each.day && each.day < to) || (isFirst && unheard(each)),
  );
}

export const answerRule: Rule = {
  id: 'ANSWER',
  name: 'Svar på erbjudandet',
  words: {
    lack: 'Svar saknas',
    wanting: 'Svaret på erbjudandet är inte dokumenterat i tid. Registrera omsorgstagarens svar.',
    mendedBy: 'OfferAccepted',
    button: 'Registrera svar',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'Det ska dokumenteras om omsorgstagaren har tackat ja eller nej. Svaret ges av omsorgstagaren själv eller av en legal företrädare som är registrerad.',
      parameters: ['answerTargetDays'],
      evaluate,
    },
  ],
};
