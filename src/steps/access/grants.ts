import { Facts } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { FACTS } from '../../facts/event-catalogue.js';
import { acceptAny } from '../../kernel/event-sourcing/decider.js';
import { defineStep, factsOf, type StateSources } from '../../recording/step.js';
import { closeInspection, grantRole, type Named, openInspection, revokeRole } from './domain/decide-grant.js';
import { accessRefusals as refusals } from './domain/refusals.js';

export const grantRoleStep = defineStep({
  name: 'GrantRole',
  records: FACTS.RoleGranted,
  summary: 'Besluta om en behörighet',
  description:
    'Den som får rollen anges med staff, eller med issuer och subject för den som inte är medarbetare. Enhetschef, fast omsorgskontakt och omsorgspersonal beslutas inte här: de följer av vad som är registrerat. Ingen beslutar om sin egen behörighet.',
  example: {
    holder: { staff: '5f0c8d2a-2222-4a6b-9c3d-000000000001' },
    role: 'CASE_OFFICER',
    controller: '5f0c8d2a-0000-4a6b-9c3d-000000000001',
    reason: 'Handläggare från den 1 november.',
    effectiveOn: '2026-11-02',
  },
  stateOf: namedOf,
  decide: grantRole,
  refusals: [
    refusals.DECIDED_BY_HOLDER,
    refusals.UNIT_ELSEWHERE,
    refusals.INSPECTION_OF_ANOTHER,
    refusals.INSPECTION_OVER,
  ],
});

export const revokeRoleStep = defineStep({
  name: 'RevokeRole',
  records: FACTS.RoleRevoked,
  summary: 'Återkalla en behörighet',
  description: 'Behörigheten gäller till och med dagen före effectiveOn.',
  example: { reason: 'Bytte tjänst.', effectiveOn: '2026-11-16' },
  stateOf: (sources) => ({ facts: factsOf(sources) }),
  decide: revokeRole,
  refusals: [refusals.GRANT_ANNULLED, refusals.GRANT_ALREADY_REVOKED],
});

export const openInspectionStep = defineStep({
  name: 'OpenInspection',
  records: FACTS.InspectionOpened,
  summary: 'Öppna en granskning',
  description:
    'Anger vad en tillsynsmyndighet eller revisor får ta del av. Den släpper inte in någon: granskaren får en behörighet som namnger granskningen.',
  example: {
    authority: 'IVO',
    caseNumber: '3.5.1-12345/2026',
    controller: '5f0c8d2a-0000-4a6b-9c3d-000000000001',
    validTo: '2027-01-31',
    effectiveOn: '2026-11-02',
  },
  stateOf: namedOf,
  decide: openInspection,
  refusals: [refusals.UNIT_ELSEWHERE],
});

export const closeInspectionStep = defineStep({
  name: 'CloseInspection',
  records: FACTS.InspectionClosed,
  summary: 'Avsluta en granskning',
  example: { reason: 'Beslutet har kommit.', effectiveOn: '2026-11-20' },
  stateOf: (sources) => ({ facts: factsOf(sources) }),
  decide: closeInspection,
  refusals: [refusals.INSPECTION_ANNULLED, refusals.INSPECTION_ALREADY_CLOSED],
});

export const adoptAccessPolicyStep = defineStep({
  name: 'AdoptAccessPolicy',
  records: FACTS.AccessPolicyAdopted,
  summary: 'Registrera att lokala riktlinjer för åtkomst har antagits',
  description:
    'Ett värde som utelämnas har sitt standardvärde, inte det förra värdet. Åtkomsten får begränsas, aldrig utvidgas. De första registreras utan If-Match, om inga andra lokala riktlinjer finns.',
  example: { values: { glassForProtectedRegistration: false }, effectiveOn: '2026-11-02' },
  stateOf: () => undefined,
  decide: acceptAny,
});

async function namedOf({ data, read }: StateSources): Promise<Named> {
  const factsIn = async (stream: string) => new Facts(resolveEntries(await read(stream)));
  const { units = [], inspection } = data as { readonly units?: readonly string[]; readonly inspection?: string };
  return {
    units: new Map(await Promise.all(units.map(async (unit) => [unit, await factsIn(`unit-${unit}`)] as const))),
    ...(inspection === undefined ? {} : { inspection: await factsIn(`inspection-${inspection}`) }),
  };
}
