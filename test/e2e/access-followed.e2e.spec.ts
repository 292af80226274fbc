import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStoreUnavailable } from '../../src/kernel/event-store/event-store.js';
import { configAt } from '../support/stores.js';
import { AccessServer, caller, STAFF, TOLVAN } from './access.harness.js';

describe('two servers of one register', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fok-access-'));
  let one: AccessServer;
  let other: AccessServer;
  let away = false;
  beforeAll(async () => {
    const config = configAt(folder);
    one = await AccessServer.start(undefined, undefined, { config });
    other = await AccessServer.start(undefined, undefined, {
      config,
      peopled: true,
      wrap: (register) => ({
        ...register,
        head: () => (away ? Promise.reject(new EventStoreUnavailable('the store is away')) : register.head()),
      }),
    });
  });
  afterAll(async () => {
    await other.close();
    await one.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (server: AccessServer) => server.answer(caller('kim'), `/recipients/${TOLVAN}`);
  /** How long it takes until a server answers so, in milliseconds. */
  async function untilIt(server: AccessServer, answers: string): Promise<number> {
    const began = performance.now();
    while ((await ask(server)) !== answers) if (performance.now() - began > 10_000) return Infinity;
    return performance.now() - began;
  }

  it('let nobody in by a role that has ended: at once where that was recorded, within a second elsewhere', async () => {
    expect([await ask(one), await ask(other)]).toEqual(['200', '200']);
    await one.record(`staff-${STAFF.kim}`, 'EmploymentEnded', {}, { effectiveOn: '2026-11-22' });
    expect(await ask(one)).toBe('403 NOT_ALLOWED');
    expect(await untilIt(other, '403 NOT_ALLOWED')).toBeLessThan(1_000);
    await one.record(`staff-${STAFF.kim}`, 'EmploymentStarted', { form: 'PERMANENT' }, { effectiveOn: '2026-11-22' });
    expect(await ask(one)).toBe('200');
    expect(await untilIt(other, '200')).toBeLessThan(1_000);
  });

  it('answer 503 while they cannot follow the log, rather than by what was', async () => {
    expect(await ask(other)).toBe('200');
    away = true;
    expect(await untilIt(other, '503 STORE_UNAVAILABLE')).toBeLessThan(1_000);
    away = false;
    expect(await untilIt(other, '200')).toBeLessThan(1_000);
  });
});
