import { LRUCache } from 'lru-cache';
import type { FactToRecord } from '../../kernel/event-sourcing/event-log.js';
import type { StreamContext } from '../../views/read-model.js';
import { thingsOf } from '../../views/projection/index-fold.js';
import { eventCatalogue } from '../event-catalogue.js';

/** An entry that a line may name: an earlier line's or the register's. */
export interface KnownEntry {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  /** For a correction or annulment: the entry that it is about. */
  readonly corrects?: string;
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
 * What a line may refer to: everything in the register and every good line before it. A batch's questions are answered together;
 * what is once known stays known (nothing in the log goes away), so answers are kept from batch to batch, up to a bound.
 */
export class KnownFacts {
  private readonly contexts: Answers<StreamContext>;
  private readonly things: Answers<KnownThing>;
  private entries = new Map<string, KnownEntry>();
  private fresh = new Map<string, FactToRecord>();
  /** Those of the batch before this one, which may still be on their way into the source. */
  private underWay: ReadonlyMap<string, FactToRecord> = new Map();

  /** @param kept how many answers of a kind are remembered from one batch to the next */
  constructor(private readonly source: KnownSource, kept = KEPT) {
    this.contexts = new Answers(kept, (streams) => source.contexts(streams));
    this.things = new Answers(kept, async (names) => {
      const found = await source.things(names.map((name) => ({ kind: name.slice(0, name.indexOf(' ')), id: name.slice(name.indexOf(' ') + 1) })));
      return new Map(names.flatMap((name, at) => (found[at] ? [[name, found[at]]] : [])));
    });
  }

  /** Looks up what the next batch asks for. What was added two batches before must be in the source by then. */
  async prepare(asks: Asks): Promise<void> {
    this.underWay = this.fresh;
    this.fresh = new Map();
    this.entries = new Map();
    for (const fact of this.underWay.values()) this.addEntry(fact);
    for (const [id, entry] of await this.source.entries([...asks.entries])) this.entries.set(id, entry);
    await this.contexts.prepare(asks.streams);
    await this.things.prepare(asks.things);
    const makers = [...asks.correctedThings].flatMap((name) => this.things.get(name)?.event ?? []);
    for (const [id, entry] of await this.source.entries(makers)) this.entries.set(id, entry);
    // The chain down to the fact that a correction of a correction is about in the end.
    for (let deeper = this.deeper(); deeper.length > 0; deeper = this.deeper()) {
      const found = await this.source.entries(deeper);
      for (const id of deeper) {
        const entry = found.get(id);
        if (!entry) throw new Error(`entry ${id} is named by a correction but is not in the log`);
        this.entries.set(id, entry);
      }
    }
  }

  private deeper(): string[] {
    return [...this.entries.values()].flatMap((entry) => (entry.corrects !== undefined && !this.entries.has(entry.corrects) ? [entry.corrects] : []));
  }

  entry(id: string): KnownEntry | undefined {
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
    this.addEntry(fact);
    if (eventCatalogue.get(type)?.opens && subject !== undefined && controller !== undefined) this.contexts.set(stream, { subject, controller });
    for (const thing of thingsOf(fact, eventCatalogue)) {
      const name = `${thing.kind} ${thing.id}`;
      if (!this.things.get(name)) this.things.set(name, { stream: thing.stream, event: thing.event });
    }
  }

  private addEntry({ id, type, stream, data }: FactToRecord): void {
    const corrects = data['corrects'];
    this.entries.set(id, { id, type, stream, ...(typeof corrects === 'string' ? { corrects } : {}) });
  }
}

/**
 * The answers to one batch's questions. What is remembered of earlier ones only saves asking: a batch never rests on what may be let go.
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
