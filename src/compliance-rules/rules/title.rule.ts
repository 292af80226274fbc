import { intersect, runsOf, type Span, subtract } from '../intervals.js';
import type { RuleKind } from '../model.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { TITLE_REQUIRED } from '../situation/titles.js';
import { ALL_CARE_FORMS, lastDayBefore, Pieces } from './pieces.js';

/**
 * Each active contact is entitled, by what the title rests on that day (`situation/titles.ts`). What the law asks and
 * what only the controller asks are told apart: for a deputy, on days without a duty, and where the law would take the
 * transition provision and the policy does not, it is local.
 */
function evaluate({ assignments, titles, duty, policy }: Situation): readonly Piece[] {
  const pieces = new Pieces();
  const forDeputies = runsOf(policy.where((values) => values.titleForDeputy));
  assignments.forEach(({ id, entry, role }, index) => {
    pieces.of(id);
    for (const title of titles[index]!) {
      const asked = role === 'DEPUTY' ? intersect([title], forDeputies) : [title];
      for (const { from, to, kind } of asked.flatMap((days) => byKind(days, duty))) {
        const { basis, evidence, basisEnds, againstPolicy } = title;
        const dueOn = basisEnds === undefined ? undefined : lastDayBefore(basisEnds);
        const local = role === 'DEPUTY' || againstPolicy ? 'LOCAL' : kind;
        const status = basis === 'NONE' || againstPolicy ? 'BREACH' : 'MET';
        pieces.say(from, to, status, [entry.id, ...evidence], dueOn, { titleBasis: basis, kind: local });
      }
    }
  });
  return pieces.list;
}

/** The days in order, those of the duty apart from all others. */
function byKind(days: Span, duty: readonly Span[]): readonly (Span & { readonly kind: RuleKind })[] {
  return [
    ...intersect([days], duty).map((part) => ({ ...part, kind: 'STATUTORY' as const })),
    ...subtract([days], duty).map((part) => ({ ...part, kind: 'LOCAL' as const })),
  ].sort((a, b) => a.from - b.from);
}

export const titleRule: Rule = {
  id: 'TITLE',
  name: 'Yrkestitel',
  words: {
    lack: 'Kontakt utan bevis',
    wanting:
      'Den utsedda saknar bevis om rätt att använda yrkestiteln undersköterska och omfattas inte av övergångsregeln. Det visas som brist.',
    mendedBy: 'TitleVerified',
    button: 'Kontrollera bevis',
  },
  kind: 'STATUTORY',
  basis: 'TITLE_DUTY',
  careForms: ALL_CARE_FORMS,
  perAssignment: true,
  versions: [
    {
      version: '2',
      validFrom: TITLE_REQUIRED,
      text: 'Endast den som har bevis om rätt att använda yrkestiteln undersköterska får vara fast omsorgskontakt i hemtjänsten. Den som var tillsvidareanställd med titeln den 1 juli 2023 får vara det utan bevis till och med den 30 juni 2033. Utanför hemtjänsten räcker också en utbildning som arbetsgivaren har godkänt.',
      parameters: ['allowTransition', 'titleForDeputy'],
      evaluate,
    },
  ],
};
