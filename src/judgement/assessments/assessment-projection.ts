import type { EventStore } from '../../kernel/event-store/event-store.js';
import { CheckpointedWriter, type Reached } from '../../kernel/projections/checkpointed-writer.js';
import { VersionedView, type ViewDefinition } from '../../kernel/projections/versioned-view.js';
import type { ViewOrigin } from '../../kernel/projections/view-origin.js';
import type { Row, ViewStore, ViewVersion, WriteBatch } from '../../kernel/view-store/view-store.js';
import type { Clock } from '../../kernel/time/clock.js';
import { assessmentCollections } from './assessment-rows.js';
import type { EpisodeJudge, JudgedEpisode } from './episode-judge.js';
import type { IndexProjection } from '../index/index-projection.js';
import { codeOf } from '../view-versions.js';
import { JudgedAhead } from './judged-ahead.js';
import { NEVER, parkedAgain, type ParkedEpisode, parkedOf, type PoisonPolicy, ProjectionStopped } from './parking.js';
import { ALL, touchedBy, type Waiting, type WaitingKind } from './touched.js';

export const ASSESSMENTS: ViewDefinition = {
  name: 'assessments',
  code: codeOf('assessments'),
  collections: assessmentCollections,
};

const PAGE = 1_000;
const EPISODES_A_WRITE = 200;
const LINKS_A_WRITE = 5_000;
/** When more than this share of the log is new, judging every episode once is cheaper than following each entry. */
const REBUILD_SHARE = 0.25;

/** What assessments are made from. */
export interface AssessmentSource {
  readonly store: EventStore;
  readonly log: ViewOrigin;
  readonly index: IndexProjection;
  readonly judge: EpisodeJudge;
  readonly clock: Clock;
  readonly poison: PoisonPolicy;
}

type Rows = Pick<WriteBatch, 'puts' | 'deletes'>;

/**
 * Judges episodes and keeps the rows that answers are read from. Following the log only marks what has to be judged
 * again; judging derives an episode's rows from the log alone. Marks, rows and checkpoint move in one atomic write.
 */
export class AssessmentProjection {
  private readonly ahead: JudgedAhead;
  /**
   * Where much is to be taken in, it is marked first, so that each episode is judged once. Otherwise what is marked is
   * judged before more is: however much is recorded all the time, what was recorded by now is told soon.
   */
  private marksFirst = true;
  private judgesAll = true;
  /** How far the rows tell everything, as this process last saw. */
  private settled: Reached | undefined;

  private constructor(
    readonly view: VersionedView,
    private writer: CheckpointedWriter,
    private readonly from: AssessmentSource,
  ) {
    this.ahead = new JudgedAhead(from.index, from.judge, EPISODES_A_WRITE);
  }

  /** @throws ViewsOfAnotherRegister, ViewStoreError */
  static async open(views: ViewStore, from: AssessmentSource): Promise<AssessmentProjection> {
    const view = await VersionedView.open(views, ASSESSMENTS);
    return new AssessmentProjection(view, await CheckpointedWriter.open(view.version, from.log), from);
  }

  /** @throws ViewsDoNotFit when it was made from another log than this */
  assertFits(): Promise<void> {
    return this.writer.assertFits();
  }

  /**
   * Reads and writes another version from now on when a rebuild made one the one that answers.
   * @returns true when it did
   */
  async followActive(): Promise<boolean> {
    const active = await this.view.refresh();
    if (active === this.writer.version) return false;
    this.writer = await CheckpointedWriter.open(active, this.from.log);
    this.settled = undefined;
    return true;
  }

  /** The same projection over another version of its rows, to be built. */
  async over(version: ViewVersion): Promise<AssessmentProjection> {
    return new AssessmentProjection(this.view, await CheckpointedWriter.open(version, this.from.log), this.from);
  }

  /** The same projection over the version that a rebuild has begun and not finished; undefined when there is none. */
  async building(): Promise<AssessmentProjection | undefined> {
    const version = await this.view.begun();
    return version && this.over(version);
  }

  get version(): CheckpointedWriter['version'] {
    return this.writer.version;
  }

  get reached(): Reached {
    return this.writer.reached;
  }

  /** False for a version that nobody has written yet. */
  get begun(): boolean {
    return this.writer.begun;
  }

  refresh(): Promise<Reached> {
    return this.writer.refresh();
  }

  async takeOver(): Promise<void> {
    await this.writer.takeOver();
    this.moveTo(this.reached.position, undefined);
  }

  get ours(): boolean {
    return this.writer.runs;
  }

  becomeRunner(): Promise<void> {
    return this.takeOver();
  }

  private moveTo(position: bigint, grown: ReadonlySet<string> | undefined): void {
    this.ahead.forget();
    this.from.judge.moveTo(position, grown);
  }

  /** Something still waits to be judged: the first of it, or undefined. */
  async waiting(): Promise<Waiting | undefined> {
    const [row] = await this.version.find('waiting', { orderBy: ['kind', 'id'], limit: 1 });
    return row && waitingOf(row);
  }

