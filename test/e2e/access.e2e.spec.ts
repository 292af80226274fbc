import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AccessServer,
  AWAY,
  BO,
  caller,
  EPISODE,
  FAR,
  HELPED,
  HIDDEN,
  HIRED,
  NORTH,
  SOUTH,
  STAFF,
  TOLVAN,
  TOWN,
} from './access.harness.js';

const UNKNOWN = '00000004-0000-4000-8000-999999999999';

describe('who has signed in', () => {
  let server: AccessServer;
  beforeAll(async () => {
    server = await AccessServer.start();
  });
  afterAll(() => server.close());

  it('is needed for all but what shows nobody', async () => {
    expect(await server.answer(undefined, `/recipients/${TOLVAN}`)).toBe('401 UNAUTHENTICATED');
    expect(await server.answer(undefined, '/codes')).toBe('200');
  });

  it('reads by her role, and finds nobody beyond it', async () => {
    const seen: Record<string, string[]> = {};
    for (const name of ['mia', 'sam', 'eva', 'kim', 'sas', 'officer', 'deputy', 'stranger', 'admin', 'desk'] as const) {
      seen[name] = [];
      for (const person of [TOLVAN, BO, HIDDEN, FAR, HELPED])
        if ((await server.get(caller(name), `/recipients/${person}`)).status === 200) seen[name].push(person);
    }
    expect(seen).toEqual({
      mia: [TOLVAN],
      sam: [BO],
      eva: [TOLVAN],
      kim: [TOLVAN],
      sas: [TOLVAN, BO],
      officer: [TOLVAN, BO],
      deputy: [BO],
      stranger: [FAR],
      admin: [],
      desk: [],
    });
  });

  it('gets the same answer for whom she may not see as for whom nobody knows', async () => {
    const alike = ({ text }: { text: string }, person: string) =>
      text.replaceAll(person, 'ID').replace(/urn:uuid:[0-9a-f-]{36}/, 'INSTANCE');
    for (const path of ['', '/timeline', '/compliance', '/compliance/segments', '/replay?to=1']) {
      const unknown = await server.get(caller('mia'), `/recipients/${UNKNOWN}${path}`);
      expect(unknown.status).toBe(404);
      for (const person of [BO, HIDDEN, FAR]) {
        const foreign = await server.get(caller('mia'), `/recipients/${person}${path}`);
        expect(alike(foreign, person)).toBe(alike(unknown, UNKNOWN));
        expect(foreign.headers.get('etag')).toBe(null);
        expect([...foreign.headers.keys()]).toEqual([...unknown.headers.keys()]);
      }
    }
    const body = { reason: 'x' };
    for (const ifMatch of [undefined, '"0"', '"99"', 'x']) {
      const headers: Record<string, string> = ifMatch === undefined ? {} : { 'if-match': ifMatch };
      const ask = (person: string) =>
        server.call(caller('mia'), 'POST', `/recipients/${person}/identity-changes`, { headers, body });
      const [foreign, unknown] = [await ask(BO), await ask(UNKNOWN)];
      expect(foreign.status).toBe(404);
      expect(alike(foreign, BO)).toBe(alike(unknown, UNKNOWN));
    }
  });

  it('runs the system and reads about nobody', async () => {
    const admin = caller('admin');
    expect(await server.answer(admin, `/recipients/${TOLVAN}/timeline`)).toBe('403 NOT_ALLOWED');
    expect(await server.answer(admin, `/recipients/${UNKNOWN}/timeline`)).toBe('403 NOT_ALLOWED');
    expect(await server.answer(admin, '/projections')).toBe('200');
    expect(await server.answer(admin, `/units/${NORTH}/current`)).toBe('403 NOT_ALLOWED');
  });

  it('needs a sign-in that is sure enough', async () => {
    const mia = caller('mia', { level: 2 });
    expect(await server.answer(mia, `/recipients/${TOLVAN}`)).toBe('403 LEVEL_TOO_LOW');
    expect(await server.answer(mia, `/recipients/${UNKNOWN}`)).toBe('403 LEVEL_TOO_LOW');
    expect(await server.answer(mia, `/reports/supervision?controller=${TOWN}`)).toBe('200');
  });

  it('is an auditor as long as the inspection lasts, by the sign-in that the grant names', async () => {
    const ivo = caller('ivo');
    expect(await server.answer(ivo, `/recipients/${TOLVAN}/timeline`)).toBe('200');
    expect(await server.answer(ivo, `/recipients/${BO}/timeline`)).toBe('404 UNKNOWN_RECIPIENT');
    expect(await server.answer(caller('nobody'), `/recipients/${TOLVAN}/timeline`)).toBe('403 NOT_ALLOWED');
    server.clock.set('2026-11-30T22:59:59.000Z');
    expect(await server.answer(ivo, `/recipients/${TOLVAN}/timeline`)).toBe('200');
    server.clock.set('2026-11-30T23:00:00.000Z');
    expect(await server.answer(ivo, `/recipients/${TOLVAN}/timeline`)).toBe('403 NOT_ALLOWED');
    server.clock.set('2026-11-22T08:00:00.000Z');
  });

  it('reads the words of a company that works for the town only to follow it up', async () => {
    const path = `/recipients/${HELPED}/timeline`;
    expect(await server.answer(caller('sas'), `/recipients/${HELPED}/compliance`)).toBe('200');
    expect(await server.answer(caller('sas'), path)).toBe('403 NOT_ALLOWED');
    expect(await server.answer(caller('sas', { purpose: 'FOLLOW_UP' }), path)).toBe('200');
    expect(await server.answer(caller('mia', { purpose: 'FOLLOW_UP' }), path)).toBe('404 UNKNOWN_RECIPIENT');
    expect(await server.answer(caller('sas'), `/units/${HIRED}`)).toBe('200');
    expect(await server.answer(caller('sas'), `/units/${AWAY}`)).toBe('404 UNKNOWN_UNIT');
  });

  it('decides on care without reading what others have written', async () => {
    const { body } = await server.get(caller('officer'), `/care-episodes/${EPISODE}`);
    expect(JSON.stringify(body)).not.toContain('Talar finska');
    expect((await server.get(caller('mia'), `/care-episodes/${EPISODE}`)).text).toContain('Talar finska');
  });

  it('is recorded as who she is, in the role that lets her', async () => {
    const recorded = await server.post(
      caller('eva'),
      `/care-episodes/${EPISODE}/information`,
      { form: 'PHONE', items: ['ROLE_CONTENT'], attendees: [{ kind: 'RECIPIENT' }], effectiveOn: '2026-11-20' },
      `careEpisode-${EPISODE}`,
    );
    expect(recorded.body).toMatchObject({ type: 'InformationGiven' });
    const [event] = (await server.register.log.readStream(`careEpisode-${EPISODE}`)).slice(-1);
    expect(event?.actor).toEqual({ id: STAFF.eva, role: 'CARE_STAFF', unit: NORTH });
  });

  it('is told that a number is taken, and not by whom, where she may not see her', async () => {
    const register = (who: Parameters<typeof caller>[0], number: string) =>
      server.post(caller(who), '/recipients', {
        controller: TOWN,
        identity: { type: 'RESERVE', value: number, issuer: 'kommunen' },
        name: 'Ny Person',
        protection: 'NONE',
      });
    const known = await register('mia', `R-${TOLVAN.slice(-3)}`);
    expect(known.body).toMatchObject({ code: 'ALREADY_REGISTERED', recipient: TOLVAN });
    const foreign = await register('mia', `R-${BO.slice(-3)}`);
    expect(foreign.body['code']).toBe('ALREADY_REGISTERED');
    expect(foreign.text).not.toContain(BO);
  });
});

