import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { EventCatalogue } from '../../kernel/event-sourcing/event-catalogue.js';
import { categoryOf, type RecordedEvent, streamIdOf } from '../../kernel/event-sourcing/envelope.js';
import { type KnowledgeRun, knowledgeRuns, type StampRun } from '../../kernel/event-sourcing/knowledge.js';
import { CheckpointedWriter, type Reached } from '../../kernel/projections/checkpointed-writer.js';
import { VersionedView, type ViewDefinition } from '../../kernel/projections/versioned-view.js';
import type { ViewOrigin } from '../../kernel/projections/view-origin.js';
import {
  CheckpointMoved,
  type CollectionSpec,
  type Row,
  type ViewReader,
  type ViewStore,
  type ViewVersion,
} from '../../kernel/view-store/view-store.js';
import type { RegisterIndex, StreamContext } from '../read-model.js';
import { codeOf } from '../view-versions.js';
import { hsaLink, type IndexedEntry, type LinkKind } from './index-fold.js';
import { type FoldedEntries, type FoldedPages, foldEntries, LocalPages } from './index-page.js';
import { KnowledgeOrder, MOMENTS, momentOf } from './knowledge-order.js';

const PAGE = 2_000;
const RECIPIENTS_A_QUESTION = 500;

export const indexCollections: readonly CollectionSpec[] = [
  {
    name: 'streams',
    fields: { category: 'text', id: 'uuid', subject: 'uuid', controller: 'uuid' },
    key: ['category', 'id'],
  },
  { name: 'things', fields: { kind: 'text', id: 'uuid', stream: 'text', event: 'uuid' }, key: ['kind', 'id'] },
  { name: 'links', fields: { kind: 'text', from: 'uuid', to: 'uuid' }, key: ['kind', 'from', 'to'] },
  { name: 'shared', fields: { stream: 'text', revision: 'integer', event: 'json' }, key: ['stream', 'revision'] },
  MOMENTS,
];

export const INDEX: ViewDefinition = { name: 'index', code: codeOf('index'), collections: indexCollections };

/**
 * Which streams are open, which things have which names, and what rests on what. The import resolves references in it,
 * re-assessment finds by it what a fact touches. It holds no personal data.
 */
export class IndexProjection implements RegisterIndex {
  /** Which part of the log was known at which instant. */
  readonly knowledge = new KnowledgeOrder(() => this.reader);
  /** The last run of the order of knowledge, and the position up to which it goes. */
  private lastRun: { readonly position: bigint; readonly run: KnowledgeRun | undefined } | undefined;

  private constructor(
    readonly view: VersionedView,
    private writer: CheckpointedWriter,
    private readonly log: ViewOrigin,
    private readonly catalogue: EventCatalogue,
  ) {}

  /** @throws ViewsOfAnotherRegister, ViewStoreError */
  static async open(views: ViewStore, log: ViewOrigin, catalogue: EventCatalogue): Promise<IndexProjection> {
    const view = await VersionedView.open(views, INDEX);
    return new IndexProjection(view, await CheckpointedWriter.open(view.version, log), log, catalogue);
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
    this.writer = await CheckpointedWriter.open(active, this.log);
    return true;
  }

