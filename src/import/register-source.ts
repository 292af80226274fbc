import type { EventStore } from '../kernel/event-store/event-store.js';
import type { EventLog } from '../kernel/event-sourcing/event-log.js';
import type { StreamContext } from '../judgement/read-model.js';
import type { IndexProjection } from '../judgement/index/index-projection.js';
import type { KnownEntry, KnownSource, KnownThing } from './known-facts.js';

const ABOUT_ENTRIES = new Set(['EntryCorrected', 'EntryAnnulled']);

/** What the register knows: ids from the log itself, names and streams from the index. */
export class RegisterSource implements KnownSource {
  constructor(
    private readonly store: EventStore,
    private readonly log: EventLog,
    private readonly index: IndexProjection,
  ) {}

  async entries(ids: readonly string[]): Promise<Map<string, KnownEntry>> {
    const entries = new Map<string, KnownEntry>();
    if (ids.length === 0) return entries;
    for (const [id, { type, stream, revision }] of await this.store.find(ids)) {
      const corrects = ABOUT_ENTRIES.has(type) ? await this.corrects(stream, revision) : undefined;
      entries.set(id, { id, type, stream, ...(corrects === undefined ? {} : { corrects }) });
    }
    return entries;
  }

  private async corrects(stream: string, revision: bigint): Promise<string | undefined> {
    const [event] = await this.log.readStream(stream, { from: revision, limit: 1 });
    const corrects = event?.data['corrects'];
    return typeof corrects === 'string' ? corrects : undefined;
  }

  contexts(streams: readonly string[]): Promise<Map<string, StreamContext>> {
    return this.index.contextsOf(streams);
  }

  things(names: readonly { readonly kind: string; readonly id: string }[]): Promise<(KnownThing | undefined)[]> {
    return this.index.things(names);
  }
}
