import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MANAGER, type Scene, setTheScene, TestServer } from './commands.harness.js';

const reason = 'Enligt beslut.';
const OTHER = { ...MANAGER, 'X-Actor-Id': 'bo-1', 'X-Actor-Role': 'SAS' };
let server: TestServer;
let scene: Scene;

beforeAll(async () => {
  server = await TestServer.start();
  scene = await setTheScene(server);
});
afterAll(() => server.close());

async function known(position: string): Promise<void> {
  await server.register.waitFor(BigInt(position), 5_000);
}
const list = async (what: string, on: string, more = '') =>
  (await server.get(`/${what}?controller=${scene.controller}&on=${on}${more}`)).body[what] as Record<string, unknown>[];

describe('a grant', () => {
  it('holds from its day until it is revoked, as it was known then', async () => {
    const before = server.clock.now();
    const granted = await server.post('/grants', {
      holder: { staff: scene.bo },
      role: 'UNIT_DEPUTY',
      controller: scene.controller,
      units: [scene.unit],
      validTo: '2026-12-31',
      reason,
      effectiveOn: '2026-11-10',
    });
    expect([granted.status, granted.headers.get('location')]).toEqual([201, `/api/v1/entries/${granted.body.eventId}`]);
    await known(granted.body.position);
    expect(await list('grants', '2026-11-09')).toEqual([]);
    const [grant] = await list('grants', '2026-11-20');
    expect(grant).toEqual({
      grant: granted.body.id,
      event: granted.body.eventId,
      etag: granted.headers.get('etag'),
      holder: { staff: scene.bo },
      role: 'UNIT_DEPUTY',
      controller: scene.controller,
      units: [scene.unit],
      from: '2026-11-10',
      to: '2026-12-31',
    });
    server.clock.set('2026-11-22T08:01:00.000Z');
    const revoked = await server.post(
      `/grants/${granted.body.id}/revocation`,
      { reason, effectiveOn: '2026-11-15' },
      { ifMatch: String(grant?.['etag']) },
    );
    expect(revoked.status).toBe(201);
    await known(revoked.body.position);
    expect(await list('grants', '2026-11-15')).toEqual([]);
    expect((await list('grants', '2026-11-14')).map(({ to }) => to)).toEqual(['2026-11-14']);
    expect(await list('grants', '2026-11-20', `&knownAt=${before}`)).toHaveLength(1);
  });

  it('tells nobody in the list by where she signs in, nor why', async () => {
    const { body } = await server.post('/grants', {
      holder: { issuer: 'https://id.example/', subject: 'den-hemliga' },
      role: 'INTEGRATION',
      controller: scene.controller,
      reason: 'Skäl som inte visas',
    });
    await known(body.position);
    const answer = await server.get(`/grants?controller=${scene.controller}`);
    expect(JSON.stringify(answer.body)).not.toMatch(/den-hemliga|Skäl/);
    expect(answer.body['grants']).toContainEqual(
      expect.objectContaining({ holder: { issuer: 'https://id.example/' }, role: 'INTEGRATION' }),
    );
  });

  it.each([
    ['nobody', { holder: {} }, 'holder'],
    ['two at once', { holder: { staff: '99999999-9999-4999-8999-999999999999', issuer: 'x', subject: 'y' } }, 'holder'],
    ['an issuer without a subject', { holder: { issuer: 'x' } }, 'holder'],
    ['a deputy without units', { role: 'UNIT_DEPUTY', validTo: '2026-12-31' }, 'units'],
    ['an auditor without an inspection', { role: 'AUDITOR' }, 'inspection'],
    ['an inspection for another role', { inspection: '99999999-9999-4999-8999-999999999999' }, 'inspection'],
    ['a system that is a staff member', { role: 'INTEGRATION' }, 'holder.staff'],
    ['an end before the beginning', { validTo: '2026-11-01', effectiveOn: '2026-11-10' }, 'validTo'],
  ])('is not given to %s', async (_, more, path) => {
    const grant = { holder: { staff: scene.bo }, role: 'SAS', controller: scene.controller, reason, ...more };
    const { status, body } = await server.post('/grants', grant);
    expect([status, body.code, body.errors.map((error) => error.path)]).toEqual([400, 'VALIDATION_FAILED', [path]]);
  });

  it('is not given to a deputy without an end', async () => {
    const grant = { holder: { staff: scene.bo }, role: 'UNIT_DEPUTY', controller: scene.controller, reason };
    const { body } = await server.post('/grants', { ...grant, units: [scene.unit] });
    expect(body.errors).toEqual([{ path: 'validTo', message: 'ska anges för den som ersätter en enhetschef' }]);
  });

  it('is put right as everything is, within the same bounds', async () => {
    const grant = { holder: { staff: scene.bo }, role: 'SAS', controller: scene.controller, reason };
    const { body } = await server.post('/grants', grant);
    const put = (right: object) =>
      server.onCurrent(`/entries/${body.eventId}`, '/correction', { reason, data: { ...grant, ...right } });
    expect((await put({ role: 'UNIT_DEPUTY' })).body.errors.map(({ path }) => path)).toEqual(['data.units']);
    expect((await put({ role: 'RECIPIENT_DESK' })).status).toBe(201);
  });
});

