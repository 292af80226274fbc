import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import type { Register } from '../../src/app/register.js';
import { DEMO_ISSUER } from '../../src/kernel/http/caller.js';
import { rolesIn } from '../../src/server/roles-in.js';
import { signInByDemo } from '../../src/sign-in/demo/demo-sign-in.js';
import type { SignIn } from '../../src/sign-in/sign-in.js';
import { Browser } from '../support/browser.js';
import { AccessServer, hsaOf, INSPECTION, NORTH, SOUTH, STAFF, TOLVAN, TOWN } from './access.harness.js';
import { MEMORY } from './commands.harness.js';

jest.setTimeout(120_000);

let server: AccessServer;
beforeAll(async () => {
  const open = (register: Register): Promise<SignIn> =>
    signInByDemo(
      { ...MEMORY, host: '127.0.0.1' },
      { reads: register, rolesOf: rolesIn(register) },
      { logger: pino({ level: 'silent' }) },
    );
  server = await AccessServer.start(open);
  await server.grant('AUDITOR', { issuer: DEMO_ISSUER, subject: 'granskare' }, { inspection: INSPECTION });
  await server.settled();
});
afterAll(() => server.close());

/** Every person that the demo offers, by the role for which she is offered. */
const OFFERED = {
  'unit-manager': 'mia',
  'unit-deputy': 'deputy',
  contact: 'kim',
  'care-staff': 'eva',
  sas: 'sas',
  'case-officer': 'officer',
  admin: 'admin',
  'recipient-desk': 'desk',
} as const;

async function tokenOf(person: string): Promise<string> {
  const answer = await fetch(`${server.url}/demo/intyg/${person}`, { method: 'POST' });
  expect([person, answer.status]).toEqual([person, 200]);
  return (await answer.text()).trim();
}

async function api(person: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${await tokenOf(person)}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
}

async function signIn(
  browser: Browser,
  person: string,
  from = '/',
): Promise<{ status: number; text: string; url: string }> {
  const picker = await browser.open(`${server.url}${from}`);
  const action = new RegExp(`action="([^"]*person=${person})"`).exec(picker.text)?.[1] ?? '';
  return browser.open(new URL(action, picker.url).href, { method: 'POST' });
}

describe('the persons of a demo', () => {
  it('are one for each role that somebody holds, and one whose sign-in is not sure enough', async () => {
    const { text } = await new Browser().open(`${server.url}/`);
    const offered = [...text.matchAll(/person=([a-z0-9-]+)"/g)].map(([, id]) => id);
    expect(offered.toSorted()).toEqual([...Object.keys(OFFERED), 'auditor', 'unit-manager-2'].toSorted());
  });

  it.each(Object.entries(OFFERED))('%s is %s, whom the register knows in that role', async (person, name) => {
    const { status, body } = await api(person, 'GET', '/me');
    expect([status, body]).toEqual([
      200,
      {
        subject: hsaOf(name),
        issuer: DEMO_ISSUER,
        level: 3,
        staff: STAFF[name],
        roles: expect.arrayContaining([
          expect.objectContaining({ role: person.toUpperCase().replaceAll('-', '_'), from: expect.any(String) }),
        ]),
      },
    ]);
  });

  it('say what their roles rest on', async () => {
    const roles = async (person: string) =>
      (await api(person, 'GET', '/me')).body['roles'] as Record<string, unknown>[];
    expect(await roles('unit-manager')).toContainEqual(
      expect.objectContaining({ role: 'UNIT_MANAGER', rule: 'MANAGES_UNIT', units: [NORTH] }),
    );
    expect(await roles('unit-deputy')).toContainEqual(
      expect.objectContaining({
        role: 'UNIT_DEPUTY',
        rule: 'GRANT',
        units: [SOUTH],
        to: '2026-12-31',
        grant: expect.any(String),
      }),
    );
    const auditor = await api('auditor', 'GET', '/me');
    expect(auditor.body).toEqual({
      subject: 'granskare',
      issuer: DEMO_ISSUER,
      level: 3,
      roles: [expect.objectContaining({ role: 'AUDITOR', rule: 'GRANT', to: '2026-11-30' })],
    });
  });
});

describe('a day in three roles', () => {
  it('lets the manager see and record, as the staff member that she is', async () => {
    const browser = new Browser();
    const start = await signIn(browser, 'unit-manager');
    // Who leads one unit is led to what is due there.
    expect([start.status, start.url]).toEqual([200, `${server.url}/att-gora/${NORTH}`]);
    expect(start.text).toContain('Namn mia');
    const timeline = await api('unit-manager', 'GET', `/recipients/${TOLVAN}/timeline`);
    expect(timeline.status).toBe(200);
    const registered = await api('unit-manager', 'POST', '/staff', {
      controller: TOWN,
      unit: NORTH,
      name: 'Ny Kollega',
    });
    expect(registered.status).toBe(201);
    const [recorded] = await server.register.log.readStream(String(registered.body['stream']));
    expect(recorded?.actor).toMatchObject({ id: STAFF.mia, role: 'UNIT_MANAGER' });
    expect(JSON.stringify(recorded?.actor)).not.toContain(hsaOf('mia'));
  });

  it('lets the contact see her own persons and nobody else', async () => {
    expect((await api('contact', 'GET', `/recipients/${TOLVAN}/timeline`)).status).toBe(200);
    const other = await api('contact', 'GET', '/recipients/00000004-0000-4000-8000-000000000002/timeline');
    expect([other.status, other.body['code']]).toEqual([404, 'UNKNOWN_RECIPIENT']);
  });

  it('lets who runs the system see nobody', async () => {
    const timeline = await api('admin', 'GET', `/recipients/${TOLVAN}/timeline`);
    expect([timeline.status, timeline.body['code']]).toEqual([403, 'NOT_ALLOWED']);
  });

  it('lets a sign-in that is not sure enough see no person, and asks for a better one on a page', async () => {
    const timeline = await api('unit-manager-2', 'GET', `/recipients/${TOLVAN}/timeline`);
    expect([timeline.status, timeline.body['code']]).toEqual([403, 'LEVEL_TOO_LOW']);
    const browser = new Browser();
    await signIn(browser, 'unit-manager-2', '/regler');
    const page = await browser.call(`${server.url}/personer/${TOLVAN}`);
    expect([page.status, page.to]).toEqual([
      303,
      `${server.url}/logga-in?niva=3&till=${encodeURIComponent(`/personer/${TOLVAN}`)}`,
    ]);
    const again = await signIn(browser, 'unit-manager', page.to?.slice(server.url.length));
    expect([again.status, again.url]).toEqual([200, `${server.url}/personer/${TOLVAN}`]);
  });

  it('names no person to who has no role, and nobody to who has not signed in', async () => {
    const anonymous = await fetch(`${server.url}/api/v1/me`);
    expect(anonymous.status).toBe(401);
    const actor = await api('unit-manager', 'GET', '/me', undefined, { 'X-Actor-Id': 'chef' });
    expect(actor.body['code']).toBe('ACTOR_HEADERS_NOT_ALLOWED');
  });
});
