import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import { mustBe, type Scene, setTheScene, TestServer } from './commands.harness.js';

/** The day on which everything is said to be. */
export const on = { effectiveOn: '2026-11-20' };

/** A server, and for each test an episode of its own on it. */
export class AtEpisode {
  server!: TestServer;
  scene!: Scene;

  /** The episode's resource. */
  get episode(): string {
    return `/care-episodes/${this.scene.episode}`;
  }

  /** Records an offer, and gives its id. */
  async offer(): Promise<string> {
    return (await this.server.record(this.episode, '/offers', { by: this.scene.anna, ...on })).body.id;
  }

  async statusOf(rule: string, token: string): Promise<string | undefined> {
    const { body } = mustBe(
      200,
      await this.server.get(`/recipients/${this.scene.recipient}/compliance`, { 'Consistency-Token': token }),
    );
    const [found] = body['episodes'] as { rules: { rule: string; status: string }[] }[];
    return found?.rules.find((each) => each.rule === rule)?.status;
  }
}

/** For the file that calls it. Whatever its tests send, the server's own log holds nothing personal at the end. */
export function atEpisode(): AtEpisode {
  const at = new AtEpisode();
  beforeAll(async () => {
    at.server = await TestServer.start();
  });
  beforeEach(async () => {
    at.scene = await setTheScene(at.server);
  });
  afterAll(async () => {
    const said = at.server.log.join('');
    await at.server.close();
    expect(said).not.toMatch(/Tolvan|1212|Karin|Anna Lind/);
  });
  return at;
}

/** The rules that a command was answered with warnings of. */
export const warned = (answer: { body: { warnings: readonly { rule: string }[] } }): string[] =>
  answer.body.warnings.map(({ rule }) => rule);
