import { type Answer, MANAGER, type Scene, type TestServer } from './commands.harness.js';

const on = { effectiveOn: '2026-11-20' };
const reason = 'Därför.';
const NOBODY = '99999999-9999-4999-8999-999999999999';
const GLASS = '77777777-0000-4000-8000-000000000002';

/** What a test of the steps of access works on. */
export interface AccessStage {
  readonly server: TestServer;
  readonly scene: Scene;
  /** A new recipient, employee, of whom nothing else is known: where they are read. */
  recipient(): Promise<string>;
  staff(): Promise<string>;
}

const idIn = (resource: string): string => resource.split('/')[2] ?? '';

/** Opens what has no address of its own, and says where its next entry is posted and with which ETag. */
async function opened({ server }: AccessStage, path: string, body: object): Promise<{ at: string; ifMatch: string }> {
  const answer = await server.post(path, body);
  if (answer.status !== 201) throw new Error(`${path} answered ${answer.status} ${answer.body.code}`);
  return { at: `${path}/${answer.body.id}`, ifMatch: answer.headers.get('etag') ?? '' };
}

const grant = ({ scene }: AccessStage, more: object = {}): object => ({
  holder: { staff: scene.bo },
  role: 'SAS',
  controller: scene.controller,
  reason,
  ...on,
  ...more,
});
const inspection = ({ scene }: AccessStage, more: object = {}): object => ({
  authority: 'IVO',
  caseNumber: '3.5.1-1/2026',
  controller: scene.controller,
  validTo: '2026-12-31',
  ...on,
  ...more,
});

/** The same step on a stream twice. */
async function twice(stage: AccessStage, at: string, step: string, ifMatch: string): Promise<Answer> {
  const first = await stage.server.post(`${at}${step}`, { reason }, { ifMatch });
  return stage.server.post(`${at}${step}`, { reason }, { ifMatch: first.headers.get('etag') ?? '' });
}

/** A step on something whose opening was annulled. */
async function onAnnulled(stage: AccessStage, path: string, body: object, step: string): Promise<Answer> {
  const { server } = stage;
  const answer = await server.post(path, body);
  const { headers } = await server.record(`/entries/${answer.body.eventId}`, '/annulment', { cause: 'OTHER', reason });
  return server.post(`${path}/${answer.body.id}${step}`, { reason }, { ifMatch: headers.get('etag') ?? '' });
}

/** Somebody has broken a glass. */
export async function brokenGlass({ server, scene, recipient }: AccessStage, by: string): Promise<string> {
  const at = await recipient();
  const stream = `recipient-${idIn(at)}`;
  await server.register.log.append(stream, 'STREAM_EXISTS', [
    {
      id: GLASS.replace(/.{12}$/, idIn(at).slice(-12)),
      type: 'GlassBroken',
      stream,
      effectiveOn: '2026-11-22',
      actor: { id: by, role: 'CARE_STAFF' },
      subject: idIn(at),
      controller: scene.controller,
      data: { reasonCode: 'EMERGENCY', reason, until: '2026-11-22T12:00:00.000Z' },
    },
  ]);
  return at;
}

async function review(stage: AccessStage, by: string, times: number): Promise<Answer> {
  const at = await brokenGlass(stage, by);
  const glass = GLASS.replace(/.{12}$/, idIn(at).slice(-12));
  const once = () => stage.server.onCurrent(at, `/break-glass/${glass}/review`, { verdict: 'JUSTIFIED', reason });
  for (let done = 1; done < times; done += 1) await once();
  return once();
}

/** One way to each error code of the steps of access. */
export function waysOfAccess(stage: () => AccessStage): Readonly<Record<string, () => Promise<Answer>>> {
  return {
    UNKNOWN_GRANT: () => stage().server.post(`/grants/${NOBODY}/revocation`, { reason }),
    UNKNOWN_INSPECTION: () => stage().server.post(`/inspections/${NOBODY}/closing`, { reason }),
    OWN_ACCESS: () =>
      stage().server.post('/grants', grant(stage()), { headers: { ...MANAGER, 'X-Actor-Id': stage().scene.bo } }),
    ACCESS_BY_SYSTEM: () =>
      stage().server.post('/grants', grant(stage()), { headers: { ...MANAGER, 'X-Actor-Role': 'INTEGRATION' } }),
    DECIDED_BY_HOLDER: () => stage().server.post('/grants', grant(stage(), { decidedBy: stage().scene.bo })),
    UNIT_ELSEWHERE: async () => {
      const { server, scene } = stage();
      const company = { name: 'Omsorg AB', kind: 'PRIVATE', orgNumber: '556016-0680', ...on };
      const controller = await server.open('/controllers', company);
      return server.post('/inspections', inspection(stage(), { controller, units: [scene.unit] }));
    },
    INSPECTION_OF_ANOTHER: async () => {
      const { server } = stage();
      const company = { name: 'Vård AB', kind: 'PRIVATE', orgNumber: '556016-0680', ...on };
      const controller = await server.open('/controllers', company);
      const { at } = await opened(stage(), '/inspections', inspection(stage(), { controller }));
      return server.post('/grants', grant(stage(), { role: 'AUDITOR', inspection: idIn(at) }));
    },
    INSPECTION_OVER: async () => {
      const { at, ifMatch } = await opened(stage(), '/inspections', inspection(stage()));
      await stage().server.post(`${at}/closing`, { reason }, { ifMatch });
      return stage().server.post(
        '/grants',
        grant(stage(), { role: 'AUDITOR', inspection: idIn(at), effectiveOn: '2026-11-22' }),
      );
    },
    GRANT_ANNULLED: () => onAnnulled(stage(), '/grants', grant(stage()), '/revocation'),
    GRANT_ALREADY_REVOKED: async () => {
      const { at, ifMatch } = await opened(stage(), '/grants', grant(stage()));
      return twice(stage(), at, '/revocation', ifMatch);
    },
    INSPECTION_ANNULLED: () => onAnnulled(stage(), '/inspections', inspection(stage()), '/closing'),
    INSPECTION_ALREADY_CLOSED: async () => {
      const { at, ifMatch } = await opened(stage(), '/inspections', inspection(stage()));
      return twice(stage(), at, '/closing', ifMatch);
    },
    IDENTITY_ALREADY_LINKED: async () => {
      const at = await stage().staff();
      const link = { issuer: 'https://id.example/', subject: 'eva' };
      await stage().server.record(at, '/identity-link', link);
      return stage().server.onCurrent(at, '/identity-link', link);
    },
    IDENTITY_NOT_LINKED: async () => stage().server.onCurrent(await stage().staff(), '/identity-unlink', { reason }),
    ACCESS_NOT_NARROWED: async () =>
      stage().server.onCurrent(await stage().recipient(), '/access-widening', { reason }),
    GLASS_OWN_REVIEW: () => review(stage(), MANAGER['X-Actor-Id'], 1),
    GLASS_ALREADY_REVIEWED: () => review(stage(), stage().scene.bo, 2),
    PERSON_ALREADY_NOTED: async () => {
      const at = await stage().recipient();
      await stage().server.record(at, '/notes', { reason });
      return stage().server.onCurrent(at, '/notes', { reason });
    },
    PERSON_NOT_NOTED: async () => stage().server.onCurrent(await stage().recipient(), '/note-lifting', { reason }),
  };
}
