import type { RecipientFile } from '../../src/answers/file/recipient-file.js';
import type { AccessExtract } from '../../src/access-log/extract/extract-document.js';
import type { VerificationProtocol } from '../../src/kernel/observability/verification-protocol.js';

/** A UUID that a number stands for. */
export const uuid = (n: number): string => `${String(n).padStart(8, '0')}-1111-4111-8111-11111111111a`;

const CHECKPOINT = {
  origin: `fok/${uuid(70)}`,
  size: 7,
  root: 'ab'.repeat(32),
  lastPosition: '9',
  at: '2026-06-30T10:00:00.000Z',
  keyId: 'cd'.repeat(8),
  note: `fok/${uuid(70)}\n7\nq83v\n\n— fok/${uuid(70)} QUJD\n`,
};
const WITNESSES = [
  { name: 'arkiv.example', kind: 'WITNESS', size: 7, at: '2026-06-30T10:00:01.000Z' },
  { name: 'mapp', kind: 'FOLDER', size: 0 },
  { name: 'tid.example', kind: 'TIME_STAMPS', size: 7, at: '2026-06-30T10:00:02.000Z', problem: 'LATE' },
] as const;

/** A file with so many entries, of a person with an episode and a contact, all of whom are called by the name. */
export function madeUpFile(entries: number, name = 'Anna Andersson'): RecipientFile {
  return {
    recipient: uuid(0),
    recipients: [uuid(0), uuid(5)],
    controllers: [uuid(90)],
    on: '2026-06-30',
    generatedAt: '2026-06-30T12:00:00.000Z',
    knownAt: '2026-06-30T11:00:00.000000Z',
    position: String(entries),
    state: { name, identity: { canonical: '191212121212' }, registeredOn: '2024-01-01', protection: 'NONE' },
    entries: Array.from({ length: entries }, (_, at) => ({
      eventId: uuid(1000 + at),
      type: 'RecordedInDocument',
      stream: `careEpisode-${uuid(1)}`,
      revision: String(at),
      position: String(at + 1),
      effectiveOn: '2026-01-01',
      recordedAt: '2026-01-02T10:00:00.000Z',
      late: at % 2 === 0,
      actor: { id: uuid(80), role: 'MANAGER' },
      data: { document: 'JOURNAL', note: `${name} ${at}` },
      status: at === 0 ? ('CORRECTED' as const) : ('VALID' as const),
      ...(at === 0
        ? { correctedBy: uuid(1001), effective: { effectiveOn: '2026-01-03', data: { document: 'PLAN' } } }
        : {}),
    })),
    episodes: [
      {
        episode: uuid(1),
        careForm: 'HOME_CARE',
        state: {},
        ongoing: { from: '2024-01-01' },
        units: [{ unit: uuid(85), from: '2024-01-01' }],
        paused: [],
        offeredFrom: '2024-01-05',
        standing: [{ answer: 'YES', from: '2024-01-08' }],
        unnecessary: [],
        assignments: [
          {
            assignment: uuid(2),
            staff: uuid(80),
            name,
            role: 'PRIMARY',
            from: '2024-01-10',
            absent: [{ from: '2024-07-01', to: '2024-08-01' }],
            titles: [{ basis: 'CERTIFICATE', from: '2024-01-10' }],
            titleEvidence: [uuid(1000)],
          },
        ],
        rules: [
          {
            rule: 'OFFER',
            ruleVersion: '1',
            status: 'MET',
            kind: 'STATUTORY',
            legalBasis: '4 kap. 2 b § socialtjänstlagen (2001:453)',
            evidence: [uuid(1000), uuid(9)],
            from: '2024-01-05',
          },
        ],
      },
    ],
    names: { [uuid(0)]: name, [uuid(80)]: name, [uuid(85)]: name, [uuid(90)]: 'Exempelkommunen' },
    proof: {
      register: uuid(70),
      leaf: 'ef'.repeat(32),
      sealed: 1,
      unsealed: entries - 1,
      checkpoint: CHECKPOINT,
      witnessed: { needed: 1, size: 7 },
      witnesses: WITNESSES,
      verified: { at: '2026-06-30T10:30:00.000Z', events: 7, findings: 0 },
    },
  };
}

/** A protocol of a verification that found so much. */
export function madeUpProtocol(findings: number): VerificationProtocol {
  return {
    register: uuid(70),
    program: '1.2.3',
    asked: 'COMMAND',
    startedAt: '2026-06-30T10:00:00.000Z',
    endedAt: '2026-06-30T10:30:00.000Z',
    result: findings === 0 ? 'VERIFIED' : 'NOT_VERIFIED',
    counts: { checked: 80, sealed: 7, unsealed: 73, findings, backwards: 1 },
    checkpoint: CHECKPOINT,
    key: {
      id: CHECKPOINT.keyId,
      pem: '-----BEGIN PUBLIC KEY-----\nQUJD\n-----END PUBLIC KEY-----\n',
      vkey: 'fok+1+QUJD',
    },
    witnesses: WITNESSES,
    witnessed: { needed: 1, size: 7 },
    trusted: [{ name: 'arkiv.example', size: 7, at: '2026-06-30T10:00:01.000Z' }],
    findings: Array.from({ length: findings }, (_, at) => ({
      code: 'CHANGED',
      position: String(at + 1),
      event: uuid(1000 + at),
      stream: `recipient-${uuid(0)}`,
      message: 'the bytes are not what they were',
    })),
    accessLog: { ok: true, checked: 5, sealed: 4, unsealed: 1, disposed: 0, findings: [] },
  };
}

/** An extract of so many looks, by readers who are all called by the name. */
export function madeUpExtract(looks: number, name = 'Eva Ek'): AccessExtract {
  return {
    recipient: uuid(0),
    name,
    controller: 'Exempelkommunen',
    from: '2026-01-01',
    generatedAt: '2026-06-30T12:00:00.000Z',
    items: Array.from({ length: looks }, (_, at) => ({
      at: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString(),
      role: 'enhetschef',
      ...(at % 2 === 0 ? { unit: `Enhet nr${at}.`, name } : {}),
      what: `läste: namn (tillfälle${at}.)`,
      purpose: 'det dagliga arbetet',
    })),
  };
}
