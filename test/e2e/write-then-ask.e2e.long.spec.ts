import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { basisOf } from './asking.js';
import { embedded } from '../support/stores.js';
import { mustBe, type Scene, setTheScene, TestServer } from './commands.harness.js';

/** The doubles of servers are one process each: what is asked of them takes long, and is as right. */
const inFiles = embedded.log && embedded.views;
const PAIRS = Number(process.env['PAIRS'] ?? (inFiles ? 1_000 : 100));
const CLIENTS = 16;
/** How long an answer is waited for: longer than usual, since the machine of a test may have other things to do. */
const SECONDS = Number(process.env['WAIT_SECONDS'] ?? 30);
const on = { effectiveOn: '2026-11-20' };

describe(`${PAIRS} pairs of a step and a question, from ${CLIENTS} clients`, () => {
  let server: TestServer;
  let scene: Scene;
  beforeAll(async () => {
    server = await TestServer.start();
    scene = await setTheScene(server);
  });
  afterAll(() => server.close());

  it(
    'each answer holds what was just acknowledged, and none is late with the log and views in files',
    async () => {
      let left = PAIRS;
      const [without, late, waits]: [string[], string[], number[]] = [[], [], []];
      const asked = async (path: string, holds: string): Promise<void> => {
        const began = performance.now();
        const answer = mustBe(200, await server.get(path, { Prefer: `wait=${SECONDS}` }));
        waits.push(performance.now() - began);
        const marked = basisOf(answer).late === true;
        if (marked) late.push(path);
        else if (!JSON.stringify(answer.body).includes(holds)) without.push(path);
      };
      const client = async (): Promise<void> => {
        while (left > 0) {
          const n = (left -= 2);
          const identity = { type: 'RESERVE', value: `R${n}` };
          const person = { controller: scene.controller, identity, name: 'Eva Ek', protection: 'NONE', ...on };
          const recipient = mustBe(201, await server.post('/recipients', person)).body.id;
          await asked(`/recipients/${recipient}/timeline`, 'RecipientRegistered');
          const care = { unit: scene.unit, careForm: 'HOME_CARE', legalGround: 'SOL_NEEDS_ASSESSED', services: [] };
          const started = mustBe(201, await server.post('/care-episodes', { recipient, ...care, ...on }));
          const question = [
            `/recipients/${recipient}/compliance`,
            `/units/${scene.unit}/current?limit=1000`,
            `/reports/supervision/episodes?figure=population&controller=${scene.controller}&on=2026-11-22&limit=1000`,
          ][n % 3]!;
          await asked(question, started.body.id);
        }
      };
      await Promise.all(Array.from({ length: CLIENTS }, client));
      const sorted = waits.toSorted((a, b) => a - b);
      const at = (share: number): number => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
      const told = `${sorted.length} answers, ${late.length} late, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`;
      process.stderr.write(`write then ask: ${told}\n`);
      expect(without).toEqual([]);
      if (SECONDS >= 30 && inFiles) expect(late).toEqual([]);
    },
    240_000 + PAIRS * 600,
  );
});
