import { describe, expect, it } from '@jest/globals';
import { difference } from '../../src/answers/difference.js';
import { readSavedReport, reproduce } from '../../src/answers/reports/reproduce.js';
import { instantOf, microsOf } from '../../src/kernel/time/instant.js';
import { embedded } from '../support/stores.js';
import { mustBe, type Scene, setTheScene, TestServer } from './commands.harness.js';
import { type Asked, askedAgain, basisOf, QUESTIONS, told } from './asking.js';

/** So many answers are given beside the writers, and asked for again; fewer of doubles of servers, one process each. */
const ANSWERS = Number(process.env['RACE_ANSWERS'] ?? (embedded.log && embedded.views ? 120 : 30));
const READERS = 4;
const on = { effectiveOn: '2026-11-20' };
const random = (below: number): number => Math.floor(Math.random() * below);

interface Given {
  readonly path: string;
  readonly told: unknown;
  readonly knownAt: string;
  readonly body: unknown;
}

/** One register after the other: a person who comes, is offered a contact, says yes or no, is given one. */
async function write(server: TestServer, scene: Scene, known: Asked[], over: () => boolean): Promise<void> {
  while (!over()) {
    const identity = { type: 'RESERVE', value: `R${known.length}-${random(1_000_000_000)}` };
    const registered = await server.post('/recipients', {
      controller: scene.controller,
      identity,
      name: 'Eva Ek',
      protection: 'NONE',
      ...on,
    });
    const recipient = mustBe(201, registered).body.id;
    const started = await server.post('/care-episodes', {
      recipient,
      unit: scene.unit,
      careForm: 'HOME_CARE',
      legalGround: 'SOL_NEEDS_ASSESSED',
      services: ['MEALS'],
      ...on,
    });
    const episode = mustBe(201, started).body.id;
    known.push({ ...scene, recipient, episode, position: registered.body.position });
    const offered = await server.record(`/care-episodes/${episode}`, '/offers', { by: scene.anna, ...on });
    if (random(2) === 0) continue;
    await server.record(`/care-episodes/${episode}`, `/offers/${offered.body.id}/accept`, {
      answeredBy: 'RECIPIENT',
      ...on,
    });
    if (random(2) === 0) await server.post(`/staff/${scene.bo}/trainings`, { course: 'Etik', ...on }, { ifMatch: '*' });
  }
}

async function ask(server: TestServer, known: readonly Asked[], given: Given[], over: () => boolean): Promise<void> {
  const questions = Object.values(QUESTIONS);
  while (!over()) {
    const about = known[random(known.length)]!;
    const path = questions[random(questions.length)]!(about);
    const answer = mustBe(200, await server.get(path));
    const { knownAt, waiting } = basisOf(answer);
    if (!waiting) given.push({ path, told: told(answer), knownAt, body: answer.body });
  }
}

/** The clock goes on by fits and starts: much is recorded in one of its milliseconds. */
async function tick(server: TestServer, over: () => boolean): Promise<void> {
  while (!over()) {
    await new Promise((resolve) => setTimeout(resolve, 1 + random(20)));
    server.clock.set(instantOf(microsOf(server.clock.now()) + random(4) * 1000).slice(0, 23) + 'Z');
  }
}

describe.each([4, 32])('answers given beside %i writers', (writers) => {
  it(
    'are the same when they are asked for again as known at their own instant; each report is made again alike',
    async () => {
      const server = await TestServer.start();
      try {
        const scene = await setTheScene(server);
        const known: Asked[] = [{ ...scene, position: String(await server.register.head()) }];
        const given: Given[] = [];
        const over = (): boolean => given.length >= ANSWERS;
        await Promise.all([
          ...Array.from({ length: writers }, () => write(server, scene, known, over)),
          ...Array.from({ length: READERS }, () => ask(server, known, given, over)),
          tick(server, over),
        ]);
        const different: unknown[] = [];
        for (const { path, told: before, knownAt, body } of given) {
          const again = await askedAgain(server, path, knownAt);
          if (JSON.stringify(told(again)) !== JSON.stringify(before))
            different.push({ path, knownAt, changed: difference(before, told(again)) });
          if (!path.startsWith('/reports/supervision?')) continue;
          const { identical, causes } = await reproduce(server.register, readSavedReport(JSON.stringify(body)));
          if (!identical) different.push({ path, causes });
        }
        expect(different.slice(0, 3)).toEqual([]);
        expect(different).toHaveLength(0);
      } finally {
        await server.close();
      }
    },
    300_000 + ANSWERS * 1_000,
  );
});
