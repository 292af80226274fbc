import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { groundwork, IDS, ImportBench, line, uuid } from '../../import/testing/history.spec-helper.js';
import type { EventStore, StoredRecord } from '../../kernel/event-store/event-store.js';
import { MemoryEventStore } from '../../kernel/event-store/memory/memory-event-store.js';
import type { KeyStore } from '../../kernel/privacy/key-store.js';
import { memoryKeyStore } from '../../kernel/privacy/memory-key-store.js';
import { FixedClock } from '../../kernel/time/clock.js';
import { dayOf } from '../../kernel/time/day.js';
import { MemoryViewStore } from '../../kernel/view-store/memory/memory-view-store.js';
import { assembleRegister, type Register } from '../../app/register.js';
import { GetCompliance, GetComplianceHandler } from '../../answers/compliance/get-compliance.js';
import { everyEpisode } from '../../answers/compliance/every-episode.js';
import { Names } from '../../answers/text/names.js';
import { GetReplay, GetReplayHandler } from '../../answers/timeline/get-replay.js';
import { GetTimeline, GetTimelineHandler } from '../../answers/timeline/get-timeline.js';
import { timelineText } from '../../answers/timeline/timeline-text.js';
import type { UpTo } from '../read-model.js';
import { LocalJudge } from './episode-judge.js';
import type { PoisonPolicy } from './parking.js';
import { RebuildParked, rebuildAssessments } from '../running/rebuild.js';
import { versionName } from '../../kernel/projections/versioned-view.js';
import { ASSESSMENTS } from './assessment-projection.js';

const DAMAGED = `staff-${IDS.staff}`;
const OTHER_EPISODE = uuid(50);

/** A store in which one stream can be damaged and mended again. */
class DamagedStore {
  damaged = true;
  /** What is damaged whether the title check is or not. */
  also: Pick<StoredRecord, 'stream' | 'type'> | undefined;
  readonly inner = new MemoryEventStore();
  readonly store: EventStore = new Proxy<EventStore>(this.inner, {
    get: (target, name, receiver) => {
      if (name === 'readStream')
        return async (...asked: Parameters<EventStore['readStream']>) => this.damage(await target.readStream(...asked));
      if (name === 'readLog')
        return async (...asked: Parameters<EventStore['readLog']>) => this.damage(await target.readLog(...asked));
      const value: unknown = Reflect.get(target, name, receiver);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });

  private damage(records: StoredRecord[]): StoredRecord[] {
    const isDamaged = ({ stream, type }: StoredRecord): boolean =>
      (this.damaged && stream === DAMAGED && type === 'TitleVerified') ||
      (stream === this.also?.stream && type === this.also.type);
    return records.map((record) => (isDamaged(record) ? { ...record, body: Buffer.from('{"v":1') } : record));
  }
}

/** Two episodes; the contact of the first one is an employee whose title check is damaged in the store. */
const history = [
  ...groundwork(),
  line(
    'CareEpisodeStarted',
    `careEpisode-${OTHER_EPISODE}`,
    {
      recipient: IDS.recipient,
      unit: IDS.unit,
      careForm: 'HOME_CARE',
      legalGround: 'SOL_NEEDS_ASSESSED',
      services: [],
    },
    { effectiveOn: '2024-02-01' },
  ),
  line('ContactAssigned', `careEpisode-${IDS.episode}`, {
    assignment: IDS.assignment,
    role: 'PRIMARY',
    staff: IDS.staff,
  }),
];
const titleCheck = line('TitleVerified', DAMAGED, {
  certificateDate: '2023-09-01',
  method: 'HOSP_DIRECT',
  checkedBy: 'HOSP',
});

async function metric(register: Register, name: string): Promise<number> {
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await register.metrics.text([], undefined))?.[1]);
}

