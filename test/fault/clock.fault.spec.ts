import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoreConfig } from '../../src/stores/open-stores.js';
import { openRegister, type Register } from '../../src/app/register.js';
import { FixedClock } from '../../src/kernel/time/clock.js';
import { answerOf } from '../support/verb.js';

const MONDAY = '2026-01-05T10:00:00.000Z';
const SUNDAY = '2026-01-04T10:00:00.000Z';
const TUESDAY = '2026-01-06T10:00:00.000Z';

describe('a clock that jumps back a day', () => {
  let config: StoreConfig;
  beforeAll(() => {
    config = { dataDir: mkdtempSync(join(tmpdir(), 'fok-clock-')), eventStore: 'sqlite', viewStore: 'sqlite' };
  });
  afterAll(() => rmSync(config.dataDir, { recursive: true, force: true }));

  it('never makes recordedAt run backwards, nor after a restart, nor for another process; what was known on Monday stays known on Monday', async () => {
    const clock = new FixedClock(MONDAY);
    const first = await openRegister(config, { clock });
    await controller(first, 1);
    clock.set(SUNDAY);
    await controller(first, 2);
    const beside = await openRegister(config, { clock: new FixedClock(SUNDAY) });
    await controller(beside, 3);
    clock.set(TUESDAY);
    await controller(first, 4);
    // This process has not seen that the log stands at Tuesday by now.
    await controller(beside, 5);
    await beside.close();
    await first.close();

    const again = await openRegister(config, { clock: new FixedClock(SUNDAY) });
    await controller(again, 6);
    expect((await again.store.readLog({ limit: 10 })).map(({ recordedAt }) => recordedAt)).toEqual([
      MONDAY,
      MONDAY,
      MONDAY,
      TUESDAY,
      TUESDAY,
      TUESDAY,
    ]);
    await again.runner.drain();
    expect((await again.knowledge.at(MONDAY)).facts).toBe(3);
    expect((await again.knowledge.at(SUNDAY)).facts).toBe(0);
    await again.close();
    expect(await answerOf(['--data', config.dataDir, 'check', '--all'])).toMatchObject({
      ok: true,
      log: { checked: 6 },
    });
  });

  async function controller(register: Register, number: number): Promise<void> {
    const id = `c0000000-0000-4000-8000-00000000000${number}`;
    const stream = `controller-${id}`;
    const data = { name: `Municipality ${number}`, kind: 'MUNICIPAL', orgNumber: '212000-2395' };
    await register.log.append(stream, 'NO_STREAM', [
      {
        id: `e0000000-0000-4000-8000-00000000000${number}`,
        type: 'ControllerRegistered',
        stream,
        effectiveOn: '2026-01-01',
        actor: { id: 'test', role: 'ADMINISTRATOR' },
        controller: id,
        subject: id,
        data,
      },
    ]);
  }
});
