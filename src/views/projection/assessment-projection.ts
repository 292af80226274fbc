import type { EventStore } from '../../kernel/event-store/event-store.js';
import type { EventLog } from '../../kernel/event-sourcing/event-log.js';
import { CheckpointedWriter, type Reached } from '../../kernel/projections/checkpointed-writer.js';
import type { Row, ViewStore, WriteBatch } from '../../kernel/view-store/view-store.js';
import type { Clock } from '../../kernel/time/clock.js';
import { assessmentCollections } from './assessment-rows.js';
import type { EpisodeJudge } from './episode-judge.js';
import type { IndexProjection } from './index-projection.js';
import { ALL, touchedBy, type Waiting, type WaitingKind } from './touched.js';

export const ASSESSMENTS = 'assessments';
/** Raised when rows, figures or rules change; the view is then built anew beside the old one. */
export const ASSESSMENTS_VERSION = '1';

const PAGE = 1_000;
const EPISODES_A_WRITE = 200;
const LINKS_A_WRITE = 5_000;
/** When more than this share of the log is new, judging every episode once is cheaper than following each entry. */
const REBUILD_SHARE = 0.25;

type Rows = Pick<WriteBatch, 'puts' | 'deletes'>;

/**
 * Judges episodes and keeps the rows that answers are read from. Following the log only marks what has to be judged again; judging
 * derives an episode's rows from the log alone. Marks, rows and checkpoint move in one atomic write.
 */
export class AssessmentProjection {
  private constructor(
    private readonly writer: CheckpointedWriter,
    private readonly store: EventStore,
    private readonly log: EventLog,
    private readonly index: IndexProjection,
    private readonly judge: EpisodeJudge,
    private readonly clock: Clock,
  ) {}

  static async open(views: ViewStore, store: EventStore, log: EventLog, index: IndexProjection, judge: EpisodeJudge, clock: Clock): Promise<AssessmentProjection> {
    const version = await views.open(ASSESSMENTS, ASSESSMENTS_VERSION, assessmentCollections);
    if ((await views.active(ASSESSMENTS)) !== ASSESSMENTS_VERSION) await views.activate(ASSESSMENTS, ASSESSMENTS_VERSION);
    return new AssessmentProjection(await CheckpointedWriter.open(version), store, log, index, judge, clock);
  }

  get version(): CheckpointedWriter['version'] {
    return this.writer.version;
  }

  get reached(): Reached {
    return this.writer.reached;
  }

  get runs(): boolean {
    return this.writer.runs;
  }

  refresh(): Promise<Reached> {
    return this.writer.refresh();
  }

  async takeOver(): Promise<void> {
    await this.writer.takeOver();
    this.judge.moveTo(this.reached.position, undefined);
  }

  /** Something still waits to be judged: the first of it, or undefined. */
  async waiting(): Promise<Waiting | undefined> {
    const [row] = await this.version.find('waiting', { orderBy: ['kind', 'id'], limit: 1 });
    return row && waitingOf(row);
  }

  /**
   * Does one bounded piece of work and writes it. The index must run in this process or be ahead.
   * @returns false when there was nothing to do
   * @throws CheckpointMoved when another runner took over
   */
  async step(): Promise<boolean> {
    if (await this.markPage()) return true;
    return (await this.spread('controller')) || (await this.spread('unit')) || (await this.spread('recipient')) || (await this.spread('staff')) || (await this.judgeWaiting()) || this.judgeAll();
  }

  /** Has every episode judged again, as of the end of the log. */
  async restart(): Promise<void> {
    const [last] = await this.store.readLog({ direction: 'backwards', limit: 1 });
    if (!last) return;
    await this.followIndex(last.position);
    await this.writer.write(
      { position: last.position, recordedAt: last.recordedAt, facts: await this.store.count(last.position) },
      { deletes: [{ collection: 'waiting', where: { kind: 'episode' } }], puts: [{ collection: 'waiting', rows: [{ ...ALL }] }] },
    );
    this.judge.moveTo(last.position, undefined);
  }

  private async markPage(): Promise<boolean> {
    const { position, facts } = this.reached;
    const head = await this.store.head();
    if (head <= position) return false;
    const total = this.store.gapless ? Number(head) : await this.store.count();
    if (total - facts > Math.max(PAGE, total * REBUILD_SHARE)) {
      await this.restart();
      return true;
    }
    const page = await this.log.readLog(position, PAGE);
    const last = page.at(-1);
    if (!last) return false;
    await this.followIndex(last.position);
    const rows = touchedBy(page).map((waiting) => ({ ...waiting }));
    await this.writer.write({ position: last.position, recordedAt: last.recordedAt, facts: facts + page.length }, { puts: [{ collection: 'waiting', rows }] });
    this.judge.moveTo(last.position, new Set(page.map((event) => event.stream)));
    return true;
  }

