/**
 * What the judge already judges by and the product does not yet know. **When this list is empty, everything is compared.**
 *
 * A name here is one of
 * - `EVENTS`, `POLICIES`, `LEGAL_GROUNDS`, `CLOCKS`: what random worlds hold none of (types, fields and codes; policy values;
 *   grounds outside SoL and care forms without a duty; times of recording that run backwards);
 * - the id of a rule: its statuses and its hand-made cases (`cases/`) are passed over;
 * - `CONTACT_PERSON`: episodes with an appointment before 2022-07-01 are passed over;
 * - `KIND`: whether a segment is law or local, and the local basis;
 * - `FIGURES`: only the figures in {@link FIGURES_BEFORE} are compared;
 * - `ANSWERS`: change requests and booked meetings of a unit's list.
 *
 * Whoever teaches the product one of them takes its name off.
 */
export const NOT_YET_COMPARED: readonly string[] = [];

/** Rules that say what they always said, as long as a world holds no new event and no new policy value. */
const SAME_IN_OLD_WORLDS = ['NAMED', 'UNNECESSARY', 'TRAINING', 'PLAN'];

/** Figures whose meaning a rule not yet compared cannot change. */
const FIGURES_BEFORE: readonly string[] = [
  'population',
  'accepted',
  'declined',
  'unanswered',
  'unnecessary',
  'offerDue',
  'offerBreach',
  'offered',
  'unnecessaryReassess',
  'withPrimary',
  'withoutPrimary',
  'planMet',
  'planDue',
  'planBreach',
  'titleCertificate',
  'followUpMet',
  'followUpBreach',
];

/** Whether the product has been taught this part, so that it is held to the hand-made cases of it. */
export function isTaught(part: string): boolean {
  return !NOT_YET_COMPARED.includes(part);
}

/** Whether the product is held to this part on random worlds. */
export function isCompared(part: string): boolean {
  return isTaught(part) || (SAME_IN_OLD_WORLDS.includes(part) && !isTaught('EVENTS') && !isTaught('POLICIES'));
}

/** Of the names of figures those that are compared. */
export function comparedFigures(names: readonly string[]): readonly string[] {
  return isTaught('FIGURES') ? names : names.filter((name) => FIGURES_BEFORE.includes(name));
}
