import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { TITLE_REQUIRED } from '../situation/titles.js';
import { ALL_CARE_FORMS, lastDayBefore } from './pieces.js';

/** Each active contact is entitled, by what the title rests on that day (`situation/titles.ts`). */
function evaluate({ assignments, titles }: Situation): Piece[] {
  return assignments.flatMap(({ id, entry }, index) =>
    titles[index]!.map(({ from, to, basis, evidence, basisEnds }) => ({
      from,
      to,
      assignment: id,
      status: basis === 'NONE' ? ('BREACH' as const) : ('MET' as const),
      titleBasis: basis,
      dueOn: basisEnds === undefined ? undefined : lastDayBefore(basisEnds),
      evidence: [entry.id, ...evidence],
    })),
  );
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
