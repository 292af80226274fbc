import { dayOf } from '../kernel/time/day.js';
import type { LegalBasis } from './rule.js';

/**
 * The texts that rules rest on, by day. They are data: a paragraph that moves, or a reference that has to be put right,
 * is a change here (or another table given to `legalBasisOn`), and never a new version of a rule.
 */
export type LegalBasisTable = Readonly<Record<string, readonly LegalBasis[]>>;

const DUTY_FROM = dayOf('2022-07-01');
const TITLE_FROM = dayOf('2023-07-01');
const OLD_ACT_TO = dayOf('2025-06-30');
const NEW_ACT_FROM = dayOf('2025-07-01');

export const LEGAL_BASES: LegalBasisTable = {
  OFFER_DUTY: [
    { from: DUTY_FROM, to: OLD_ACT_TO, text: '4 kap. 2 b § socialtjänstlagen (2001:453)' },
    { from: NEW_ACT_FROM, text: '10 kap. 7 § socialtjänstlagen (2025:400)' },
  ],
  TITLE_DUTY: [
    {
      from: TITLE_FROM,
      to: OLD_ACT_TO,
      text: '3 kap. 3 d § socialtjänstlagen (2001:453) och punkt 2 i övergångsbestämmelserna till SFS 2022:388',
    },
    {
      from: NEW_ACT_FROM,
      text: '25 kap. 4 § socialtjänstlagen (2025:400) med den övergångsbestämmelse som gäller till och med den 30 juni 2033',
    },
  ],
  ROUTINE: [{ text: 'Kommunens rutin för fast omsorgskontakt' }],
  RECOMMENDATION: [{ text: 'Rekommendation om vice omsorgskontakt, inget krav i lag' }],
};
