import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { OnServers, SILENCE_MS, until } from './on-servers.js';
import { killLeft } from './served.js';

jest.setTimeout(1_800_000);

const UNIT = '/api/v1/units/a0000000-0000-4000-8000-000000000001/current?on=2025-06-30';

let on: OnServers;
afterEach(async () => {
  await killLeft();
  await on.end();
});

describe.each(['replica set', 'standalone'] as const)('a server of the views, %s,', (kind) => {
  it('that dies in the middle of a page goes on where it was when it is back, and nothing is doubled', async () => {
    on = await OnServers.start(kind);
    const served = await on.serve();
    for (const nth of [1, 2, 3, 5]) {
      // The page's nth command is not answered any more, nor is anything after it.
      let left = nth;
      let died: () => void = () => undefined;
      const death = new Promise<void>((resolve) => (died = resolve));
      on.views.fate = (name) => {
        if (!/^(insert|update|delete|commitTransaction|bulkWrite)$/.test(name) || (left -= 1) > 0) return 'served';
        on.toViews.down();
        died();
        return nth % 2 === 0 ? 'served' : 'lost';
      };
      const opening = on.persist(served.url, `page-${nth}`);
      await death;
      expect((await fetch(`${served.url}${UNIT}`)).status).toBe(503);
      on.views.fate = () => 'served';
      on.toViews.up();
      await opening;
    }
    const { status } = await fetch(`${served.url}${UNIT}`);
    expect(status).toBe(200);
    await on.allOnce(served);
  });

  it('whose disk is full answers that: commands that need it are refused with 503, and it follows again when there is room', async () => {
    on = await OnServers.start(kind);
    const served = await on.serve();
    on.views.full = true;
    const opening = [1, 2, 3].map((number) => on.persist(served.url, `full-${number}`));
    await until(async () => (await metric(served.url, 'fok_view_errors_total')) > 0);
    expect((await fetch(`${served.url}${UNIT}`)).status).toBe(200);
    on.views.full = false;
    await Promise.all(opening);
    await on.allOnce(served);
  });

  it('that is silent is given up with 503, and answers again when it speaks', async () => {
    on = await OnServers.start(kind);
    const served = await on.serve();
    const over = on.toViews.silent();
    const asked = performance.now();
    const answer = await fetch(`${served.url}${UNIT}`);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(performance.now() - asked).toBeLessThan(4 * SILENCE_MS);
    over();
    await until(async () => (await fetch(`${served.url}${UNIT}`)).status === 200);
    await on.allOnce(served);
  });
});

async function metric(url: string, name: string): Promise<number> {
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(await (await fetch(`${url}/metrics`)).text())?.[1]);
}
