/**
 * What the judge already judges by and the product does not yet know. **When this list is empty, everything is compared.**
 *
 * A name here is one of
 * - `EVENTS`, `POLICIES`, `LEGAL_GROUNDS`, `CLOCKS`: what random worlds hold none of (types, fields and codes; policy values;
 *   grounds outside SoL and care forms without a duty; times of recording that run backwards);
 * - the id of a rule: its statuses, and the figures that rest on them, are passed over;
 * - `CONTACT_PERSON`: episodes with an appointment before 2022-07-01 are passed over;
 * - `KIND`: whether a segment is law or local, and the local basis;
 * - `FIGURES`: only the figures in {@link FIGURES_BEFORE} are compared;
 * - `ANSWERS`: change requests and booked meetings of a unit's list.
 *
 * Whoever teaches the product one of them takes its name off. While `EVENTS` or `POLICIES` is off and a rule is still being
 * written, its id may stand here.
 */
export const NOT_YET_COMPARED: readonly string[] = [
  'EVENTS',
  'POLICIES',
  'LEGAL_GROUNDS',
  'CLOCKS',
  'CONTACT_PERSON',
  'KIND',
  'FIGURES',
  'ANSWERS',
  'DECLINE_REASON',
  'TITLE',
  'CONSENT',
  'INFORMED',
];

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

/** Whether the product is held to this part. */
export function isCompared(part: string): boolean {
  return !NOT_YET_COMPARED.includes(part);
}

/** Of the names of figures those that are compared. */
export function comparedFigures(names: readonly string[]): readonly string[] {
  return isCompared('FIGURES') ? names : names.filter((name) => FIGURES_BEFORE.includes(name));
}