describe('an inspection', () => {
  const inspection = (more: object) => ({
    authority: 'IVO',
    caseNumber: '3.5.1-1/2026',
    controller: scene.controller,
    effectiveOn: '2026-11-20',
    ...more,
  });

  it('lasts 180 days at most', async () => {
    const long = await server.post('/inspections', inspection({ validTo: '2027-05-19' }));
    expect(long.body.errors).toEqual([
      { path: 'validTo', message: 'ska ligga högst 180 dagar fram, den första inräknad' },
    ]);
    expect((await server.post('/inspections', inspection({ validTo: '2027-05-18' }))).status).toBe(201);
  });

  it('goes on through its last day', async () => {
    const opened = await server.post('/inspections', inspection({ units: [scene.unit], validTo: '2026-12-31' }));
    await known(opened.body.position);
    const names = async (on: string) => (await list('inspections', on)).map((one) => one['inspection']);
    expect(await names('2026-12-31')).toContain(opened.body.id);
    expect(await names('2027-01-01')).not.toContain(opened.body.id);
    const closed = await server.post(
      `/inspections/${opened.body.id}/closing`,
      { reason, effectiveOn: '2026-11-22' },
      { ifMatch: opened.headers.get('etag') ?? '' },
    );
    await known(closed.body.position);
    expect(await names('2026-11-21')).toContain(opened.body.id);
    expect(await names('2026-11-22')).not.toContain(opened.body.id);
  });
});

describe('rules of access of a controller', () => {
  it('narrow, and never widen', async () => {
    const at = `/controllers/${scene.controller}/access-policies`;
    const widened = await server.post(at, { values: { glassForProtectedRegistration: true } });
    expect(widened.body.errors.map(({ path }) => path)).toEqual(['values.glassForProtectedRegistration']);
    expect((await server.post(at, { values: { glassForProtectedRegistration: false } })).status).toBe(201);
    const read = await server.get(`/controllers/${scene.controller}/policies`);
    expect(read.body).not.toHaveProperty('version');
  });
});

describe('a broken glass', () => {
  const body = { reasonCode: 'EMERGENCY', reason: 'Larmade utan att svara.' };
  const breakIt = (identity: string) => server.post('/recipients/break-glass', { identity, ...body });

  it('opens a person for four hours, is told in her history, and is reviewed by another', async () => {
    const broken = await breakIt('121212-1212');
    expect([broken.status, broken.body['recipient']]).toEqual([201, scene.recipient]);
    expect(Date.parse(String(broken.body['until'])) - Date.parse(server.clock.now())).toBe(4 * 3_600_000);
    const at = `/recipients/${scene.recipient}`;
    const review = { verdict: 'JUSTIFIED', reason };
    const own = await server.onCurrent(at, `/break-glass/${broken.body.eventId}/review`, review);
    expect(own.body.code).toBe('GLASS_OWN_REVIEW');
    const other = await server.onCurrent(at, `/break-glass/${broken.body.eventId}/review`, review, { headers: OTHER });
    expect(other.status).toBe(201);
    await known(other.body.position);
    const { body: timeline } = await server.get(`${at}/timeline`);
    const types = (timeline['entries'] as { type: string }[]).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['GlassBroken', 'GlassBreakReviewed']));
  });

  it('is not made longer by whoever broke it', async () => {
    const broken = await breakIt('121212-1212');
    const longer = { ...body, until: '2026-11-23T08:00:00.000Z' };
    const own = await server.onCurrent(`/entries/${broken.body.eventId}`, '/correction', { reason, data: longer });
    expect(own.body.code).toBe('OWN_ACCESS');
  });

  it('answers alike whatever number nobody has', async () => {
    const [unknown, none] = [await breakIt('198112189876'), await breakIt('1')];
    const told = ({ status, body }: typeof unknown) => ({ status, ...body, instance: '' });
    expect(unknown.body.code).toBe('UNKNOWN_RECIPIENT');
    expect(told(none)).toEqual(told(unknown));
  });
});

describe('what is noted for reviewers', () => {
  it('is told in no history', async () => {
    const at = `/recipients/${scene.recipient}`;
    const noted = await server.record(at, '/notes', { reason: 'Känd i kommunen' });
    const amended = await server.record(`/entries/${noted.body.eventId}`, '/correction', {
      reason: 'Känd',
      data: { reason: 'Känd' },
    });
    await known(amended.body.position);
    const answers = [await server.get(`${at}/timeline`), await server.get(at)];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toMatch(/PersonNoted|Känd/);
    }
    const replay = await server.get(`${at}/replay?to=${amended.body.position}`);
    expect(JSON.stringify(replay.body)).not.toMatch(/PersonNoted|Känd/);
  });
});