  async unfinished(): Promise<string | undefined> {
    const waiting = await this.waiting();
    return waiting && `${waiting.kind} ${waiting.id} ${waiting.after}`;
  }

  /**
   * Does one bounded piece of work and writes it.
   * @returns false when there was nothing to do
   * @throws CheckpointMoved when another runner took over
   */
  async step(): Promise<boolean> {
    // What rests on what must be known as far as the entries that are marked, in whichever version of the index answers
    // now.
    await this.from.index.reach(this.reached.position);
    if (this.marksFirst && (await this.markPage())) return true;
    const judged =
      (await this.spread('controller')) ||
      (await this.spread('unit')) ||
      (await this.spread('recipient')) ||
      (await this.spread('staff')) ||
      (await this.judgeWaiting()) ||
      (await this.judgeAll());
    if (judged) return true;
    this.settled = this.reached;
    return (!this.marksFirst && (await this.markPage())) || (await this.endFilling()) || (await this.retryParked());
  }

  /** Whether this process knows that the rows tell everything up to a position, whatever waits behind it. */
  isSettled(position: bigint): boolean {
    return this.settled !== undefined && this.settled.position >= position;
  }

  /** Whether the rows tell everything up to a position. */
  async holds(position: bigint): Promise<boolean> {
    if (this.isSettled(position)) return true;
    await this.look();
    return this.isSettled(position);
  }

  private async look(): Promise<Reached> {
    const reached = await this.refresh();
    if (!this.isSettled(reached.position) && (await this.waiting()) === undefined) this.settled = reached;
    return reached;
  }

  /**
   * How far the rows tell everything. Where another process is at work on them it may not be known; then how far they
   * were taken, though something may still wait to be judged.
   */
  async told(): Promise<Reached> {
    if (this.ours && this.settled) return this.settled;
    return this.look();
  }

  /** Has every episode judged again, as of the end of the log. */
  async restart(): Promise<void> {
    const [last] = await this.from.store.readLog({ direction: 'backwards', limit: 1 });
    if (!last) return;
    await this.from.index.reach(last.position);
    await this.writer.write(
      { position: last.position, recordedAt: last.recordedAt, facts: await this.from.store.count(last.position) },
      {
        deletes: [{ collection: 'waiting', where: { kind: 'episode' } }],
        puts: [{ collection: 'waiting', rows: [{ ...ALL }] }],
      },
    );
    this.judgesAll = true;
    this.moveTo(last.position, undefined);
  }

  private async markPage(): Promise<boolean> {
    const { position, facts } = this.reached;
    const head = await this.from.store.head();
    if (head <= position) return false;
    const total = this.from.store.gapless ? Number(head) : await this.from.store.count();
    if (total - facts > Math.max(PAGE, total * REBUILD_SHARE)) {
      await this.restart();
      return true;
    }
    const { events, unreadable, last, count } = await this.from.log.readPage(position, PAGE);
    if (!last) return false;
    this.marksFirst = count === PAGE || this.judgesAll;
    const entries = [...events, ...unreadable];
    await this.from.index.reach(last.position);
    const rows = touchedBy(entries).map((waiting) => ({ ...waiting }));
    await this.writer.write(
      { position: last.position, recordedAt: last.recordedAt, facts: facts + count },
      { puts: [{ collection: 'waiting', rows }] },
    );
    this.moveTo(last.position, new Set(entries.map((event) => event.stream)));
    return true;
  }

  /** Turns one mark on something that many rest on into marks on what rests on it, a bounded number at a time. */
  private async spread(kind: Exclude<WaitingKind, 'all' | 'episode'>): Promise<boolean> {
    const [row] = await this.version.find('waiting', { where: { kind }, orderBy: ['kind', 'id'], limit: 1 });
    if (!row) return false;
    const { id, after } = waitingOf(row);
    const page = { ...(after === '' ? {} : { after }), limit: LINKS_A_WRITE };
    const next: WaitingKind = kind === 'controller' ? 'unit' : 'episode';
    const found =
      kind === 'recipient'
        ? await this.episodesOfPerson(id)
        : await this.from.index.linked(
            ({ controller: 'CONTROLLER_UNIT', unit: 'UNIT_EPISODE', staff: 'STAFF_EPISODE' } as const)[kind],
            id,
            page,
          );
    const marks: Row[] = found.map((found) => ({ kind: next, id: found, after: '' }));
    const done = kind === 'recipient' || found.length < LINKS_A_WRITE;
    const cursor = { kind, id, after: found.at(-1) ?? after };
    await this.writer.write(
      this.reached,
      done
        ? { deletes: [{ collection: 'waiting', where: { kind, id } }], puts: [{ collection: 'waiting', rows: marks }] }
        : { puts: [{ collection: 'waiting', rows: [...marks, cursor] }] },
    );
    return true;
  }

  private async episodesOfPerson(recipient: string): Promise<string[]> {
    return this.from.index.episodesOf(await this.from.index.mergedWith(recipient));
  }

