import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccessRecord } from '../../src/access-log/access-record.js';
import { MemoryAccessLog } from '../../src/access-log/store/memory-access-log.js';
import { all } from '../access-log/samples.js';
import { AccessServer, BO, caller, FAR, NORTH, STAFF, TOLVAN, TOWN } from './access.harness.js';

describe('the record of somebody who has signed in', () => {
  let server: AccessServer;
  const log = new MemoryAccessLog();
  beforeAll(async () => {
    server = await AccessServer.start(undefined, log);
  });
  afterAll(() => server.close());

  async function recordOf(call: () => Promise<unknown>): Promise<AccessRecord[]> {
    const before = await log.count();
    await call();
    return (await all(log.read())).slice(before).map(({ record }) => record);
  }

  it('says as whom she acts, by which rule, how surely she signed in and for what', async () => {
    const [record, ...more] = await recordOf(() =>
      server.get(caller('mia', { purpose: 'FOLLOW_UP' }), `/recipients/${TOLVAN}/timeline`),
    );
    expect(more).toEqual([]);
    expect(record).toMatchObject({
      who: { kind: 'STAFF', id: STAFF.mia, role: 'UNIT_MANAGER', unit: NORTH, level: 3, session: 'session-mia' },
      act: 'READ',
      persons: [TOLVAN],
      purpose: 'FOLLOW_UP',
    });
    expect(record!.allowedBy).toBe('manager.persons');
  });

  it('is of what was refused too: who tried, whom, and what she was told', async () => {
    expect(await recordOf(() => server.get(caller('mia'), `/recipients/${BO}`))).toMatchObject([
      { who: { kind: 'STAFF', id: STAFF.mia }, persons: [BO], shown: [], refused: 'UNKNOWN_RECIPIENT' },
    ]);
    expect(await recordOf(() => server.get(caller('admin'), `/recipients/${TOLVAN}/timeline`))).toMatchObject([
      { who: { kind: 'STAFF', id: STAFF.admin }, act: 'DENIED', persons: [TOLVAN], shown: [], refused: 'NOT_ALLOWED' },
    ]);
  });

  it('is none of whoever has not signed in: they are counted', async () => {
    expect(await recordOf(() => server.get(undefined, `/recipients/${TOLVAN}`))).toEqual([]);
    expect(await server.register.metrics.text(undefined, undefined)).toMatch(
      /fok_access_refusals_total\{status="401"\} 1/,
    );
  });

  it('names nobody whom the register does not know', async () => {
    const [record] = await recordOf(() => server.get(caller('nobody'), `/recipients/${TOLVAN}`));
    expect(record).toMatchObject({ who: { kind: 'UNKNOWN' }, act: 'DENIED' });
    expect(record!.who.id).toMatch(/^[0-9a-f]{32}$/);
    expect(JSON.stringify(record)).not.toContain('sub-nobody');
  });

  it('comes later and later to who is refused again and again', async () => {
    const started = performance.now();
    for (let n = 0; n < 13; n++) await server.get(caller('sam'), `/recipients/${TOLVAN}`);
    expect(performance.now() - started).toBeGreaterThan(600);
  });

  describe('told to whom it is about', () => {
    const desk = caller('desk', { purpose: 'RECIPIENT_REQUEST' });
    const told = async (person: string): Promise<Readonly<Record<string, string>>[]> =>
      (await server.get(desk, `/recipients/${person}/access-log`)).body['items'] as Readonly<Record<string, string>>[];
    const about = async (...persons: string[]): Promise<AccessRecord[]> =>
      (await all(log.read()))
        .map(({ record }) => record)
        .filter((one) => one.persons.some((id) => persons.includes(id)));

    it('is every record that names her, in plain words, and the asking itself the next time', async () => {
      const before = await about(TOLVAN);
      const items = await told(TOLVAN);
      expect(items.map(({ at }) => at)).toEqual(before.map(({ at }) => at));
      expect(items).toContainEqual(
        expect.objectContaining({
          role: 'enhetschef',
          name: expect.any(String) as unknown,
          what: 'läste: namn, läget i insatserna, anteckningar, personnummer',
          purpose: 'uppföljning av insatserna',
        }),
      );
      expect(items).toContainEqual(expect.objectContaining({ what: 'försökte läsa och nekades' }));
      expect(await told(TOLVAN)).toHaveLength(before.length + 1);
    });

    it('names no employee whose data are protected, and nobody where the controller says so', async () => {
      await server.record(`staff-${STAFF.mia}`, 'StaffProtectionChanged', { protection: 'CONFIDENTIALITY_MARKED' });
      const role = (items: Readonly<Record<string, string>>[]) => items.filter((one) => one['role'] === 'enhetschef');
      for (const item of role(await told(TOLVAN))) expect(item).not.toHaveProperty('name');
      expect((await told(TOLVAN)).some((item) => item['name'] !== undefined)).toBe(true);
      await server.record(`policy-${TOWN}`, 'AccessPolicyAdopted', { values: { logExtractNames: false } });
      for (const item of await told(TOLVAN)) expect(item).not.toHaveProperty('name');
    });

    it('can be taken as a file', async () => {
      const { text, headers } = await server.call(desk, 'GET', `/recipients/${TOLVAN}/access-log`, {
        headers: { accept: 'text/csv' },
      });
      expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(text.split('\r\n')[0]).toBe('tidpunkt;enhet;roll;namn;vad som gjordes;ändamål');
    });

    it('is of all registrations of one person', async () => {
      await server.get(caller('sas'), `/recipients/${BO}`);
      await server.record(`recipient-${BO}`, 'RecipientMerged', { into: TOLVAN });
      await server.settled();
      const both = await about(TOLVAN, BO);
      expect(both.length).toBeGreaterThan((await about(TOLVAN)).length);
      expect((await told(TOLVAN)).map(({ at }) => at)).toEqual(both.map(({ at }) => at));
    });

    it('is for who may, and for reviewers of the persons in their reach', async () => {
      expect(await server.answer(caller('mia'), `/recipients/${TOLVAN}/access-log`)).toBe('403 NOT_ALLOWED');
      const { body } = await server.get(caller('sas'), '/access-log');
      const items = body['items'] as AccessRecord[];
      expect(items.length).toBeGreaterThan(0);
      const inReach = new Set(items.flatMap(({ persons }) => persons));
      expect(inReach.has(FAR)).toBe(false);
      const own = (await server.get(caller('sas'), `/access-log?staff=${STAFF.mia}`)).body['items'] as AccessRecord[];
      expect(new Set(own.map(({ who }) => who.id))).toEqual(new Set([STAFF.mia]));
      expect(await server.answer(caller('eva'), '/access-log')).toBe('403 NOT_ALLOWED');
    });
  });
});
