import { describe, expect, it } from '@jest/globals';
import type { AccessRecord } from '../access-record.js';
import { auditEvents } from './audit-event.js';

const record: AccessRecord = {
  v: 1,
  at: '2026-03-01T08:00:00.000Z',
  node: 'local',
  n: 7,
  who: { kind: 'STAFF', id: '5f0c8d2a-2222-4a6b-9c3d-000000000001', role: 'UNIT_MANAGER', level: 3, session: 'abc' },
  act: 'READ',
  route: 'recipient.timeline',
  persons: ['5f0c8d2a-3333-4a6b-9c3d-000000000001', '5f0c8d2a-3333-4a6b-9c3d-000000000002'],
  shown: ['NAME'],
  purpose: 'SUPERVISION',
  request: '5f0c8d2a-8888-4a6b-9c3d-000000000001',
  count: 2,
};

describe('a record as FHIR AuditEvents after BALP', () => {
  it('is one a person, as a read with its patient, its object and its call', () => {
    const [first, second] = auditEvents(record);
    expect(first).toMatchObject({
      resourceType: 'AuditEvent',
      meta: { profile: ['https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientRead'] },
      type: { code: 'rest' },
      subtype: [{ code: 'read' }],
      action: 'R',
      recorded: record.at,
      outcome: '0',
      purposeOfEvent: [{ coding: [{ code: 'HCOMPL' }] }],
      agent: [
        { requestor: false },
        { requestor: false },
        { requestor: true, who: { identifier: { value: record.who.id } } },
      ],
    });
    const patients = [first, second].map((event) => (event!['entity'] as { what: unknown }[])[0]!.what);
    expect(patients).toEqual(record.persons.map((value) => ({ identifier: { value } })));
    expect(new Set([first!['id'], second!['id']]).size).toBe(2);
    for (const event of [first, second]) expect(String(event!['id'])).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
  });

  it.each(['SEARCH', 'LIST'] as const)('is a query where it was a %s, which names the operation', (act) => {
    const [event] = auditEvents({ ...record, act });
    expect(event).toMatchObject({
      meta: { profile: ['https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientQuery'] },
      subtype: [{ code: 'search' }],
      action: 'E',
    });
    const query = (event!['entity'] as { query?: string }[])[1]!.query ?? '';
    expect(Buffer.from(query, 'base64').toString()).toBe(record.route);
  });

  it('claims no profile where it was refused', () => {
    const [event] = auditEvents({ ...record, act: 'DENIED', refused: 'NOT_ALLOWED' });
    expect(event).not.toHaveProperty('meta');
    expect(event).toMatchObject({ outcome: '4' });
  });
});
