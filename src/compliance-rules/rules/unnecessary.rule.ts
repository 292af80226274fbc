import type { FactData } from '../../facts/event-catalogue.js';
import type { Piece, Rule } from '../rule.js';
import type { Situation } from '../situation/situation.js';
import { ALL_CARE_FORMS, Pieces } from './pieces.js';

type Service = FactData['CareEpisodeStarted']['services'][number];

/** What may be left to services alone, and which services each criterion covers. */
const COVERED_BY: Readonly<Record<string, readonly Service[]>> = {
  ONLY_SAFETY_ALARM: ['SAFETY_ALARM'],
  ONLY_MEALS: ['MEALS'],
  ONLY_CLEANING_SHOPPING: ['CLEANING', 'SHOPPING'],
};

/**
 * From each assessment until the next offer or assessment: BREACH from the day it has lapsed, before that by the
 * recipient's view, and by the criteria where the policy on its day names those that may be used.
 */
function evaluate({ assessments, care, policy }: Situation): readonly Piece[] {
  const pieces = new Pieces();
  for (const { fact, untilNext, lapsesOn, lapsedBy } of assessments) {
    const { from, to } = untilNext;
    const services = care.services.findLast((stretch) => stretch.from <= from)!.value.data.services;
    const doubtful = isDoubtful(fact.data, services, policy.on(from).unnecessityCriteria);
    const status = fact.data.recipientView === undefined || doubtful ? 'WARNING' : 'MET';
    pieces.say(from, Math.min(to, lapsesOn), status, [fact.id]);
    pieces.say(Math.max(from, lapsesOn), to, 'BREACH', lapsedBy ? [fact.id, lapsedBy.id] : [fact.id]);
  }
  return pieces.list;
}

/** @param allowed the criteria that the policy names; undefined where it names none */
function isDoubtful(
  { criteria, counterIndications = [] }: FactData['ObviousUnnecessityAssessed'],
  services: readonly Service[],
  allowed: readonly string[] | undefined,
): boolean {
  if (!allowed) return false;
  if (criteria.length === 0 || counterIndications.length > 0) return true;
  if (criteria.some((criterion) => !allowed.includes(criterion))) return true;
  const covered = criteria.map((criterion) =>
    Object.hasOwn(COVERED_BY, criterion) ? COVERED_BY[criterion] : undefined,
  );
  if (covered.includes(undefined)) return false;
  return services.some((service) => !covered.some((those) => those?.includes(service)));
}

export const unnecessaryRule: Rule = {
  id: 'UNNECESSARY',
  name: 'Uppenbart obehövligt',
  words: {
    lack: 'Bedömning att göra om',
    wanting:
      'Omsorgstagarens egen syn på behovet saknas i bedömningen, eller så räcker inte kriterierna. Komplettera recipientView eller bedöm på nytt.',
    mendedBy: 'ObviousUnnecessityAssessed',
    button: 'Bedöm på nytt',
  },
  kind: 'LOCAL',
  basis: 'ROUTINE',
  careForms: ALL_CARE_FORMS,
  perAssignment: false,
  versions: [
    {
      version: '2',
      text: 'En bedömning att en fast omsorgskontakt är uppenbart obehövlig gäller så länge de beviljade insatserna är desamma. När de ändras ska behovet bedömas på nytt. Omsorgstagarens egen syn på behovet ska beaktas och framgå, och kriterierna ska vara de som kommunen har bestämt.',
      parameters: ['unnecessityCriteria'],
      evaluate,
    },
  ],
};