  // What rests on what must be known at least as far as the entries that are marked.
  private async followIndex(position: bigint): Promise<void> {
    if ((await this.index.refresh()).position < position) await this.index.catchUp();
  }

  /** Turns one mark on something that many rest on into marks on what rests on it, a bounded number at a time. */
  private async spread(kind: Exclude<WaitingKind, 'all' | 'episode'>): Promise<boolean> {
    const [row] = await this.version.find('waiting', { where: { kind }, orderBy: ['kind', 'id'], limit: 1 });
    if (!row) return false;
    const { id, after } = waitingOf(row);
    const page = { ...(after === '' ? {} : { after }), limit: LINKS_A_WRITE };
    const next: WaitingKind = kind === 'controller' ? 'unit' : 'episode';
    const found = kind === 'recipient' ? await this.episodesOfPerson(id) : await this.index.linked(({ controller: 'CONTROLLER_UNIT', unit: 'UNIT_EPISODE', staff: 'STAFF_EPISODE' } as const)[kind], id, page);
    const marks: Row[] = found.map((found) => ({ kind: next, id: found, after: '' }));
    const done = kind === 'recipient' || found.length < LINKS_A_WRITE;
    const cursor = { kind, id, after: found.at(-1) ?? after };
    await this.writer.write(this.reached, done ? { deletes: [{ collection: 'waiting', where: { kind, id } }], puts: [{ collection: 'waiting', rows: marks }] } : { puts: [{ collection: 'waiting', rows: [...marks, cursor] }] });
    return true;
  }

  private async episodesOfPerson(recipient: string): Promise<string[]> {
    return this.index.episodesOf(await this.index.mergedWith(recipient));
  }

  private async judgeWaiting(): Promise<boolean> {
    const rows = await this.version.find('waiting', { where: { kind: 'episode' }, orderBy: ['kind', 'id'], limit: EPISODES_A_WRITE });
    if (rows.length === 0) return false;
    const episodes = rows.map((row) => String(row['id']));
    const judged = await this.rowsOf(episodes);
    await this.writer.write(this.reached, { ...judged, deletes: [...(judged.deletes ?? []), { collection: 'waiting', where: { kind: 'episode', id: { in: episodes } } }] });
    return true;
  }

  private async judgeAll(): Promise<boolean> {
    const row = await this.version.get('waiting', [ALL.kind, ALL.id]);
    if (!row) return false;
    const { after } = waitingOf(row);
    const episodes = await this.index.streams('careEpisode', { ...(after === '' ? {} : { after }), limit: EPISODES_A_WRITE });
    const judged = await this.rowsOf(episodes);
    const cursor =
      episodes.length < EPISODES_A_WRITE ? { deletes: [{ collection: 'waiting', where: { kind: ALL.kind, id: ALL.id } }] } : { puts: [{ collection: 'waiting', rows: [{ ...ALL, after: episodes.at(-1) }] }] };
    await this.writer.write(this.reached, { puts: [...(judged.puts ?? []), ...(cursor.puts ?? [])], deletes: [...(judged.deletes ?? []), ...(cursor.deletes ?? [])] });
    return true;
  }

  private async rowsOf(episodes: readonly string[]): Promise<Rows> {
    if (episodes.length === 0) return {};
    const rows: Row[] = [];
    const stretches: Row[] = [];
    const parked: Row[] = [];
    for (const judged of await this.judge.judge(episodes)) {
      if ('error' in judged) parked.push({ episode: judged.episode, error: judged.error, since: this.clock.now() });
      else {
        if (judged.rows.episode) rows.push(judged.rows.episode);
        stretches.push(...judged.rows.stretches);
      }
    }
    const of = { episode: { in: episodes } };
    return {
      deletes: ['episodes', 'stretches', 'parked'].map((collection) => ({ collection, where: of })),
      puts: [
        { collection: 'episodes', rows },
        { collection: 'stretches', rows: stretches },
        { collection: 'parked', rows: parked },
      ],
    };
  }
}

function waitingOf(row: Row): Waiting {
  return { kind: String(row['kind']) as WaitingKind, id: String(row['id']), after: String(row['after']) };
}
