import { setFlagsFromString } from 'node:v8';
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { Assigned, PersonResource, Resource, Subject } from '../../src/access/model.js';
import type { WrittenTable } from '../../src/access/policy-table.js';
import type { Generated } from './generated-requests.js';

// Node 20 ends with "unreachable code" when it undoes an optimisation of a call into WebAssembly.
setFlagsFromString('--no-turbo-inline-js-wasm-calls');

/**
 * The table of access as Cedar policies, judged by Cedar: written from what the table says in words, apart from our own
 * code. Each role that somebody holds asks for itself; whoever asks may do what any of her roles may.
 */
const POLICY_SET = 'access';

const NEWLY =
  'resource.registeredBy != "" && (resource.registeredBy == principal.staff || resource.registeredBy == principal.grant)';
const OWN = 'resource.controllers.contains(principal.controller)';
/** A list that names no unit holds whatever is in reach: of a controller, or where it names none, of all. */
const OPEN = '(resource.kind == "list" && resource.units.isEmpty())';
const SEARCH = `(${OPEN} && resource.controllers.isEmpty())`;
const OVERLAP = 'principal.units.containsAny(resource.units)';

const REACH: Readonly<Record<string, string>> = {
  NONE: 'true',
  CONTROLLER: `${SEARCH} || (${OWN} && (${OPEN} || resource.kind == "controller" || (${NEWLY}) || !principal.limited || ${OVERLAP}))`,
  COMMISSIONED: `resource.commissionedBy.contains(principal.controller) || (${OPEN} && ${OWN}) || ${SEARCH}`,
  OWN_UNITS: `${SEARCH} || (${OPEN} && ${OWN}) || (!${OPEN} && principal.hasUnits && (${OVERLAP} || (${OWN} && ${NEWLY})))`,
  OWN_RECIPIENTS: `if resource.kind == "person" then principal.hasRecipients && principal.recipients.containsAny(resource.recipients) else ${SEARCH}`,
  GRANT: `${SEARCH} || (${OWN} && (${OPEN}
    || (resource.kind == "controller" && (resource.inspection == "" || resource.inspection == principal.inspection))
    || (resource.kind == "person"
        && (!principal.hasUnits || principal.units.containsAny(resource.everUnits))
        && (!principal.hasRecipients || principal.recipients.containsAny(resource.recipients)))
    || (resource.kind != "person" && resource.kind != "controller" && !principal.hasRecipients && (!principal.hasUnits || ${OVERLAP}))))`,
};

const GLASS = `(["UNIT_MANAGER", "UNIT_DEPUTY", "CONTACT", "CARE_STAFF"].contains(principal.role) && ${OWN}
  && (principal.allStaff.containsAny(resource.glassBy) || resource.glassBy.contains(principal.grant)))`;
const NAMED = `(principal.allStaff.containsAny(resource.named)
  || (principal.role == "AUDITOR" && principal.hasRecipients && principal.recipients.containsAny(resource.recipients)))`;
const openedBy = (glass: string): string =>
  `(${glass} && (!resource.secret || (context.glassForSecrets && !context.noGlass.containsAny(resource.controllers))))`;

/** Makes Cedar read a table; to be done before {@link rowsByCedar} is asked. */
export function teachCedar(table: WrittenTable): void {
  const staticPolicies: Record<string, string> = {};
  for (const row of table.rows) {
    const actions = row.actions.flatMap((name) =>
      name.startsWith('@') ? (table.groups[name.slice(1)]?.actions ?? []) : [name],
    );
    const reach = REACH[row.scope] ?? 'false';
    const glass = actions.some((name) => name.startsWith('step.')) ? 'false' : GLASS;
    const open = row.reachesProtected ? 'true' : `(!resource.protected || ${NAMED} || ${openedBy(glass)})`;
    staticPolicies[row.id] =
      `permit (principal, action in [${actions.map((name) => `Action::"${name}"`).join(', ')}], resource)
when {
  ${JSON.stringify(row.roles)}.contains(principal.role) && principal.level >= ${row.level}
  && !principal.withdrawn.contains("${row.id}")
  ${row.purposes ? `&& ${JSON.stringify(row.purposes)}.contains(context.purpose)` : ''}
  && (if resource.kind == "person" then ((${reach}) || ${glass}) && ${open} else (${reach}))
};`;
  }
  const read = cedar.preparsePolicySet(POLICY_SET, { staticPolicies });
  if (read.type !== 'success') throw new Error(JSON.stringify(read.errors));
}

/** The rows by which Cedar lets somebody do something; none where it does not. */
export function rowsByCedar({ subject, action, resource, context }: Generated, glassForSecrets: boolean): string[] {
  const rows = new Set<string>();
  for (const assigned of subject.roles) {
    const withdrawn = [...(context.narrowings.get(assigned.controller)?.withdrawn ?? [])];
    const answer = cedar.statefulIsAuthorized({
      principal: { type: 'Holder', id: 'one' },
      action: { type: 'Action', id: action },
      resource: { type: 'Thing', id: 'one' },
      context: {
        purpose: context.purpose,
        glassForSecrets,
        noGlass: [...context.narrowings].filter(([, one]) => one.noGlassForProtectedRegistration).map(([id]) => id),
      },
      preparsedPolicySetId: POLICY_SET,
      entities: [
        { uid: { type: 'Holder', id: 'one' }, parents: [], attrs: holder(subject, assigned, withdrawn) },
        { uid: { type: 'Thing', id: 'one' }, parents: [], attrs: thing(resource, context.now) },
      ],
    });
    if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors));
    const { errors, reason } = answer.response.diagnostics;
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    for (const row of reason) rows.add(row);
  }
  return [...rows].sort();
}

function holder(subject: Subject, assigned: Assigned, withdrawn: string[]) {
  const { role, rule, controller, units, recipients, staff = '-', grant = '-', inspection = '-' } = assigned;
  return {
    role,
    controller,
    level: subject.level,
    allStaff: [...subject.staff],
    staff,
    grant,
    inspection,
    units: [...(units ?? [])],
    hasUnits: units !== undefined,
    limited: units !== undefined && rule === 'GRANT' && role !== 'UNIT_DEPUTY',
    recipients: [...(recipients ?? [])],
    hasRecipients: recipients !== undefined,
    withdrawn,
  };
}

function thing(resource: Resource, now: string) {
  const person: Partial<PersonResource> = resource.kind === 'person' ? resource : {};
  const { protection = 'NONE', formerSecret = false, named } = person.protected ?? {};
  return {
    kind: resource.kind,
    inspection: resource.kind === 'controller' ? (resource.inspection ?? '') : '',
    controllers: [...resource.controllers],
    units: [...resource.units],
    everUnits: [...(person.everUnits ?? [])],
    commissionedBy: [...resource.commissionedBy],
    recipients: [...(person.recipients ?? [])],
    registeredBy: person.registeredBy ?? '',
    protected: protection !== 'NONE' || formerSecret || named !== undefined,
    secret: protection === 'PROTECTED_REGISTRATION' || formerSecret,
    named: [...(named ?? [])],
    glassBy: (person.glass ?? []).filter(({ until }) => Date.parse(until) > Date.parse(now)).map(({ by }) => by),
  };
}
