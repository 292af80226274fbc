import type { FigureName } from '../../judgement/figures/figure-names.js';

/** What everybody whom the duty covers is divided into, each in one of them, and what people read for it. */
export const SHARES: readonly { readonly figure: FigureName; readonly words: string }[] = [
  { figure: 'withPrimary', words: 'tackat ja, har kontakt' },
  { figure: 'withoutPrimary', words: 'tackat ja, saknar kontakt' },
  { figure: 'declined', words: 'tackat nej' },
  { figure: 'unanswered', words: 'väntar på svar' },
  { figure: 'unnecessary', words: 'uppenbart obehövligt' },
  { figure: 'offerDue', words: 'inte erbjuden, inom tid' },
  { figure: 'offerBreach', words: 'inte erbjuden i tid' },
];
