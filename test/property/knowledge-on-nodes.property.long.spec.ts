import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v4 } from 'uuid';
import { GetTimeline, GetTimelineHandler } from '../../src/answers/timeline/get-timeline.js';
import { GetCompliance, GetComplianceHandler } from '../../src/answers/compliance/get-compliance.js';
import { GetUnitCurrent, GetUnitCurrentHandler } from '../../src/answers/current-state/unit-queries.js';
import { GetState, GetStateHandler } from '../../src/answers/current-state/get-state.js';
import { GetUnitRecipients, GetUnitRecipientsHandler } from '../../src/answers/find/unit-people.js';
import { GetFigureEpisodes, GetFigureEpisodesHandler } from '../../src/answers/reports/get-figure-episodes.js';
import { GetReport, GetReportHandler } from '../../src/answers/reports/get-report.js';
import { readSavedReport, reproduce } from '../../src/answers/reports/reproduce.js';
import { assembleRegister, type Register } from '../../src/app/register.js';
import { copyLog } from '../../src/audit/migrate/copy-log.js';
import type { FactToRecord } from '../../src/kernel/event-sourcing/event-log.js';
import { EventStoreDbEventStore } from '../../src/kernel/event-store/eventstoredb/eventstoredb-event-store.js';
import { MemoryEventStore } from '../../src/kernel/event-store/memory/memory-event-store.js';
import { memoryKeyStore } from '../../src/kernel/privacy/memory-key-store.js';
import type { KeyStore } from '../../src/kernel/privacy/key-store.js';
import { FixedClock } from '../../src/kernel/time/clock.js';
import { MemoryViewStore } from '../../src/kernel/view-store/memory/memory-view-store.js';
import { EventStoreDbDouble } from '../doubles/eventstoredb/eventstoredb-double.js';

/**
 * The full size is NODE_STEPS=3000 and NODE_QUESTIONS=1000. The double's HTTP/2 ends a connection on which many calls
 * are cancelled, as servers do: from 150 steps on this finds reads that are not left to end by themselves.
 */
const STEPS = Number(process.env['NODE_STEPS'] ?? 150);
const QUESTIONS = Number(process.env['NODE_QUESTIONS'] ?? 100);
const START = Date.UTC(2026, 10, 22, 8);
const DAY = '2026-11-20';
const PAGE = { limit: 1_000 };
const random = (below: number): number => Math.floor(Math.random() * below);
const pick = <T>(from: readonly T[]): T => from[random(from.length)]!;

interface Answer {
  readonly knownAt: string;
  readonly told: string;
  readonly waiting: boolean;
}
type Ask = (register: Register, knownAt?: string) => Promise<object>;

/** What an answer tells, without what is said of the asking and of where the log lies. */
function read(answer: object): Answer {
  const basis = ('header' in answer ? answer.header : answer) as { knownAt: string; waiting?: true };
  const left = new Set(['requestedKnownAt', 'closed', 'late', 'waiting', 'generatedAt', 'position', 'register']);
  const told = JSON.stringify(answer, (name, value: unknown) => (left.has(name) ? undefined : value));
  return { knownAt: basis.knownAt, told, waiting: basis.waiting === true };
}