describe('a role', () => {
  let server: AccessServer;
  beforeAll(async () => {
    server = await AccessServer.start();
  });
  afterAll(() => server.close());

  it('moves with a manager on the day, and counts from the next call on', async () => {
    const ask = async () => [
      await server.answer(caller('mia'), `/recipients/${TOLVAN}`),
      await server.answer(caller('mia'), `/recipients/${BO}`),
    ];
    expect(await ask()).toEqual(['200', '404 UNKNOWN_RECIPIENT']);
    await server.record(`unit-${NORTH}`, 'UnitManagerAppointed', { staff: STAFF.sam }, { effectiveOn: '2026-11-24' });
    await server.record(`unit-${SOUTH}`, 'UnitManagerAppointed', { staff: STAFF.mia }, { effectiveOn: '2026-11-24' });
    expect(await ask()).toEqual(['200', '404 UNKNOWN_RECIPIENT']);
    server.clock.set('2026-11-23T23:00:00.000Z');
    expect(await ask()).toEqual(['404 UNKNOWN_RECIPIENT', '200']);
  });

  it('ends with the employment', async () => {
    expect(await server.answer(caller('eva'), `/recipients/${TOLVAN}`)).toBe('200');
    await server.record(`staff-${STAFF.eva}`, 'EmploymentEnded', {}, { effectiveOn: '2026-11-25' });
    expect(await server.answer(caller('eva'), `/recipients/${TOLVAN}`)).toBe('200');
    server.clock.set('2026-11-24T23:00:00.000Z');
    expect(await server.answer(caller('eva'), `/recipients/${TOLVAN}`)).toBe('403 NOT_ALLOWED');
  });

  it('ends with a grant that is revoked, at once', async () => {
    const grant = await server.grant('SAS', 'kim');
    expect(await server.answer(caller('kim'), `/recipients/${BO}`)).toBe('200');
    await server.record(
      `grant-${grant}`,
      'RoleRevoked',
      { reason: 'slut' },
      { effectiveOn: '2026-11-25', subject: STAFF.kim },
    );
    expect(await server.answer(caller('kim'), `/recipients/${BO}`)).toBe('404 UNKNOWN_RECIPIENT');
  });

  it('is had by a sign-in that is linked to a staff member, until it is not', async () => {
    const linked = caller('nobody');
    const data = { issuer: linked.issuer, subject: linked.subject };
    await server.record(`staff-${STAFF.sam}`, 'IdentityLinked', data, { effectiveOn: '2026-11-25' });
    expect(await server.answer(linked, `/recipients/${TOLVAN}`)).toBe('200');
    await server.record(
      `staff-${STAFF.sam}`,
      'IdentityUnlinked',
      { reason: 'nytt kort' },
      { effectiveOn: '2026-11-25' },
    );
    expect(await server.answer(linked, `/recipients/${TOLVAN}`)).toBe('403 NOT_ALLOWED');
  });

  it('is narrower where the controller has withdrawn a row', async () => {
    expect(await server.answer(caller('sas'), `/recipients/${BO}/timeline`)).toBe('200');
    await server.record(
      `policy-${TOWN}`,
      'AccessPolicyAdopted',
      { values: { withdrawn: ['sas.persons', 'sas.commissioned-persons'] } },
      { subject: undefined },
    );
    expect(await server.answer(caller('sas'), `/recipients/${BO}/timeline`)).toBe('403 NOT_ALLOWED');
    expect(await server.answer(caller('sas'), `/reports/supervision?controller=${TOWN}`)).toBe('200');
  });

  it('opens a protected person to who is named', async () => {
    expect(await server.answer(caller('kim'), `/recipients/${HIDDEN}`)).toBe('404 UNKNOWN_RECIPIENT');
    await server.record(`recipient-${HIDDEN}`, 'AccessNarrowed', { staff: [STAFF.kim], reason: 'hotbild' });
    expect(await server.answer(caller('kim'), `/recipients/${HIDDEN}`)).toBe('200');
    await server.record(`recipient-${HIDDEN}`, 'AccessWidened', { reason: 'slut' });
    expect(await server.answer(caller('kim'), `/recipients/${HIDDEN}`)).toBe('404 UNKNOWN_RECIPIENT');
  });
});

