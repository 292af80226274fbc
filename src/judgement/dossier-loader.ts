import type { Dossier, Entry } from '../compliance-rules/model.js';
import type { EventLog } from '../kernel/event-sourcing/event-log.js';
import { linksOf } from './index/index-fold.js';

/** What the loader asks the index for. */
export interface MergeIndex {
  mergedWith(recipient: string): Promise<string[]>;
}

/** Where streams that were read are kept. */
export interface KeptStreams {
  get(stream: string): readonly Entry[] | undefined;
  set(stream: string, entries: readonly Entry[]): unknown;
  delete(stream: string): unknown;
}

/**
 * Gathers what an episode's judgement rests on from the log, as of one log position. Streams that many episodes share
 * (employees, units, policies) are kept; when the position moves on, whoever moves it says which of them grew.
 */
export class DossierLoader {
  /**
   * @param shared bounded where many dossiers are loaded; what one answer needs fits in a map, which costs nothing to
   * make
   */
  constructor(
    private readonly log: Pick<EventLog, 'readEntries'>,
    private readonly index: MergeIndex,
    private upTo: bigint,
    private readonly shared: KeptStreams = new Map(),
  ) {}

  /** From now on dossiers are as of `upTo`; `grown` are the streams that got entries since the position before. */
  moveTo(upTo: bigint, grown: Iterable<string>): void {
    this.upTo = upTo;
    for (const stream of grown) this.shared.delete(stream);
  }

  /** The dossier of one episode; it is empty of entries when the episode is not in the log. */
  async load(episode: string): Promise<Dossier> {
    const stream = `careEpisode-${episode}`;
    const entries = await this.log.readEntries(stream, this.upTo);
    const named = { recipient: new Set<string>(), staff: new Set<string>(), unit: new Set<string>() };
    for (const entry of entries) {
      for (const link of linksOf(entry)) {
        if (link.kind === 'RECIPIENT_EPISODE') named.recipient.add(link.from);
        else if (link.kind === 'STAFF_EPISODE') named.staff.add(link.from);
        else named.unit.add(link.from);
      }
    }
    const merged = await Promise.all(Array.from(named.recipient, (recipient) => this.index.mergedWith(recipient)));
    for (const recipient of merged.flat()) named.recipient.add(recipient);
    const units = await this.streams('unit', named.unit);
    const controllers = new Set<string>();
    for (const [unit, unitEntries] of units) {
      for (const entry of unitEntries)
        for (const link of linksOf({ ...entry, stream: `unit-${unit}` })) controllers.add(link.from);
    }
    return {
      episode,
      entries,
      recipients: await this.recipients(named.recipient),
      staff: await this.streams('staff', named.staff),
      units,
      policies: await this.streams('policy', controllers),
    };
  }

  // A person's stream is read for one or two episodes: keeping it would push out those that many share.
  private async recipients(ids: Iterable<string>): Promise<Map<string, readonly Entry[]>> {
    const streams = new Map<string, readonly Entry[]>();
    for (const id of ids) streams.set(id, await this.log.readEntries(`recipient-${id}`, this.upTo));
    return streams;
  }

  private async streams(category: string, ids: Iterable<string>): Promise<Map<string, readonly Entry[]>> {
    const streams = new Map<string, readonly Entry[]>();
    for (const id of ids) streams.set(id, await this.stream(`${category}-${id}`));
    return streams;
  }

  private async stream(name: string): Promise<readonly Entry[]> {
    const kept = this.shared.get(name);
    if (kept) return kept;
    const entries = (await this.log.readEntries(name, this.upTo)).map(slim);
    this.shared.set(name, entries);
    return entries;
  }
}

// What is kept for long is only what rules read: ciphertext and envelope would fill the memory for nothing.
function slim({ id, type, position, recordedAt, effectiveOn, data }: Entry): Entry {
  return { id, type, position, recordedAt, effectiveOn, data };
}
