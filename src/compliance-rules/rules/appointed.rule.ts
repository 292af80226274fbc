import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** Each active contact was appointed by whoever managed the unit then, where the policy of that day asks for it. */
function evaluate({ assignments, managers, policy }: Situation): readonly Piece[] {
  const pieces = new Pieces();
  for (const { id, entry, start, from, to } of assignments) {
    if (!policy.on(start).appointedByManager) continue;
    const manager = managers.findLast((stretch) => stretch.from <= start)?.value;
    const byManager = manager !== undefined && entry.data.appointedBy === manager;
    pieces.of(id).say(from, to, byManager ? 'MET' : 'WARNING', [entry.id]);
  }
  return pieces.list;
}

export const appointedRule: Rule = {
  id: 'APPOINTED',
  name: 'Utsedd av enhetschefen',
  words: {
    lack: 'Inte utsedd av enhetschefen',
    wanting: 'Kontakten är inte utsedd av enhetschefen. Ange vem som utsåg.',
    mendedBy: 'EntryCorrected',
    button: 'Ange vem som utsåg',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: true,
  versions: [
    {
      version: '1',
      text: 'Enhetschefen utser den fasta omsorgskontakten.',
      parameters: ['appointedByManager'],
      evaluate,
    },
  ],
};
