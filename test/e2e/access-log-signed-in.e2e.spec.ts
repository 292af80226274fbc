import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AccessRecord } from '../../src/access-log/access-record.js';
import { MemoryAccessLog } from '../../src/access-log/store/memory-access-log.js';
import { all } from '../access-log/samples.js';
import { AccessServer, BO, caller, NORTH, STAFF, TOLVAN } from './access.harness.js';

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
});
