import { LRUCache } from 'lru-cache';
import type { FactToRecord } from '../kernel/event-sourcing/event-log.js';
import type { StreamContext } from '../judgement/read-model.js';
import { thingsOf } from '../judgement/index/index-fold.js';
import { eventCatalogue } from '../facts/event-catalogue.js';
import { MAX_DEPTH } from '../kernel/json-text.js';

/** An entry that a line may name: an earlier line's or the register's. */
export interface KnownEntry {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  /** For a correction or annulment: the entry that it is about. */
  readonly corrects?: string;
}

/** An entry with what it is about, as far down as the data of a line can speak of. */
export interface EntryInChain extends KnownEntry {
  /** The entries below it, the one it corrects first; at most {@link MAX_DEPTH}, however long the chain is. */
  readonly below: readonly Pick<KnownEntry, 'id' | 'type'>[];
  /** The fact that it is about in the end: itself, or what the corrections lead down to. */
  readonly base: string;
  readonly baseType: string;
}

export interface KnownThing {
  readonly stream: string;
  /** The entry that brought it into being. */
  readonly event: string;
}

/** What one batch of lines asks for. */
export interface Asks {
  readonly entries: Set<string>;
  readonly streams: Set<string>;
  /** As `kind id`. */
  readonly things: Set<string>;
  /** Those of the things that a correction names: who brought them into being has to be known too. */
  readonly correctedThings: Set<string>;
}

export function noAsks(): Asks {
  return { entries: new Set(), streams: new Set(), things: new Set(), correctedThings: new Set() };
}

/** Where known facts are looked up: the register, or what a dry run has gone through. */
export interface KnownSource {
  entries(ids: readonly string[]): Promise<Map<string, KnownEntry>>;
  contexts(streams: readonly string[]): Promise<Map<string, StreamContext>>;
  things(names: readonly { readonly kind: string; readonly id: string }[]): Promise<(KnownThing | undefined)[]>;
}

const KEPT = 20_000;

/**
 * What a line may refer to: everything in the register and every good line before it. A batch's questions are answered
 * together; what is once known stays known (nothing in the log goes away), so answers are kept from batch to batch, up
 * to a bound.
 */
export class KnownFacts {
  private readonly contexts: Answers<StreamContext>;
  private readonly things: Answers<KnownThing>;
  private entries = new Map<string, EntryInChain>();
  /** Corrections whose chain is known, so that a long one is not gone down anew for each link. */
  private readonly corrections: LRUCache<string, EntryInChain>;
  private fresh = new Map<string, FactToRecord>();
  /** Those of the batch before this one, which may still be on their way into the source. */
  private underWay: ReadonlyMap<string, FactToRecord> = new Map();

  /** @param kept how many answers of a kind are remembered from one batch to the next */
  constructor(
    private readonly source: KnownSource,
    kept = KEPT,
  ) {
    this.corrections = new LRUCache({ max: kept });
    this.contexts = new Answers(kept, (streams) => source.contexts(streams));
    this.things = new Answers(kept, async (names) => {
      const found = await source.things(
        names.map((name) => ({ kind: name.slice(0, name.indexOf(' ')), id: name.slice(name.indexOf(' ') + 1) })),
      );
      return new Map(names.flatMap((name, at) => (found[at] ? [[name, found[at]]] : [])));
    });
  }

  /** Looks up what the next batch asks for. What was added two batches before must be in the source by then. */
  async prepare(asks: Asks): Promise<void> {
    const before = this.entries;
    this.underWay = this.fresh;
    this.fresh = new Map();
    this.entries = new Map();
    for (const id of this.underWay.keys()) this.entries.set(id, before.get(id)!);
    await this.learn(asks.entries);
    await this.contexts.prepare(asks.streams);
    await this.things.prepare(asks.things);
    await this.learn([...asks.correctedThings].flatMap((name) => this.things.get(name)?.event ?? []));
  }

