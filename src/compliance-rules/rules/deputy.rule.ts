import { intersect, runsOf, subtract } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

/** On days when *the* primary is absent someone else who is there stands in. */
function evaluate({ primary, assignments }: Situation): readonly Piece[] {
  const pieces = new Pieces();
  const others = assignments
    .filter(({ role }) => role !== 'PRIMARY')
    .map((other) => ({ id: other.entry.id, present: subtract([other], other.absent) }));
  const covered = runsOf(others.flatMap(({ present }) => present));
  for (const { from, to, value } of primary) {
    const absent = intersect([{ from, to }], value.absent);
    for (const days of intersect(absent, covered)) {
      const standIns = others.flatMap(({ id, present }) =>
        intersect([days], present)
          .slice(0, 1)
          .map((there) => ({ id, day: there.from })),
      );
      pieces.say(days.from, days.to, 'MET', [value.entry.id, ...standIns]);
    }
    for (const days of subtract(absent, covered)) pieces.say(days.from, days.to, 'WARNING', [value.entry.id]);
  }
  return pieces.inOrder();
}

export const deputyRule: Rule = {
  id: 'DEPUTY',
  name: 'Vice eller andra kontakt vid frånvaro',
  words: {
    short: 'Ersättare vid frånvaro',
    lack: 'Ersättare saknas',
    wanting: 'Ingen vice eller andra fast omsorgskontakt är i tjänst under frånvaron. Utse en.',
    mendedBy: 'ContactAssigned',
    button: 'Utse vice',
  },
  kind: 'LOCAL',
  basis: 'RECOMMENDATION',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '2',
      text: 'När den ordinarie fasta omsorgskontakten är frånvarande bör en vice omsorgskontakt eller en andra fast omsorgskontakt som är i tjänst ta vid.',
      parameters: [],
      evaluate,
    },
  ],
};
