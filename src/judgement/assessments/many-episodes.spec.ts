import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { groundwork, IDS, ImportBench, line, uuid } from '../../import/testing/history.spec-helper.js';
import { MemoryEventStore } from '../../kernel/event-store/memory/memory-event-store.js';
import { memoryKeyStore } from '../../kernel/privacy/memory-key-store.js';
import { FixedClock } from '../../kernel/time/clock.js';
import { dayOf } from '../../kernel/time/day.js';
import { MemoryViewStore } from '../../kernel/view-store/memory/memory-view-store.js';
import type { ViewStore, ViewVersion, WriteBatch } from '../../kernel/view-store/view-store.js';
import { assembleRegister, type Register } from '../../app/register.js';

/** More than one write may mark, so that spreading goes on from where it stopped. */
const EPISODES = 5_100;
/** Of what one write may hold: marks of one page of what rests on something, or the rows of one portion of episodes. */
const MOST_MARKS = 5_001;
const MOST_EPISODES = 200;

const DAY = dayOf('2024-02-08');

/** Views that tell how much each write holds. */
class Measured {
  readonly writes: Readonly<Record<string, number>>[] = [];

  readonly views: ViewStore = wrapped<ViewStore>(new MemoryViewStore(), (store) => ({
    open: async (...asked) => {
      const version = await store.open(...asked);
      if (asked[0] !== 'assessments') return version;
      this.known.set(
        version,
        this.known.get(version) ??
          wrapped<ViewVersion>(version, () => ({ write: (batch) => this.measure(version, batch) })),
      );
      return this.known.get(version) ?? version;
    },
  }));
  private readonly known = new Map<ViewVersion, ViewVersion>();

  private measure(version: ViewVersion, batch: WriteBatch): Promise<void> {
    const rows: Record<string, number> = {};
    for (const put of batch.puts ?? []) rows[put.collection] = (rows[put.collection] ?? 0) + put.rows.length;
    this.writes.push(rows);
    return version.write(batch);
  }
}

function wrapped<T extends object>(inner: T, methods: (inner: T) => Partial<T>): T {
  const own = methods(inner);
  return new Proxy(inner, {
    get: (target, name) => {
      const value: unknown = Reflect.get(own, name) ?? Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

describe('one policy over many episodes', () => {
  let bench: ImportBench;
  let register: Register;
  const measured = new Measured();

  beforeAll(async () => {
    bench = await ImportBench.open();
    const keys = await memoryKeyStore();
    register = await assembleRegister(
      { store: new MemoryEventStore(), keys, views: measured.views },
      { clock: new FixedClock('2024-06-15T10:00:00.000Z') },
    );
    const started = Array.from({ length: EPISODES - 1 }, (_, n) =>
      line(
        'CareEpisodeStarted',
        `careEpisode-${uuid(1_000 + n)}`,
        {
          recipient: IDS.recipient,
          unit: IDS.unit,
          careForm: 'HOME_CARE',
          legalGround: 'SOL_NEEDS_ASSESSED',
          services: [],
        },
        { effectiveOn: '2024-02-01' },
      ),
    );
    await bench.importInto(register, [...groundwork(), ...started]);
    await register.runner.drain();
    measured.writes.length = 0;
    await bench.importInto(register, [
      line(
        'PolicyAdopted',
        `policy-${IDS.controller}`,
        { controller: IDS.controller, version: 2, values: { offerTargetDays: 3 } },
        { effectiveOn: '2022-01-01' },
      ),
    ]);
  });
  afterAll(async () => {
    await register.close();
    await bench.close();
  });

  /** What is answered of the unit at this moment, and whether it is marked. */
  async function answered(): Promise<{ readonly waiting: boolean; readonly inBreach: number }> {
    const { assessments, basis } = await register.assessments.ofUnit(IDS.unit, DAY);
    expect(assessments).toHaveLength(EPISODES);
    const figures = await register.figures.on([IDS.unit], DAY, await register.figures.known());
    expect(figures.counts.reduce((sum, { count }) => sum + count, 0)).toBe(EPISODES);
    const marked = figures.basis.late || figures.basis.waiting;
    // Figures are told by a part of the log that is judged whole: they may say longer that there is more.
    expect(marked || !(basis.late || basis.waiting)).toBe(true);
    return {
      waiting: basis.late || basis.waiting,
      inBreach: assessments.filter(({ segments }) =>
        segments.some(
          ({ rule, status, from, to }) =>
            rule === 'OFFER' && status === 'BREACH' && from <= DAY && (to === undefined || DAY < to),
        ),
      ).length,
    };
  }

  it('is answered of all the while, marked waiting until every one is judged, and never written but in bounded pieces', async () => {
    expect(await answered()).toEqual({ waiting: true, inBreach: 0 });
    const seen: { readonly waiting: boolean; readonly inBreach: number }[] = [];
    await register.projection.takeOver();
    for (let steps = 1; await register.projection.step(); steps += 1)
      if (steps < 6 || steps % 10 === 0) seen.push(await answered());
    expect(
      seen.filter(({ waiting, inBreach }) => waiting && inBreach > 0 && inBreach < EPISODES).length,
    ).toBeGreaterThan(0);
    // Never unmarked with an old judgement among them.
    expect(seen.filter(({ waiting, inBreach }) => !waiting && inBreach !== EPISODES)).toEqual([]);
    expect(await answered()).toEqual({ waiting: false, inBreach: EPISODES });
    const most = (collection: string): number => Math.max(...measured.writes.map((rows) => rows[collection] ?? 0));
    expect(most('waiting')).toBe(MOST_MARKS);
    expect(most('episodes')).toBe(MOST_EPISODES);
    expect(measured.writes.length).toBeGreaterThan(EPISODES / MOST_EPISODES);
  });
});
