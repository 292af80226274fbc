import type { ContactRole, EpisodeAssessment, TitleBasis } from '../../compliance-rules/model.js';
import type { Day } from '../../kernel/time/day.js';
import { contactsOn } from './unit-row.js';

/** How many recipients an employee carries in a unit on a day, by role. */
export interface ContactLoad {
  readonly staff: string;
  /** The weakest of the bases of the employee's assignments: care forms ask for different ones. */
  readonly titleBasis?: TitleBasis;
  /** True when the employee is absent from any of the assignments. */
  readonly absent: boolean;
  readonly primary: number;
  readonly second: number;
  readonly deputy: number;
}

const STRENGTH: Readonly<Record<TitleBasis, number>> = { NONE: 0, EMPLOYER_APPROVED: 1, TRANSITION: 2, CERTIFICATE: 3 };

/**
 * The load per employee, in order of staff id. A recipient with two episodes, or registered twice and merged, is one
 * recipient.
 * @param personOf the one id that stands for a recipient and all it is merged with
 */
export function contactLoads(
  assessments: readonly EpisodeAssessment[],
  day: Day,
  personOf: (recipient: string) => string,
): ContactLoad[] {
  const loads = new Map<string, { roles: Record<ContactRole, Set<string>>; bases: TitleBasis[]; absent: boolean }>();
  for (const assessment of assessments) {
    for (const contact of contactsOn(assessment, day)) {
      const load = loads.get(contact.staff) ?? {
        roles: { PRIMARY: new Set(), SECOND: new Set(), DEPUTY: new Set() },
        bases: [],
        absent: false,
      };
      loads.set(contact.staff, load);
      load.roles[contact.role].add(personOf(assessment.recipient));
      if (contact.titleBasis) load.bases.push(contact.titleBasis);
      load.absent ||= contact.absent;
    }
  }
  return [...loads]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([staff, { roles, bases, absent }]) => {
      const weakest = bases.sort((a, b) => STRENGTH[a] - STRENGTH[b])[0];
      return {
        staff,
        ...(weakest ? { titleBasis: weakest } : {}),
        absent,
        primary: roles.PRIMARY.size,
        second: roles.SECOND.size,
        deputy: roles.DEPUTY.size,
      };
    });
}