  /** The same index over another version of its rows, to be built. */
  async over(version: ViewVersion): Promise<IndexProjection> {
    return new IndexProjection(this.view, await CheckpointedWriter.open(version, this.log), this.log, this.catalogue);
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

  /** Whether this process writes the index, as far as it knows. */
  get runs(): boolean {
    return this.writer.runs;
  }

  takeOver(): Promise<void> {
    return this.writer.takeOver();
  }

  /** Whoever needs the index brings it on: nobody waits for the one who wrote it last. */
  readonly ours = true;

  becomeRunner(): Promise<void> {
    return this.reach();
  }

  /** Takes in what the log has more. @returns false when there was nothing */
  async step(): Promise<boolean> {
    const { position } = this.reached;
    await this.reach();
    return this.reached.position > position;
  }

  async holds(position: bigint): Promise<boolean> {
    return (await this.refresh()).position >= position;
  }

  async unfinished(): Promise<undefined> {
    // What is taken in is in the rows.
  }

  async dueIn(): Promise<undefined> {
    // The log alone moves it.
  }

  async parked(): Promise<readonly never[]> {
    return [];
  }

  private get reader(): ViewReader {
    return this.writer.version;
  }

  /**
   * Brings the index up to a log position (default: the log's end), by its own work or by that of another process that
   * is at it.
   */
  async reach(position?: bigint): Promise<void> {
    for (let pause = 20; ; pause = Math.min(pause * 2, 1_000)) {
      await this.followActive();
      const { position: reached } = await this.refresh();
      if (position !== undefined && reached >= position) return;
      try {
        return await this.catchUp();
      } catch (error) {
        if (!(error instanceof CheckpointMoved)) throw error;
        // Random, so that two who take over from each other do not keep doing so.
        await delay(pause * (0.5 + Math.random()));
      }
    }
  }

  /**
   * Reads the log up to its end, taking over first when there is something to write and somebody else ran it.
   * @param pages where pages are read and folded, default here
   * @throws CheckpointMoved
   */
  async catchUp(onPage?: () => void, pages: FoldedPages = new LocalPages(this.log, this.catalogue)): Promise<void> {
    for (;;) {
      const page = await pages.page(this.writer.reached.position, PAGE);
      if (page.count === 0) return;
      if (!this.writer.runs) {
        await this.takeOver();
        continue;
      }
      const { facts: before } = this.writer.reached;
      const { end } = page;
      if (end) await this.add(page, page.stamps, { ...end, facts: before + end.facts });
      onPage?.();
      // An embedded store answers at once: without a pause nobody else in this process would get a turn.
      await nextTurn();
    }
  }

  /**
   * Adds entries that directly follow what the index has reached.
   * @param shared those of them that belong to controllers, units and policies, as they were recorded
   * @param stamps when they were recorded
   * @param reached what is reached with the last of them
   * @throws CheckpointMoved
   */
  apply(
    entries: readonly IndexedEntry[],
    shared: readonly RecordedEvent[],
    stamps: readonly StampRun[],
    reached: Reached,
  ): Promise<void> {
    return this.add(foldEntries(entries, shared, [], this.catalogue), stamps, reached);
  }

  private async add(
    { streams, links, shared, things }: FoldedEntries,
    stamps: readonly StampRun[],
    reached: Reached,
  ): Promise<void> {
    const { position } = this.writer.reached;
    const before = this.lastRun?.position === position ? this.lastRun.run : await this.knowledge.last();
    const runs = knowledgeRuns(before, stamps);
    const puts = [
      { collection: 'streams', rows: streams },
      // A version that is filled takes what is new fastest, and links repeat: corrections and new appointments make
      // them again.
      {
        collection: 'links',
        rows: (await this.writer.version.filling())
          ? await this.unknown('links', ['kind', 'from', 'to'], links)
          : links,
      },
      { collection: 'shared', rows: shared },
      { collection: MOMENTS.name, rows: runs.map(momentOf) },
      // The first entry that gives a name keeps it: a later one that repeats it (a correction, a revision) is about the
      // same thing.
      {
        collection: 'things',
        rows: await this.unknown(
          'things',
          ['kind', 'id'],
          things.map((thing) => ({ ...thing })),
        ),
      },
    ].filter((put) => put.rows.length > 0);
    await this.writer.write(reached, { puts });
    this.lastRun = { position: reached.position, run: runs.at(-1) };
  }

  /** The first of the rows under each key that is not taken yet. */
  private async unknown(collection: string, key: readonly string[], rows: readonly Row[]): Promise<Row[]> {
    if (rows.length === 0) return [];
    const first = new Map<string, Row>();
    for (const row of rows) {
      const name = key.map((field) => row[field]).join(' ');
      if (!first.has(name)) first.set(name, row);
    }
    const unique = [...first.values()];
    const known = await this.reader.getMany(
      collection,
      unique.map((row) => key.map((field) => row[field] as string)),
    );
    return unique.filter((_, at) => !known[at]);
  }

  readonly shared = {
    read: async (stream: string, upTo?: bigint): Promise<RecordedEvent[]> => {
      const rows = await this.reader.find('shared', { where: { stream }, orderBy: ['stream', 'revision'] });
      const events = rows.map((row) => recorded(row['event'] as StoredShared));
      return upTo === undefined ? events : events.filter(({ position }) => position <= upTo);
    },
  };

  async mergedWith(recipient: string): Promise<string[]> {
    const found = new Set([recipient]);
    for (const next of found) for (const linked of await this.linked('MERGED', next)) found.add(linked);
    return [...found].sort();
  }

  async mergedAmong(recipients: readonly string[]): Promise<Set<string>> {
    const merged = new Set<string>();
    for (let at = 0; at < recipients.length; at += RECIPIENTS_A_QUESTION) {
      const rows = await this.reader.find('links', {
        where: { kind: 'MERGED', from: { in: recipients.slice(at, at + RECIPIENTS_A_QUESTION) } },
      });
      for (const row of rows) merged.add(String(row['from']));
    }
    return merged;
  }

  async episodesOf(recipients: readonly string[]): Promise<string[]> {
    const episodes = new Set<string>();
    for (const recipient of recipients)
      for (const episode of await this.linked('RECIPIENT_EPISODE', recipient)) episodes.add(episode);
    return [...episodes].sort();
  }

  episodesOfUnit(unit: string): Promise<string[]> {
    return this.linked('UNIT_EPISODE', unit);
  }

  staffOfUnit(unit: string): Promise<string[]> {
    return this.linked('UNIT_STAFF', unit);
  }

  unitsOf(controller: string): Promise<string[]> {
    return this.linked('CONTROLLER_UNIT', controller);
  }

  unitsManagedBy(staff: string): Promise<string[]> {
    return this.linked('MANAGER_UNIT', staff);
  }

  episodesOfStaff(staff: string): Promise<string[]> {
    return this.linked('STAFF_EPISODE', staff);
  }

  grantsOf(staff: string): Promise<string[]> {
    return this.linked('STAFF_GRANT', staff);
  }

  grantsAt(controller: string): Promise<string[]> {
    return this.linked('CONTROLLER_GRANT', controller);
  }

  inspectionsAt(controller: string): Promise<string[]> {
    return this.linked('CONTROLLER_INSPECTION', controller);
  }

  staffWithHsaId(hsaId: string): Promise<string[]> {
    return this.linked('HSA_STAFF', hsaLink(hsaId));
  }

  /** One page of what is linked, in order of id. */
  async linked(
    kind: LinkKind,
    from: string,
    page: { readonly after?: string; readonly limit?: number } = {},
  ): Promise<string[]> {
    const rows = await this.reader.find('links', {
      where: { kind, from, ...(page.after === undefined ? {} : { to: { gt: page.after } }) },
      orderBy: ['kind', 'from', 'to'],
      ...(page.limit === undefined ? {} : { limit: page.limit }),
    });
    return rows.map((row) => String(row['to']));
  }

  async streams(category: string, page: { readonly after?: string; readonly limit: number }): Promise<string[]> {
    const where = { category, ...(page.after === undefined ? {} : { id: { gt: page.after } }) };
    const rows = await this.reader.find('streams', { where, orderBy: ['category', 'id'], limit: page.limit });
    return rows.map((row) => String(row['id']));
  }

  /** How many streams of a category there are. */
  async countStreams(category: string): Promise<number> {
    const [row] = await this.reader.countBy('streams', ['category'], { category });
    return Number(row?.['count'] ?? 0);
  }

  async contextOf(stream: string): Promise<StreamContext | undefined> {
    return (await this.contextsOf([stream])).get(stream);
  }

  async contextsOf(streams: readonly string[]): Promise<Map<string, StreamContext>> {
    const rows = await this.reader.getMany(
      'streams',
      streams.map((stream) => [categoryOf(stream), streamIdOf(stream)]),
    );
    const contexts = new Map<string, StreamContext>();
    streams.forEach((stream, at) => {
      const row = rows[at];
      if (row && row['subject'] !== null)
        contexts.set(stream, { subject: String(row['subject']), controller: String(row['controller']) });
    });
    return contexts;
  }

  async definedIn(kind: string, id: string): Promise<string | undefined> {
    return (await this.things([{ kind, id }]))[0]?.stream;
  }

  /** Where things were brought into being, in the order asked; undefined for those that were not. */
  async things(
    names: readonly { readonly kind: string; readonly id: string }[],
  ): Promise<({ stream: string; event: string } | undefined)[]> {
    const rows = await this.reader.getMany(
      'things',
      names.map((name) => [name.kind, name.id]),
    );
    return rows.map((row) => row && { stream: String(row['stream']), event: String(row['event']) });
  }
}

/** A shared entry as it lies in a row: JSON has no whole numbers without bound. */
type StoredShared = Omit<RecordedEvent, 'revision' | 'position'> & {
  readonly revision: string;
  readonly position: string;
};

function recorded(stored: StoredShared): RecordedEvent {
  return { ...stored, revision: BigInt(stored.revision), position: BigInt(stored.position) };
}
