import type { Facts } from '../../../compliance-rules/facts.js';
import type { Proposed } from '../../../facts/proposed.js';
import { accept, type Decide } from '../../../kernel/event-sourcing/decider.js';
import { type Day, dayOf } from '../../../kernel/time/day.js';
import type { CareEpisode } from './care-episode.js';
import { duringCare } from './decide-episode.js';

/** An offer that somebody is about to make. */
export interface Offering {
  readonly episode: CareEpisode;
  /** The valid entries of the employee who offers. */
  readonly offeredBy: Facts;
  /** The role of whoever records it. */
  readonly actorRole: string;
}

const OFFERED_BY = {
  rule: 'OFFERED_BY',
  message:
    'Erbjudandet lämnas av utföraren: av en medarbetare i enheten eller av enhetschefen, inte av handläggaren. Kontrollera vem som erbjöd.',
};

/** An offer comes some days or weeks before the care; one dated longer before is most often of a wrong year. */
const MOST_DAYS_BEFORE_CARE = 90;

const OFFERED_EARLY = {
  rule: 'OFFERED_EARLY',
  message: `Erbjudandet är daterat mer än ${MOST_DAYS_BEFORE_CARE} dagar innan omsorgen börjar. Kontrollera dagen och året.`,
};

/** The unit makes the offer, neither the case officer nor another unit (routine: who does what). */
export const offerContact: Decide<Offering, Proposed<'ContactOffered'>> = (step, offering) =>
  duringCare<Proposed<'ContactOffered'>>(() =>
    accept(
      step,
      ...(isByUnit(step, offering) ? [] : [OFFERED_BY]),
      ...(isLongBeforeCare(step, offering.episode) ? [OFFERED_EARLY] : []),
    ),
  )(step, offering.episode);

function isLongBeforeCare({ effectiveOn }: Proposed<'ContactOffered'>, { situation }: CareEpisode): boolean {
  return situation !== undefined && situation.care.start.day - dayOf(effectiveOn) > MOST_DAYS_BEFORE_CARE;
}

function isByUnit(
  { effectiveOn, data }: Proposed<'ContactOffered'>,
  { episode, offeredBy, actorRole }: Offering,
): boolean {
  const day = dayOf(effectiveOn);
  if (actorRole === 'CASE_OFFICER') return false;
  return unitOf(offeredBy, day) === episode.unitOn(day) || data.by === episode.managerOn(day);
}

/** Where the employee works on the day; before the registration where she is registered first. */
function unitOf(staff: Facts, day: Day): string | undefined {
  const moves = staff.of('StaffMovedUnit').filter((moved) => moved.day <= day);
  return (moves.at(-1) ?? staff.of('StaffRegistered')[0])?.data.unit;
}
