import type { Purpose } from '../kernel/http/caller.js';
import { decide } from './decide.js';
import type { Asked, Assigned, DecisionContext, PersonResource, PlaceResource, Subject, Verdict } from './model.js';
import { accessPolicy } from './policy-table.js';

/** A municipality with two units, and a company that runs a third for it. */
export const TOWN = 'controller-town';
export const COMPANY = 'controller-company';
export const NORTH = 'unit-north';
export const SOUTH = 'unit-south';
export const HIRED = 'unit-hired';

const NOW = '2026-03-10T09:00:00.000Z';

/** A role as it is held by staff member `eva`, unless said otherwise. */
export function holds(role: Assigned['role'], more: Partial<Assigned> = {}): Assigned {
  return { role, rule: 'GRANT', controller: TOWN, staff: 'eva', from: '2026-01-01', ...more };
}

export const managerOf = (...units: readonly string[]): Assigned =>
  holds('UNIT_MANAGER', { rule: 'MANAGES_UNIT', units });
export const careStaffOf = (...units: readonly string[]): Assigned =>
  holds('CARE_STAFF', { rule: 'EMPLOYED_IN_UNIT', units });
export const contactOf = (...recipients: readonly string[]): Assigned =>
  holds('CONTACT', { rule: 'IS_CONTACT', recipients });

export function eva(roles: readonly Assigned[], more: Partial<Subject> = {}): Subject {
  return { level: 3, staff: ['eva'], roles, ...more };
}

/** Tolvan, who has care from the north unit. */
export function tolvan(more: Partial<PersonResource> = {}): PersonResource {
  return {
    kind: 'person',
    recipients: new Set(['tolvan']),
    controllers: new Set([TOWN]),
    units: new Set([NORTH]),
    everUnits: new Set([NORTH]),
    commissionedBy: new Set(),
    protected: { protection: 'NONE', formerSecret: false },
    glass: [],
    ...more,
  };
}

export function place(kind: PlaceResource['kind'], more: Partial<PlaceResource> = {}): PlaceResource {
  return { kind, controllers: new Set([TOWN]), units: new Set(), commissionedBy: new Set(), ...more };
}

interface When {
  readonly action: string;
  readonly about?: PersonResource | PlaceResource;
  readonly purpose?: Purpose;
  readonly more?: Partial<Asked>;
  readonly context?: Partial<DecisionContext>;
}

export function when(subject: Subject | undefined, { action, about, purpose = 'DAILY', more, context }: When): Verdict {
  const asked: Asked = {
    actions: [action],
    family: [action],
    resources: about ? [about] : [],
    found: true,
    ...more,
  };
  return decide(accessPolicy, subject, asked, { now: NOW, purpose, narrowings: new Map(), ...context });
}

/** In one word: the row that allows it, or why it is refused. */
export function answer(subject: Subject | undefined, asked: When): string {
  const verdict = when(subject, asked);
  return verdict.allow ? verdict.by : verdict.why;
}
