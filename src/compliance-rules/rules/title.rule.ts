import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { TITLE_REQUIRED } from '../situation/titles.js';
import { ALL_CARE_FORMS, lastDayBefore, Pieces } from './pieces.js';

/** Each active contact is entitled, by what the title rests on that day (`situation/titles.ts`). */
function evaluate({ assignments, titles }: Situation): readonly Piece[] {
  const pieces = new Pieces();
  assignments.forEach(({ id, entry }, index) => {
    pieces.of(id);
    for (const { from, to, basis, evidence, basisEnds } of titles[index]!) {
      const dueOn = basisEnds === undefined ? undefined : lastDayBefore(basisEnds);
      pieces.say(from, to, basis === 'NONE' ? 'BREACH' : 'MET', [entry.id, ...evidence], dueOn, basis);
    }
  });
  return pieces.list;
}

export const titleRule: Rule = {
  id: 'TITLE',
  name: 'Yrkestitel',
  kind: 'STATUTORY',
  basis: 'TITLE_DUTY',
  careForms: ALL_CARE_FORMS,
  perAssignment: true,
  versions: [
    {
      version: '1',
      validFrom: TITLE_REQUIRED,
      text: 'Endast den som har bevis om rätt att använda yrkestiteln undersköterska får vara fast omsorgskontakt i hemtjänsten. Den som var tillsvidareanställd med titeln den 1 juli 2023 får vara det utan bevis till och med den 30 juni 2033. Utanför hemtjänsten räcker också en utbildning som arbetsgivaren har godkänt.',
      parameters: ['allowTransition'],
      evaluate,
    },
  ],
};