describe('an episode that cannot be judged', () => {
  let bench: ImportBench;
  let damage: DamagedStore;
  let clock: FixedClock;
  let keys: KeyStore;
  let register: Register;

  async function open(poison: PoisonPolicy): Promise<Register> {
    return assembleRegister({ store: damage.store, keys, views: new MemoryViewStore() }, { clock, poison });
  }

  beforeEach(async () => {
    bench = await ImportBench.open();
    keys = await memoryKeyStore();
    damage = new DamagedStore();
    clock = new FixedClock('2024-06-15T10:00:00.000Z');
  });
  afterEach(() => bench.close());

  async function given(poison: PoisonPolicy): Promise<void> {
    register = await open(poison);
    await bench.importInto(register, [...history]);
    await register.runner.drain();
    await bench.importInto(register, [titleCheck]);
  }

  it('is parked with the place of the error, keeps its last rows, and holds up nobody else', async () => {
    await given('park');
    await register.runner.drain();
    expect(await register.projection.parked()).toMatchObject([
      { episode: IDS.episode, tries: 1, skipped: null, error: expect.stringContaining(`of ${DAMAGED} cannot be read`) },
    ]);
    const { assessments, basis } = await register.assessments.ofUnit(IDS.unit, dayOf('2024-04-01'));
    expect(assessments.map(({ episode }) => episode).sort()).toEqual([IDS.episode, OTHER_EPISODE].sort());
    expect(basis).toMatchObject({ parked: true, late: false });
    expect(
      (await register.figures.on([IDS.unit], dayOf('2024-04-01'), await register.figures.known())).basis.parked,
    ).toBe(true);
    expect((await register.assessments.ofEpisodes([IDS.episode], basis)).parked).toBe(true);
    const both = [OTHER_EPISODE, IDS.episode];
    expect(await register.assessments.ofMany(both, basis)).toEqual(await register.assessments.ofEpisodes(both, basis));
    expect((await register.assessments.ofMany(both, basis)).parked).toBe(true);
  });

  it('does not keep the others from being looked up, unless they wait or an earlier knowledge is asked for', async () => {
    await given('park');
    const read = jest.spyOn(register.log, 'readEntries');
    const readFor = async (known: UpTo): Promise<boolean> => {
      const { assessments } = await register.assessments.ofMany([OTHER_EPISODE], known);
      const looked = read.mock.calls.length > 0;
      expect(assessments).toEqual((await register.assessments.ofEpisodes([OTHER_EPISODE], known)).assessments);
      read.mockClear();
      return looked;
    };
    // What was imported last has not been taken in.
    expect(await readFor(await register.knowledge.at())).toBe(true);
    await register.runner.drain();
    read.mockClear();
    const known = await register.knowledge.at();
    expect(await readFor(known)).toBe(false);
    expect(await readFor({ position: known.position - 1n })).toBe(true);
  });

  it('leaves the person the answers of what can be read, each marked as incomplete', async () => {
    await given('park');
    damage.damaged = false;
    damage.also = { stream: `careEpisode-${IDS.episode}`, type: 'ContactAssigned' };
    const fresh = await open('park');
    await fresh.runner.drain();
    const timeline = await new GetTimelineHandler(fresh).execute(new GetTimeline(IDS.recipient, '2024-06-15'));
    expect(timeline.parked).toBe(true);
    expect([...new Set(timeline.entries.map(({ stream }) => stream))].sort()).toEqual([
      `careEpisode-${OTHER_EPISODE}`,
      `recipient-${IDS.recipient}`,
    ]);
    expect(timelineText(timeline, new Names())).toContain('OBS: en del kunde inte läsas eller bedömas');
    expect(await new GetComplianceHandler(fresh).execute(new GetCompliance(IDS.recipient, '2024-04-01'))).toMatchObject(
      { parked: true, episodes: [{ episode: OTHER_EPISODE }] },
    );
    expect(
      await new GetReplayHandler(fresh).execute(new GetReplay(IDS.recipient, await fresh.store.head())),
    ).toMatchObject({ parked: true, event: { type: 'CareEpisodeStarted' } });
    const judged: string[] = [];
    let whole = true;
    for await (const { episode } of everyEpisode(fresh, await fresh.knowledge.at(), () => (whole = false)))
      judged.push(episode);
    expect([judged, whole]).toEqual([[OTHER_EPISODE], false]);
  });

  it('is tried again after a pause, and is judged when it can be', async () => {
    await given('park');
    await register.runner.drain();
    damage.damaged = false;
    expect(await register.projection.step()).toBe(false);
    clock.set('2024-06-15T10:00:01.000Z');
    expect(await register.projection.step()).toBe(true);
    expect(await register.projection.parked()).toEqual([]);
  });

  it('can be skipped for a reason, which is kept and still shown', async () => {
    await given('park');
    await register.runner.drain();
    expect(await register.projection.skip(IDS.episode, 'beslut 2024-17')).toMatchObject({ skipped: 'beslut 2024-17' });
    expect(await register.projection.retry(IDS.episode)).toMatchObject({ tries: 2, skipped: 'beslut 2024-17' });
    expect(
      (await register.figures.on([IDS.unit], dayOf('2024-04-01'), await register.figures.known())).basis.parked,
    ).toBe(true);
    expect(await register.projection.skip(OTHER_EPISODE, 'x')).toBeUndefined();
  });

  it('stops the assessments where that is the policy', async () => {
    await given('stop');
    await expect(register.runner.drain()).rejects.toMatchObject({ code: 'PROJECTION_STOPPED', episode: IDS.episode });
  });

  it('stops whoever follows, who tells of it, tries again more and more seldom, and goes on when it is mended', async () => {
    await given('stop');
    await register.runner.begin();
    register.runner.start();
    while (register.runner.stoppedBy === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(register.runner.stoppedBy).toMatchObject({ episode: IDS.episode });
    expect((await register.assessments.ofUnit(IDS.unit, dayOf('2024-04-01'))).basis.waiting).toBe(true);
    await register.waitFor(await register.store.head(), 600);
    // At most at once, after 250 ms and after 500 ms more: who waits for an answer does not hurry it.
    expect(await metric(register, 'fok_view_errors_total')).toBeLessThanOrEqual(3);
    damage.damaged = false;
    expect(await register.waitFor(await register.store.head(), 10_000)).toBe(true);
    // The runner says that it goes on with its next look, which comes after the rows are there.
    while (register.runner.stoppedBy !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    await register.runner.stop();
    expect(await register.projection.parked()).toEqual([]);
  });

  it('is parked also when the entry that opened it is what is damaged, before a rebuild and in it', async () => {
    await given('park');
    damage.damaged = false;
    damage.also = { stream: `careEpisode-${OTHER_EPISODE}`, type: 'CareEpisodeStarted' };
    const fresh = await open('park');
    await fresh.runner.drain();
    expect(await fresh.projection.parked()).toMatchObject([{ episode: OTHER_EPISODE }]);
    await expect(
      rebuildAssessments(fresh.projection, fresh.index, new LocalJudge(fresh.log, fresh.index)),
    ).rejects.toThrow(RebuildParked);
  });

  it('keeps a rebuilt version from answering, until somebody has decided to go on without it', async () => {
    await given('park');
    await register.runner.drain();
    const rebuild = () =>
      rebuildAssessments(register.projection, register.index, new LocalJudge(register.log, register.index));
    await expect(rebuild()).rejects.toThrow(RebuildParked);
    expect(register.projection.view.version.version).toBe(versionName(ASSESSMENTS, 1));
    await register.projection.skip(IDS.episode, 'beslut 2024-17');
    expect(await rebuild()).toMatchObject({
      version: versionName(ASSESSMENTS, 2),
      before: versionName(ASSESSMENTS, 1),
    });
    await register.projection.followActive();
    expect(await register.projection.parked()).toMatchObject([{ episode: IDS.episode, skipped: 'beslut 2024-17' }]);
  });
});