describe('a list', () => {
  let server: AccessServer;
  beforeAll(async () => {
    server = await AccessServer.start();
  });
  afterAll(() => server.close());

  const find = async (name: Parameters<typeof caller>[0], by: object, more: Parameters<typeof caller>[1] = {}) => {
    const { body } = await server.call(caller(name, more), 'POST', '/recipients/search', { body: by });
    const found = body['recipients'] as { recipient: string; name?: string }[];
    return found.map((one) => [one.recipient, one.name]);
  };

  it('finds those alone whom the caller may see, by number and by name', async () => {
    const named = { name: 'Person' };
    expect(await find('mia', named)).toEqual([[TOLVAN, 'Person 001']]);
    expect(await find('kim', named)).toEqual([[TOLVAN, 'Person 001']]);
    expect(await find('sam', named)).toEqual([[BO, 'Person 002']]);
    expect((await find('sas', named)).map(([id]) => id)).toEqual([TOLVAN, BO]);
    expect((await find('sas', named, { purpose: 'FOLLOW_UP' })).map(([id]) => id)).toEqual([TOLVAN, BO, HELPED]);
    expect(await find('mia', { identity: 'R-002' })).toEqual([]);
    expect(await find('mia', { identity: 'R-001' })).toEqual([[TOLVAN, 'Person 001']]);
  });

  it('shows of protected data by their number that they are there, and nothing to those elsewhere', async () => {
    expect(await find('mia', { identity: 'R-003' })).toEqual([[HIDDEN, 'Skyddade uppgifter']]);
    expect(await find('sam', { identity: 'R-003' })).toEqual([]);
  });

  it('finds by number alone for who answers the persons themselves', async () => {
    const purpose = 'RECIPIENT_REQUEST';
    expect(await find('desk', { name: 'Person' }, { purpose })).toEqual([]);
    expect(await find('desk', { identity: 'R-002' }, { purpose })).toEqual([[BO, 'Person 002']]);
  });

  it('of a unit names nobody whose data are protected', async () => {
    const rows = async (path: string, member: string) =>
      ((await server.get(caller('mia'), `/units/${NORTH}${path}`)).body[member] as Record<string, unknown>[]).map(
        (row) => [row['recipient'], row['recipientName'] ?? row['name']],
      );
    expect(await rows('/recipients', 'recipients')).toEqual([
      [TOLVAN, 'Person 001'],
      [HIDDEN, 'Skyddade uppgifter'],
    ]);
    expect(await rows('/current', 'rows')).toEqual([
      [TOLVAN, 'Person 001'],
      [HIDDEN, 'Skyddade uppgifter'],
    ]);
    await server.record(`recipient-${HIDDEN}`, 'RecipientProtectionChanged', { protection: 'PROTECTED_REGISTRATION' });
    expect((await rows('/recipients', 'recipients')).map(([id]) => id)).toEqual([TOLVAN]);
    expect((await server.get(caller('mia'), `/units/${NORTH}/due?to=2027-11-22`)).text).not.toContain(HIDDEN);
    await server.record(`recipient-${HIDDEN}`, 'AccessNarrowed', { staff: [STAFF.mia], reason: 'vårdar henne' });
    expect(await rows('/recipients', 'recipients')).toEqual([
      [TOLVAN, 'Person 001'],
      [HIDDEN, 'Person 003'],
    ]);
  });

  it('of units, controllers and figures holds what the caller reaches', async () => {
    const report = async (name: Parameters<typeof caller>[0]) =>
      ((await server.get(caller(name), `/reports/supervision?controller=${TOWN}`)).body['rows'] as { unit: string }[])
        .map(({ unit }) => unit)
        .sort();
    expect(await report('mia')).toEqual([NORTH]);
    expect(await report('sas')).toEqual([NORTH, SOUTH, HIRED]);
    expect(await report('system')).toEqual([NORTH, SOUTH]);
    expect(await server.answer(caller('mia'), `/reports/supervision?controller=${TOWN}&unit=${SOUTH}`)).toBe(
      '404 UNKNOWN_UNIT',
    );
    expect(await server.answer(caller('kim'), `/reports/supervision?controller=${TOWN}`)).toBe('403 NOT_ALLOWED');
    const { body } = await server.get(caller('mia'), '/controllers');
    expect((body['controllers'] as { id: string }[]).map(({ id }) => id)).toEqual([TOWN]);
  });
});