describe('three nodes on one server, whose clocks stand 5 s behind, right, and 5 s ahead, and jump', () => {
  const double = new EventStoreDbDouble();
  const controller = v4();
  const unit = v4();
  const staff = v4();
  const people: { recipient: string; episode: string }[] = [];
  const offsets = [-5_000, 0, 5_000];
  const clocks = offsets.map(() => new FixedClock(new Date(START).toISOString()));
  let now = START;
  let keys: KeyStore;
  let nodes: Register[];

  const node = (clock: FixedClock, views: MemoryViewStore): Promise<Register> => {
    const store = EventStoreDbEventStore.open({ connectionString: double.connectionString });
    return assembleRegister({ store, keys, views }, { clock, follow: true });
  };

  beforeAll(async () => {
    await double.start();
    keys = await memoryKeyStore();
    const views = new MemoryViewStore();
    nodes = [];
    for (const clock of clocks) nodes.push(await node(clock, views));
    const name = { controller, name: 'x' };
    await record(nodes[0]!, `controller-${controller}`, 'ControllerRegistered', {
      name: 'Ånge',
      kind: 'MUNICIPAL',
      orgNumber: '212000-2395',
    });
    await record(nodes[0]!, `unit-${unit}`, 'UnitOpened', { ...name, careForms: ['HOME_CARE'] });
    await record(nodes[0]!, `staff-${staff}`, 'StaffRegistered', { ...name, unit });
  }, 60_000);
  afterAll(async () => {
    for (const register of nodes) await register.close();
    await double.kill();
  });

  async function record(register: Register, stream: string, type: string, data: FactToRecord['data'], about?: string) {
    const subject = about ?? stream.slice(stream.indexOf('-') + 1);
    const opens = type.endsWith('Registered') || type === 'UnitOpened' || type === 'CareEpisodeStarted';
    const actor = { id: 'test', role: 'MANAGER' };
    const fact = { id: v4(), type, stream, effectiveOn: DAY, actor, controller, subject, data };
    await register.log.append(stream, opens ? 'NO_STREAM' : 'ANY', [fact]);
  }

  async function step(): Promise<void> {
    now += random(3);
    clocks.forEach((clock, at) => {
      if (random(200) === 0) offsets[at] = random(10_000) - 5_000;
      clock.set(new Date(now + offsets[at]!).toISOString());
    });
    const register = pick(nodes);
    const kind = random(5);
    if (people.length < 3 || kind === 0) {
      const person = { recipient: v4(), episode: v4() };
      const identity = { type: 'RESERVE', value: `R${people.length}` };
      await record(register, `recipient-${person.recipient}`, 'RecipientRegistered', {
        controller,
        identity,
        name: 'x',
        protection: 'NONE',
      });
      const care = { unit, careForm: 'HOME_CARE', legalGround: 'SOL_NEEDS_ASSESSED', services: ['MEALS'] };
      const started = { recipient: person.recipient, ...care };
      await record(pick(nodes), `careEpisode-${person.episode}`, 'CareEpisodeStarted', started, person.recipient);
      people.push(person);
      return;
    }
    const { recipient, episode } = pick(people);
    const offer = v4();
    const stream = `careEpisode-${episode}`;
    await record(register, stream, 'ContactOffered', { offer, by: staff }, recipient);
    if (kind === 1) await record(pick(nodes), stream, 'OfferAccepted', { offer, answeredBy: 'RECIPIENT' }, recipient);
    if (kind === 2) await record(pick(nodes), stream, 'OfferDeclined', { offer, answeredBy: 'RECIPIENT' }, recipient);
  }

  function question(): Ask {
    const { recipient, episode } = pick(people);
    return pick<Ask>([
      (register, at) => new GetTimelineHandler(register).execute(new GetTimeline(recipient, '2026-11-22', at)),
      (register, at) => new GetComplianceHandler(register).execute(new GetCompliance(recipient, '2026-11-21', at)),
      (register, at) => new GetStateHandler(register).execute(new GetState('careEpisode', episode, '2026-11-22', at)),
      (register, at) => new GetUnitCurrentHandler(register).execute(new GetUnitCurrent(unit, '2026-11-21', PAGE, at)),
      (register, at) =>
        new GetUnitRecipientsHandler(register).execute(new GetUnitRecipients(unit, '2026-11-21', PAGE, at)),
      (register, at) =>
        new GetFigureEpisodesHandler(register).execute(
          new GetFigureEpisodes('population', { controller }, '2026-11-21', PAGE, at),
        ),
      (register, at) => new GetReportHandler(register).execute(new GetReport({ controller }, '2026-11-21', at)),
    ]);
  }

  it(
    'answer the same when asked again, on every node, from views built anew, and from a copy of the log elsewhere',
    async () => {
      const given: { readonly ask: Ask; readonly answer: Answer; readonly whole: object }[] = [];
      let asked = 0;
      for (let steps = 0; steps < STEPS; steps++) {
        await step();
        if (random(STEPS) >= QUESTIONS) continue;
        asked += 1;
        const ask = question();
        const at = random(3) === 0 ? new Date(now - random(20_000)).toISOString() : undefined;
        const whole = await ask(pick(nodes), at).catch((error: unknown) => {
          // At an earlier time a stream may not have been there.
          if (at !== undefined && (error as { type?: { status?: number } }).type?.status === 404) return undefined;
          throw error;
        });
        if (!whole) continue;
        const answer = read(whole);
        if (!answer.waiting) given.push({ ask, answer, whole });
      }
      expect(given.length).toBeGreaterThan(asked / 3);

      const anew = await node(clocks[1]!, new MemoryViewStore());
      const copy = new MemoryEventStore();
      await copyLog(nodes[0]!.store, copy, () => undefined);
      const clock = new FixedClock(new Date(now + 5_000).toISOString());
      const elsewhere = await assembleRegister({ store: copy, keys, views: new MemoryViewStore() }, { clock });
      for (const register of [...nodes, anew, elsewhere]) await register.runner.drain();
      const different: unknown[] = [];
      for (const { ask, answer, whole } of given) {
        for (const [at, register] of [...nodes, anew, elsewhere].entries()) {
          const again = read(await ask(register, answer.knownAt));
          if (plain(again.told) !== plain(answer.told)) different.push({ at, before: answer.told, again: again.told });
        }
        if (!('header' in whole)) continue;
        const { identical, causes } = await reproduce(pick(nodes), readSavedReport(JSON.stringify(whole)));
        if (!identical) different.push(causes);
      }
      expect(different.slice(0, 2)).toEqual([]);
      expect(different).toHaveLength(0);
      for (const register of [anew, elsewhere]) await register.close();
    },
    120_000 + STEPS * 1_000,
  );
});

/** Positions belong to each store; they also stand in the entries of a timeline. */
function plain(told: string): string {
  return told.replaceAll(/"position":"\d+",?/g, '');
}