  private async judgeWaiting(): Promise<boolean> {
    const rows = await this.version.find('waiting', {
      where: { kind: 'episode' },
      orderBy: ['kind', 'id'],
      limit: EPISODES_A_WRITE,
    });
    if (rows.length === 0) return false;
    const episodes = rows.map((row) => String(row['id']));
    const judged = await this.rowsOf(await this.from.judge.judge(episodes));
    await this.writer.write(this.reached, {
      ...judged,
      deletes: [...(judged.deletes ?? []), { collection: 'waiting', where: { kind: 'episode', id: { in: episodes } } }],
    });
    return true;
  }

  private async judgeAll(): Promise<boolean> {
    const row = await this.version.get('waiting', [ALL.kind, ALL.id]);
    this.judgesAll = row !== undefined;
    if (!row) return false;
    const { after } = waitingOf(row);
    const { episodes, judged: found } = await this.ahead.take(after);
    const judged = await this.rowsOf(found);
    const cursor =
      episodes.length < EPISODES_A_WRITE
        ? { deletes: [{ collection: 'waiting', where: { kind: ALL.kind, id: ALL.id } }] }
        : { puts: [{ collection: 'waiting', rows: [{ ...ALL, after: episodes.at(-1) }] }] };
    await this.writer.write(this.reached, {
      puts: [...(judged.puts ?? []), ...(cursor.puts ?? [])],
      deletes: [...(judged.deletes ?? []), ...(cursor.deletes ?? [])],
    });
    return true;
  }

  /** A version that was filled without its indexes gets them when every episode is in it. */
  private async endFilling(): Promise<boolean> {
    if (!(await this.version.filling())) return false;
    await this.version.endBulk();
    return true;
  }

  private async rowsOf(judged: readonly JudgedEpisode[]): Promise<Rows> {
    if (judged.length === 0) return {};
    const good: string[] = [];
    const rows: Row[] = [];
    const stretches: Row[] = [];
    const failed: { readonly episode: string; readonly error: string }[] = [];
    for (const one of judged) {
      if ('error' in one) {
        failed.push(one);
        continue;
      }
      good.push(one.episode);
      if (one.rows.episode) rows.push(one.rows.episode);
      stretches.push(...one.rows.stretches);
    }
    // What could not be judged keeps the rows it has: late, and marked so, is better than gone.
    return {
      deletes: ['episodes', 'stretches', 'parked'].map((collection) => ({
        collection,
        where: { episode: { in: good } },
      })),
      puts: [
        { collection: 'episodes', rows },
        { collection: 'stretches', rows: stretches },
        { collection: 'parked', rows: await this.park(failed) },
      ],
    };
  }

  private async park(failed: readonly { readonly episode: string; readonly error: string }[]): Promise<Row[]> {
    if (failed.length === 0) return [];
    const before = await this.version.getMany(
      'parked',
      failed.map(({ episode }) => [episode]),
    );
    return failed.map(({ episode, error }, at) => {
      const row = before[at];
      const known = row && parkedOf(row);
      if (this.from.poison === 'stop' && !known?.skipped) throw new ProjectionStopped(episode, error);
      return { ...parkedAgain(known, episode, error, this.from.clock.now()) };
    });
  }

  /** Tries again what was put aside and whose pause is over. */
  private async retryParked(): Promise<boolean> {
    const rows = await this.version.find('parked', {
      where: { retryAt: { lte: Date.parse(this.from.clock.now()) } },
      orderBy: ['retryAt'],
      limit: EPISODES_A_WRITE,
    });
    if (rows.length === 0) return false;
    await this.writer.write(
      this.reached,
      await this.rowsOf(await this.from.judge.judge(rows.map((row) => parkedOf(row).episode))),
    );
    return true;
  }

  async dueIn(): Promise<number | undefined> {
    const [row] = await this.version.find('parked', {
      where: { retryAt: { lt: NEVER } },
      orderBy: ['retryAt'],
      limit: 1,
    });
    return row && Math.max(0, parkedOf(row).retryAt - Date.parse(this.from.clock.now()));
  }

  /** The episodes that are put aside, in order of id. */
  async parked(): Promise<ParkedEpisode[]> {
    return (await this.version.find('parked', { orderBy: ['episode'] })).map(parkedOf);
  }

  /** Tries one again now. @returns what still is wrong with it; undefined when it was judged */
  async retry(episode: string): Promise<ParkedEpisode | undefined> {
    await this.writer.write(this.reached, await this.rowsOf(await this.from.judge.judge([episode])));
    const row = await this.version.get('parked', [episode]);
    return row && parkedOf(row);
  }

  /**
   * Goes on without it, for a reason that is kept; answers that show it stay marked.
   * @returns undefined when it is not parked
   */
  async skip(episode: string, reason: string): Promise<ParkedEpisode | undefined> {
    const row = await this.version.get('parked', [episode]);
    if (!row) return undefined;
    const skipped = { ...parkedOf(row), retryAt: NEVER, skipped: reason };
    await this.writer.write(this.reached, { puts: [{ collection: 'parked', rows: [skipped] }] });
    return skipped;
  }
}

function waitingOf(row: Row): Waiting {
  return { kind: String(row['kind']) as WaitingKind, id: String(row['id']), after: String(row['after']) };
}
