import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessServer, BO, caller, HIDDEN, NORTH, SOUTH, STAFF, TOLVAN } from './access.harness.js';

type Item = Readonly<Record<string, string>>;

describe('who could read about a person', () => {
  let server: AccessServer;
  beforeAll(async () => {
    server = await AccessServer.start();
  });
  afterAll(() => server.close());

  const who = async (recipient: string, on: string, knownAt?: string): Promise<string[]> => {
    const asked = `recipient=${recipient}&on=${on}${knownAt === undefined ? '' : `&knownAt=${knownAt}`}`;
    const { status, body } = await server.get(caller('sas'), `/access/who-could-read?${asked}`);
    expect(status).toBe(200);
    const names = new Map(Object.entries(STAFF).map(([name, id]) => [id as string, name]));
    return (body['items'] as Item[]).map(({ staff, subject, role }) => `${names.get(staff ?? '') ?? subject} ${role}`);
  };
  const always = ['sas SAS', 'officer CASE_OFFICER', 'desk RECIPIENT_DESK'];

  it('tells the roles of the day, of staff and of others', async () => {
    expect((await who(TOLVAN, '2026-11-20')).sort()).toEqual(
      [...always, 'mia UNIT_MANAGER', 'eva CARE_STAFF', 'kim CARE_STAFF', 'kim CONTACT', 'sub-ivo AUDITOR'].sort(),
    );
    expect((await who(BO, '2026-11-20')).sort()).toEqual([...always, 'sam UNIT_MANAGER', 'deputy UNIT_DEPUTY'].sort());
  });

  it('tells of an auditor for as long as the inspection lasted', async () => {
    expect(await who(TOLVAN, '2026-10-31')).not.toContain('sub-ivo AUDITOR');
    expect(await who(TOLVAN, '2026-11-30')).toContain('sub-ivo AUDITOR');
    expect(await who(TOLVAN, '2026-12-01')).not.toContain('sub-ivo AUDITOR');
  });

  it('follows a manager who moves, and a correction of the day that came late, by what was known when', async () => {
    const moved = await server.record(
      `unit-${NORTH}`,
      'UnitManagerAppointed',
      { staff: STAFF.sam },
      { effectiveOn: '2026-11-10' },
    );
    await server.record(`unit-${SOUTH}`, 'UnitManagerAppointed', { staff: STAFF.mia }, { effectiveOn: '2026-11-10' });
    server.clock.set('2026-11-22T09:00:00.000Z');
    const managers = async (on: string, knownAt?: string) =>
      (await who(TOLVAN, on, knownAt)).filter((one) => one.endsWith('UNIT_MANAGER'));
    expect(await managers('2026-11-09')).toEqual(['mia UNIT_MANAGER']);
    expect(await managers('2026-11-10')).toEqual(['sam UNIT_MANAGER']);
    server.clock.set('2026-11-23T09:00:00.000Z');
    await server.record(
      `unit-${NORTH}`,
      'EntryCorrected',
      { corrects: moved, reason: 'fel dag', effectiveOn: '2026-11-12' },
      { effectiveOn: '2026-11-23' },
    );
    expect(await managers('2026-11-10')).toEqual(['mia UNIT_MANAGER']);
    expect(await managers('2026-11-12')).toEqual(['sam UNIT_MANAGER']);
    expect(await managers('2026-11-10', '2026-11-22T12:00:00Z')).toEqual(['sam UNIT_MANAGER']);
  });

  it('names of a protected person those alone who were named, and who broke the glass that day', async () => {
    expect(await who(HIDDEN, '2026-11-20')).toEqual([]);
    await server.record(
      `recipient-${HIDDEN}`,
      'AccessNarrowed',
      { staff: [STAFF.eva], reason: 'hotbild' },
      { effectiveOn: '2026-11-15' },
    );
    await server.record(
      `recipient-${HIDDEN}`,
      'GlassBroken',
      { reasonCode: 'EMERGENCY', reason: 'föll', until: '2026-11-18T14:00:00.000Z' },
      { effectiveOn: '2026-11-18', actor: { id: STAFF.kim, role: 'CARE_STAFF' } },
    );
    expect(await who(HIDDEN, '2026-11-17')).toEqual(['eva CARE_STAFF']);
    // The glass lifts that she is nobody's contact, too.
    expect(await who(HIDDEN, '2026-11-18')).toEqual(['eva CARE_STAFF', 'kim CARE_STAFF', 'kim CONTACT']);
    expect(await who(HIDDEN, '2026-11-19')).toEqual(['eva CARE_STAFF']);
  });

  it('is told to who manages her unit, and the table to everybody who has signed in', async () => {
    const ask = (name: Parameters<typeof caller>[0]) =>
      server.answer(caller(name), `/access/who-could-read?recipient=${BO}`);
    expect(await ask('mia')).toBe('200');
    expect(await ask('eva')).toBe('403 NOT_ALLOWED');
    expect(await ask('stranger')).toBe('403 NOT_ALLOWED');
    expect(await server.answer(caller('deputy'), `/access/who-could-read?recipient=${TOLVAN}`)).toBe(
      '404 UNKNOWN_RECIPIENT',
    );
    expect((await server.get(caller('eva'), '/access/policy')).body['version']).toBe(1);
  });
});
