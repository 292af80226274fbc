import { intersect, runsOf, subtract } from '../intervals.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, piece } from './pieces.js';

/** On days when *the* primary is absent someone else who is there stands in. */
function evaluate({ primary, assignments }: Situation): Piece[] {
  const others = assignments.filter(({ role }) => role !== 'PRIMARY');
  const covered = runsOf(others.flatMap((other) => subtract([other], other.absent)));
  return primary
    .flatMap((stretch) => {
      const absent = intersect([stretch], stretch.value.absent);
      const own = stretch.value.entry.id;
      return [
        ...intersect(absent, covered).flatMap(({ from, to }) => {
          const standIns = others.filter((other) => intersect([{ from, to }], subtract([other], other.absent)).length > 0);
          return piece(from, to, { status: 'MET', evidence: [own, ...standIns.map(({ entry }) => entry.id)] });
        }),
        ...subtract(absent, covered).flatMap(({ from, to }) => piece(from, to, { status: 'WARNING', evidence: [own] })),
      ];
    })
    .sort((a, b) => a.from - b.from);
}

export const deputyRule: Rule = {
  id: 'DEPUTY',
  name: 'Vice eller andra kontakt vid frånvaro',
  kind: 'LOCAL',
  basis: 'RECOMMENDATION',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '1',
      text: 'När den ordinarie fasta omsorgskontakten är frånvarande bör en vice eller en andra kontakt, som själv är på plats, ta vid.',
      parameters: [],
      evaluate,
    },
  ],
};
