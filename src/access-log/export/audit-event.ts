import type { AccessRecord } from '../access-record.js';

const PROFILES = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.';
const DICOM = 'http://dicom.nema.org/resources/ontology/DCM';
const ENTITY_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const ENTITY_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';

/** v3-ActReason: what a look was for, as others name it. */
const REASONS: Readonly<Record<AccessRecord['purpose'], string>> = {
  DAILY: 'TREAT',
  FOLLOW_UP: 'HQUALIMP',
  SUPERVISION: 'HCOMPL',
  RECIPIENT_REQUEST: 'PATRQT',
  SUPPORT: 'HSYSADMIN',
};

/** Acts that BALP knows no profile for are told as reads of whom they are about. */
const QUERIES: ReadonlySet<AccessRecord['act']> = new Set(['SEARCH', 'LIST']);

/**
 * A record as FHIR R4 AuditEvents, one a person, after IHE BALP PatientRead and PatientQuery
 * (https://profiles.ihe.net/ITI/BALP/). The query is the operation and not what was searched for, which is not kept.
 */
export function auditEvents(record: AccessRecord): readonly Readonly<Record<string, unknown>>[] {
  return record.persons.map((person) => auditEvent(record, person));
}

function auditEvent(record: AccessRecord, person: string): Readonly<Record<string, unknown>> {
  const { at, n, node, who, act, route, purpose, request, refused } = record;
  const isQuery = QUERIES.has(act);
  return {
    resourceType: 'AuditEvent',
    id: `${node}-${n}-${person}`.slice(-64),
    // A profile says that it went well; a refusal claims none.
    ...(refused === undefined ? { meta: { profile: [`${PROFILES}${isQuery ? 'PatientQuery' : 'PatientRead'}`] } } : {}),
    type: coding('http://terminology.hl7.org/CodeSystem/audit-event-type', 'rest', 'RESTful Operation'),
    subtype: [coding('http://hl7.org/fhir/restful-interaction', isQuery ? 'search' : 'read')],
    action: isQuery ? 'E' : 'R',
    recorded: at,
    outcome: refused === undefined ? '0' : '4',
    purposeOfEvent: [{ coding: [coding('http://terminology.hl7.org/CodeSystem/v3-ActReason', REASONS[purpose])] }],
    agent: [
      agent(coding(DICOM, '110153', 'Source Role ID'), who.session ?? who.kind, false),
      agent(coding(DICOM, '110152', 'Destination Role ID'), node, false),
      {
        ...agent(
          coding('http://terminology.hl7.org/CodeSystem/v3-ParticipationType', 'IRCP', 'information recipient'),
          who.id,
          true,
        ),
        ...(who.role === undefined ? {} : { role: [{ text: who.role }] }),
      },
    ],
    source: { observer: { identifier: { value: node } } },
    entity: [
      {
        what: { identifier: { value: person } },
        type: coding(ENTITY_TYPE, '1', 'Person'),
        role: coding(ENTITY_ROLE, '1', 'Patient'),
      },
      isQuery
        ? {
            type: coding(ENTITY_TYPE, '2', 'System Object'),
            role: coding(ENTITY_ROLE, '24', 'Query'),
            query: Buffer.from(route, 'utf8').toString('base64'),
          }
        : {
            what: { identifier: { value: route } },
            type: coding(ENTITY_TYPE, '2', 'System Object'),
            role: coding(ENTITY_ROLE, '4', 'Domain Resource'),
          },
      {
        what: { identifier: { value: request } },
        type: coding('https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType', 'XrequestId'),
      },
    ],
  };
}

function agent(type: object, who: string, requestor: boolean): Readonly<Record<string, unknown>> {
  return { type: { coding: [type] }, who: { identifier: { value: who } }, requestor };
}

function coding(system: string, code: string, display?: string): Readonly<Record<string, string>> {
  return { system, code, ...(display === undefined ? {} : { display }) };
}
