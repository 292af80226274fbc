import type {
  AccessPolicy,
  Assigned,
  DecisionContext,
  Ground,
  PersonResource,
  Protected,
  Reach,
  Resource,
  Role,
  Subject,
} from './model.js';

/** Roles of those who work in care: for them a glass can be broken. */
export const CARE_ROLES: readonly Role[] = ['UNIT_MANAGER', 'UNIT_DEPUTY', 'CONTACT', 'CARE_STAFF'];

/** Whether a role that somebody holds reaches a thing, by the scope of a row; protected data are another question. */
export function reaches(scope: Reach, assigned: Assigned, resource: Resource): boolean {
  const { controller, units } = assigned;
  const ofController = resource.controllers.has(controller);
  switch (scope) {
    case 'NONE':
      return true;
    case 'CONTROLLER':
      if (isSearch(resource) || !ofController) return isSearch(resource);
      if (isOpenList(resource) || resource.kind === 'controller' || newly(assigned, resource)) return true;
      return withinGrant(assigned, resource);
    case 'COMMISSIONED':
      return resource.commissionedBy.has(controller) || (isOpenList(resource) && ofController) || isSearch(resource);
    case 'OWN_UNITS':
      if (isOpenList(resource)) return isSearch(resource) || ofController;
      return units !== undefined && (within(units, resource.units) || newly(assigned, resource));
    case 'OWN_RECIPIENTS':
      if (resource.kind !== 'person') return isSearch(resource);
      return assigned.recipients !== undefined && within(assigned.recipients, resource.recipients);
    case 'GRANT':
      return named(assigned, resource);
  }
}

/** Whether a person lies within a ground's reach, and is not protected from it or is open to it all the same. */
export function visible(
  rules: { readonly policy: AccessPolicy; readonly subject: Subject; readonly context: DecisionContext },
  { assigned, row }: Ground,
  person: PersonResource,
): boolean {
  const { policy, subject, context } = rules;
  const { protection, formerSecret, named: alone } = person.protected;
  const secret = protection === 'PROTECTED_REGISTRATION' || formerSecret;
  // A broken glass lifts that she lies outside the reach or is protected, for who reads, and nothing else: by what is
  // recorded, as care in one's own unit, she would be in reach for good.
  const broken = onlyReads(row) && hasBrokenGlass(subject, assigned, person, context);
  const inReach = reaches(row.scope, assigned, person) || broken;
  if (!inReach) return false;
  if (row.reachesProtected || !isProtected(person.protected)) return true;
  if (subject.staff.some((one) => alone?.has(one))) return true;
  if (assigned.role === 'AUDITOR' && assigned.recipients && within(assigned.recipients, person.recipients)) return true;
  return broken && (!secret || glassOpensSecrets(policy, person, context));
}

/** Whether a person's data are for those alone whom somebody has named. */
export function isProtected({ protection, formerSecret, named: alone }: Protected): boolean {
  return protection !== 'NONE' || formerSecret || alone !== undefined;
}

function onlyReads({ actions }: Ground['row']): boolean {
  return [...actions].every((action) => !action.startsWith('step.'));
}

function glassOpensSecrets(
  { glassForProtectedRegistration }: AccessPolicy,
  { controllers }: PersonResource,
  { narrowings }: DecisionContext,
): boolean {
  const closed = [...controllers].some((one) => narrowings.get(one)?.noGlassForProtectedRegistration);
  return glassForProtectedRegistration && !closed;
}

function hasBrokenGlass(
  { staff }: Subject,
  { role, controller, grant }: Assigned,
  { glass, controllers }: PersonResource,
  { now }: DecisionContext,
): boolean {
  return (
    CARE_ROLES.includes(role) &&
    controllers.has(controller) &&
    glass.some(({ by, until }) => now < until && (staff.includes(by) || by === grant))
  );
}

/** Whoever registered a person has her in reach until her care begins. */
function newly({ staff, grant, controller }: Assigned, resource: Resource): boolean {
  if (resource.kind !== 'person' || resource.registeredBy === undefined) return false;
  return resource.controllers.has(controller) && [staff, grant].includes(resource.registeredBy);
}

/** What an inspection names; where it names no units or persons, all of the controller's. */
function named({ controller, units, recipients, inspection }: Assigned, resource: Resource): boolean {
  if (isOpenList(resource)) return isSearch(resource) || resource.controllers.has(controller);
  if (!resource.controllers.has(controller)) return false;
  if (resource.kind === 'controller') return [undefined, inspection].includes(resource.inspection);
  if (resource.kind !== 'person')
    return recipients === undefined && (units === undefined || within(units, resource.units));
  if (units !== undefined && !within(units, resource.everUnits)) return false;
  return recipients === undefined || within(recipients, resource.recipients);
}

/** A grant may name units; a role that follows from a unit is not narrower for it. */
function withinGrant({ rule, role, units }: Assigned, resource: Resource): boolean {
  return rule !== 'GRANT' || role === 'UNIT_DEPUTY' || units === undefined || within(units, resource.units);
}

/** A list of whatever lies within reach, of a controller or of all. */
function isOpenList({ kind, units }: Resource): boolean {
  return kind === 'list' && units.size === 0;
}

/** A list that names nobody whose it is. */
function isSearch({ kind, units, controllers }: Resource): boolean {
  return kind === 'list' && units.size === 0 && controllers.size === 0;
}

function within(some: readonly string[], all: ReadonlySet<string>): boolean {
  return some.some((one) => all.has(one));
}
