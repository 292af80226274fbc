import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { configAt } from '../support/stores.js';
import { type Answer, type Scene, setTheScene, TestServer } from './commands.harness.js';

describe('many who write to one stream at once, whatever stands there', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fok-many-'));
  let servers: TestServer[];
  let scene: Scene;
  let episode: string;

  beforeAll(async () => {
    const config = configAt(folder);
    servers = [await TestServer.start({ config }), await TestServer.start({ config })];
    scene = await setTheScene(the(0));
    episode = `/care-episodes/${scene.episode}`;
  });
  afterAll(async () => {
    for (const server of servers) await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const the = (at: number): TestServer => servers[at % servers.length] as TestServer;
  const written = async (): Promise<number> =>
    (await the(0).register.log.readStream(`careEpisode-${scene.episode}`)).length;
  const book = (server: TestServer): Promise<Answer> =>
    server.post(`${episode}/plan-meetings`, { on: '2026-11-24' }, { ifMatch: '*' });

  it.each([
    ['through one server', 150, () => the(0)],
    ['through two', 60, (at: number) => the(at)],
  ])('are all recorded, %s', async (_, count, through) => {
    const before = await written();
    const answers = await Promise.all(Array.from({ length: count }, (__, at) => book(through(at))));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.code}`))).toEqual(new Set(['201 undefined']));
    expect(new Set(answers.map(({ body }) => body.revision)).size).toBe(count);
    expect(await written()).toBe(before + count);
  });
});