  /** Looks entries up, with the chain down to the fact that each is about in the end. */
  private async learn(ids: Iterable<string>): Promise<void> {
    const found = await this.source.entries([...ids]);
    const links = new Map(found);
    // Held here: what is remembered from batch to batch may be let go meanwhile.
    const held = new Map<string, EntryInChain>();
    const missing = (entries: Iterable<KnownEntry>): string[] => {
      const asked = new Set<string>();
      for (const { corrects } of entries) {
        if (corrects === undefined || links.has(corrects)) continue;
        const known = this.entries.get(corrects) ?? this.corrections.get(corrects);
        if (known) held.set(corrects, known);
        else asked.add(corrects);
      }
      return [...asked];
    };
    for (let deeper = missing(found.values()); deeper.length > 0;) {
      const next = await this.source.entries(deeper);
      const lost = deeper.find((id) => !next.has(id));
      if (lost !== undefined) throw new Error(`entry ${lost} is named by a correction but is not in the log`);
      for (const [id, entry] of next) links.set(id, entry);
      deeper = missing(next.values());
    }
    for (const entry of found.values()) this.entries.set(entry.id, this.chained(entry, links, held));
  }

  /** Sets an entry on top of its chain: from the deepest link that is not held yet upwards. */
  private chained(
    entry: KnownEntry,
    links: ReadonlyMap<string, KnownEntry>,
    held: Map<string, EntryInChain>,
  ): EntryInChain {
    const pending: KnownEntry[] = [];
    for (
      let next: KnownEntry | undefined = entry;
      next && !held.has(next.id);
      next = next.corrects === undefined ? undefined : links.get(next.corrects)
    )
      pending.push(next);
    for (const link of pending.toReversed())
      held.set(link.id, this.onTop(link, link.corrects === undefined ? undefined : held.get(link.corrects)));
    return held.get(entry.id)!;
  }

  private onTop(entry: KnownEntry, below: EntryInChain | undefined): EntryInChain {
    const inChain = {
      ...entry,
      below: below ? [{ id: below.id, type: below.type }, ...below.below.slice(0, MAX_DEPTH - 1)] : [],
      base: below?.base ?? entry.id,
      baseType: below?.baseType ?? entry.type,
    };
    if (below) this.corrections.set(entry.id, inChain);
    return inChain;
  }

  entry(id: string): EntryInChain | undefined {
    return this.entries.get(id);
  }

  context(stream: string): StreamContext | undefined {
    return this.contexts.get(stream);
  }

  thing(kind: string, id: string): KnownThing | undefined {
    return this.things.get(`${kind} ${id}`);
  }

  /** The fact with this id if it is one of this batch or the one before. */
  freshFact(id: string): FactToRecord | undefined {
    return this.fresh.get(id) ?? this.underWay.get(id);
  }

  /** A good line: from now on later lines may refer to it. */
  add(fact: FactToRecord): void {
    const { id, type, stream, subject, controller } = fact;
    this.fresh.set(id, fact);
    const { corrects } = fact.data;
    const entry = { id, type, stream, ...(typeof corrects === 'string' ? { corrects } : {}) };
    this.entries.set(id, this.onTop(entry, typeof corrects === 'string' ? this.entries.get(corrects) : undefined));
    if (eventCatalogue.get(type)?.opens && subject !== undefined && controller !== undefined)
      this.contexts.set(stream, { subject, controller });
    for (const thing of thingsOf(fact, eventCatalogue)) {
      const name = `${thing.kind} ${thing.id}`;
      if (!this.things.get(name)) this.things.set(name, { stream: thing.stream, event: thing.event });
    }
  }
}

/**
 * The answers to one batch's questions. What is remembered of earlier ones only saves asking: a batch never rests on
 * what may be let go.
 * What the batch before added may not be in the source yet, so its answers are held for one batch more.
 */
class Answers<T extends object> {
  private readonly kept: LRUCache<string, T>;
  private batch = new Map<string, T>();

  constructor(
    kept: number,
    private readonly ask: (names: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  ) {
    this.kept = new LRUCache({ max: kept });
  }

  async prepare(names: Iterable<string>): Promise<void> {
    const before = this.batch;
    this.batch = new Map();
    const unknown: string[] = [];
    for (const name of names) {
      const answer = this.kept.get(name) ?? before.get(name);
      if (answer) this.batch.set(name, answer);
      else unknown.push(name);
    }
    if (unknown.length === 0) return;
    for (const [name, answer] of await this.ask(unknown)) this.set(name, answer);
  }

  get(name: string): T | undefined {
    return this.batch.get(name);
  }

  set(name: string, answer: T): void {
    this.batch.set(name, answer);
    this.kept.set(name, answer);
  }
}
