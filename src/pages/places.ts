import type { Role, Subject } from '../access/model.js';
import { address } from './asked.js';

/** Where in the navigation a page belongs. */
export type Place = 'start' | 'units' | 'supervision' | 'inspection' | 'rules' | 'help';

const LISTS: readonly Role[] = ['UNIT_MANAGER', 'UNIT_DEPUTY', 'SAS', 'AUDITOR'];

/** Which roles a page is for; all where none is named. The table of access decides, this only spares dead ends. */
const FOR: Readonly<Record<Place, readonly Role[] | undefined>> = {
  start: undefined,
  units: LISTS,
  supervision: LISTS,
  inspection: ['SAS', 'AUDITOR'],
  rules: undefined,
  help: undefined,
};

/** The pages that somebody's roles open; all where nobody signs in. */
export function placesOf(subject: Subject | undefined): readonly Place[] {
  const places = Object.keys(FOR) as Place[];
  if (!subject) return places;
  const held = subject.roles.map(({ role }) => role);
  return places.filter((place) => FOR[place]?.some((role) => held.includes(role)) ?? true);
}

/** Where somebody begins the day: what needs her, by the role in which most does. */
export function homeOf(subject: Subject | undefined): string {
  const roles = subject?.roles ?? [];
  const inUnit = ['UNIT_MANAGER', 'UNIT_DEPUTY', 'CARE_STAFF'].flatMap((role) =>
    roles.filter((one) => one.role === role),
  );
  const unit = inUnit.flatMap(({ units }) => units ?? [])[0];
  if (unit !== undefined) return `/att-gora/${unit}`;
  const has = (role: Role): boolean => roles.some((one) => one.role === role);
  if (has('AUDITOR')) return '/inspektion';
  if (has('SAS')) return '/tillsyn';
  return has('ADMIN') ? '/drift' : '/';
}

/** What somebody's supervisory report is about where she names nothing: her units one by one, or the whole controller. */
export function reportOf(subject: Subject | undefined): string | undefined {
  const [assigned] = subject?.roles.filter(({ role }) => LISTS.includes(role)) ?? [];
  if (!assigned) return undefined;
  return address('/tillsyn', { controller: assigned.controller, unit: assigned.units?.[0] });
}
