import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { categoryOf, streamIdOf } from '../kernel/event-sourcing/envelope.js';
import type { FactToRecord } from '../kernel/event-sourcing/event-log.js';
import { CheckpointedWriter } from '../kernel/projections/checkpointed-writer.js';
import { NO_LOG } from '../kernel/projections/view-origin.js';
import { SqliteViewStore } from '../kernel/view-store/sqlite/sqlite-view-store.js';
import { indexCollections } from '../judgement/index/index-projection.js';
import { thingsOf } from '../judgement/index/index-fold.js';
import type { StreamContext } from '../judgement/read-model.js';
import { eventCatalogue } from '../facts/event-catalogue.js';
import type { KnownEntry, KnownSource, KnownThing } from './known-facts.js';

const ENTRIES = {
  name: 'entries',
  fields: { id: 'uuid', type: 'text', stream: 'text', corrects: 'uuid', digest: 'text' },
  key: ['id'],
} as const;

/**
 * What a dry run has gone through, on top of the register: the lines before a line count as known although nothing is
 * written.
 * It lies in a temporary folder, so that a large file needs no more memory than a small one, and holds digests, no
 * personal data.
 */
export class ScratchSource implements KnownSource {
  private folder: string | undefined;
  private store: SqliteViewStore | undefined;
  private writer: CheckpointedWriter | undefined;
  private readonly asked = new Map<string, string>();

  constructor(private readonly register: KnownSource) {}

  /** Whether a line with this id went through in an earlier batch. Known after {@link entries} was asked for it. */
  has(id: string): boolean {
    return this.asked.has(id);
  }

  saysTheSame(fact: FactToRecord): boolean {
    return this.asked.get(fact.id) === digest(fact);
  }

  async entries(ids: readonly string[]): Promise<Map<string, KnownEntry>> {
    const entries = await this.register.entries(ids);
    const { version } = await this.open();
    const rows = await version.getMany(
      'entries',
      ids.map((id) => [id]),
    );
    for (const row of rows) {
      if (!row) continue;
      const id = String(row['id']);
      this.asked.set(id, String(row['digest']));
      entries.set(id, {
        id,
        type: String(row['type']),
        stream: String(row['stream']),
        ...(row['corrects'] === null ? {} : { corrects: String(row['corrects']) }),
      });
    }
    return entries;
  }

  async contexts(streams: readonly string[]): Promise<Map<string, StreamContext>> {
    const contexts = await this.register.contexts(streams);
    const { version } = await this.open();
    const rows = await version.getMany(
      'streams',
      streams.map((stream) => [categoryOf(stream), streamIdOf(stream)]),
    );
    streams.forEach((stream, at) => {
      const row = rows[at];
      if (row) contexts.set(stream, { subject: String(row['subject']), controller: String(row['controller']) });
    });
    return contexts;
  }

  async things(names: readonly { readonly kind: string; readonly id: string }[]): Promise<(KnownThing | undefined)[]> {
    const things = await this.register.things(names);
    const { version } = await this.open();
    const rows = await version.getMany(
      'things',
      names.map((name) => [name.kind, name.id]),
    );
    return things.map((thing, at) => {
      const row = rows[at];
      return thing ?? (row && { stream: String(row['stream']), event: String(row['event']) });
    });
  }

  /** Takes good lines in. */
  async add(facts: readonly FactToRecord[]): Promise<void> {
    this.asked.clear();
    const writer = await this.open();
    const opening = facts.filter((fact) => eventCatalogue.get(fact.type)?.opens);
    const puts = [
      {
        collection: 'entries',
        rows: facts.map((fact) => ({
          id: fact.id,
          type: fact.type,
          stream: fact.stream,
          corrects: fact.data['corrects'] ?? null,
          digest: digest(fact),
        })),
      },
      {
        collection: 'streams',
        rows: opening.map((fact) => ({
          category: categoryOf(fact.stream),
          id: streamIdOf(fact.stream),
          subject: fact.subject,
          controller: fact.controller,
        })),
      },
      {
        collection: 'things',
        rows: facts.flatMap((fact) => thingsOf(fact, eventCatalogue)).map((thing) => ({ ...thing })),
      },
    ];
    await writer.write({ ...writer.reached, position: writer.reached.position + 1n }, { puts });
  }

  async close(): Promise<void> {
    await this.store?.close();
    if (this.folder !== undefined) await rm(this.folder, { recursive: true, force: true });
  }

  private async open(): Promise<CheckpointedWriter> {
    if (this.writer) return this.writer;
    this.folder = await mkdtemp(join(tmpdir(), 'fok-dry-run-'));
    this.store = await SqliteViewStore.open(this.folder);
    const version = await this.store.open('scratch', '1', [...indexCollections, ENTRIES]);
    this.writer = await CheckpointedWriter.open(version, NO_LOG);
    await this.writer.takeOver();
    return this.writer;
  }
}

function digest(fact: FactToRecord): string {
  return createHash('sha256').update(JSON.stringify(fact)).digest('base64');
}
