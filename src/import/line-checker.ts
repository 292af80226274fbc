import type { Leave } from '../facts/access-given.js';
import { eventCatalogue } from '../facts/event-catalogue.js';
import type { EventLog, FactToRecord, OpenedEvent } from '../kernel/event-sourcing/event-log.js';
import type { EventStore } from '../kernel/event-store/event-store.js';
import { type Clock, today } from '../kernel/time/clock.js';
import { importedEventId } from './event-ids.js';
import { type Candidate, checkNewFact, factOfLine } from './fact-of-line.js';
import { resolveRefs, visitNamedIds } from './field-targets.js';
import { parseHistoryLine } from './history-line.js';
import { type Asks, KnownFacts, type KnownSource, noAsks } from './known-facts.js';
import { Reject } from './reject.js';
import { hasSameContent, saysTheSame } from './same-content.js';
import type { ScratchSource } from './scratch-source.js';

export interface NumberedLine {
  readonly number: number;
  readonly bytes: Buffer;
}

export interface FactOfLine {
  readonly fact: FactToRecord;
  readonly line: NumberedLine;
}

export interface TurnedAway {
  readonly line: NumberedLine;
  readonly reject: Reject;
}

/** What a batch of lines came to. */
export interface Checked {
  readonly facts: FactOfLine[];
  readonly rejected: TurnedAway[];
  /** How many of the lines stand in the log already. */
  skipped: number;
}

/** What lines are checked against. */
export interface CheckedAgainst {
  readonly store: Pick<EventStore, 'find'>;
  readonly log: Pick<EventLog, 'readStream' | 'open'>;
  readonly clock: Clock;
  readonly known: KnownSource;
  /** In a dry run: what its lines would have left in the register. */
  readonly scratch?: ScratchSource | undefined;
}

/**
 * Says of each line of a batch whether it is a new fact, one that is there already, or wrong; every good line counts
 * for those after it.
 */
export class LineChecker {
  private known: KnownFacts;

  /**
   * @param source whose refs the lines carry
   * @param leave what of access they may bring
   */
  constructor(
    private readonly against: CheckedAgainst,
    private readonly source: string,
    private readonly leave: Leave,
  ) {
    this.known = new KnownFacts(against.known);
  }

  /** From now on only what the register holds is known: a line that was found good did not get into the log. */
  beginAnew(): void {
    this.known = new KnownFacts(this.against.known);
  }

  /** Checks the next lines. Those of the batch before may still be on their way into the register. */
  async check(lines: readonly NumberedLine[]): Promise<Checked> {
    const read = lines.map((line) => this.read(line));
    await this.known.prepare(this.asksOf(read));
    const stored = await this.storedFacts(read);
    const day = today(this.against.clock);
    const checked: Checked = { facts: [], rejected: [], skipped: 0 };
    for (const [at, candidate] of read.entries()) {
      const line = lines[at] as NumberedLine;
      try {
        if (candidate instanceof Reject) throw candidate;
        const fact = this.newFact(candidate, stored, day);
        if (fact) checked.facts.push({ fact, line });
        else checked.skipped += 1;
      } catch (error) {
        if (!(error instanceof Reject)) throw error;
        checked.rejected.push({ line, reject: error });
      }
    }
    return checked;
  }

  private read(line: NumberedLine): Candidate | Reject {
    try {
      const parsed = parseHistoryLine(line.bytes);
      const { source } = this;
      const data = resolveRefs(parsed.data, (ref) => importedEventId(source, ref));
      return { line: { ...parsed, data }, eventId: importedEventId(source, parsed.ref), source };
    } catch (error) {
      if (error instanceof Reject) return error;
      throw error;
    }
  }

  private asksOf(read: readonly (Candidate | Reject)[]): Asks {
    const asks = noAsks();
    for (const candidate of read) {
      if (candidate instanceof Reject) continue;
      const { line, eventId } = candidate;
      asks.entries.add(eventId);
      asks.streams.add(line.stream);
      if (line.stream.startsWith('policy-')) asks.streams.add(line.stream.replace('policy-', 'controller-'));
      const correction = eventCatalogue.get(line.type)?.corrects !== undefined;
      visitNamedIds(line.data, (id, target) => {
        for (const category of target.categories) asks.streams.add(`${category}-${id}`);
        if (target.entry) asks.entries.add(id);
        for (const kind of target.things) {
          asks.things.add(`${kind} ${id}`);
          if (correction) asks.correctedThings.add(`${kind} ${id}`);
        }
      });
    }
    return asks;
  }

  /** The facts that the log holds under the refs of these lines. */
  private async storedFacts(read: readonly (Candidate | Reject)[]): Promise<Map<string, OpenedEvent>> {
    const stored = new Map<string, OpenedEvent>();
    const ids = read.flatMap((candidate) =>
      candidate instanceof Reject || !this.known.entry(candidate.eventId) ? [] : [candidate.eventId],
    );
    if (ids.length === 0) return stored;
    for (const [id, place] of await this.against.store.find(ids)) {
      const events = await this.against.log.readStream(place.stream, { from: place.revision, limit: 1 });
      for (const event of await this.against.log.open(events)) if (event.id === id) stored.set(id, event);
    }
    return stored;
  }

  /** The fact of a line if it is new; undefined when it is known already. @throws Reject */
  private newFact(
    candidate: Candidate,
    stored: ReadonlyMap<string, OpenedEvent>,
    day: string,
  ): FactToRecord | undefined {
    const fact = factOfLine(candidate, this.known, day);
    const before = stored.get(fact.id);
    const sameFile = this.known.freshFact(fact.id);
    if (before || sameFile || this.against.scratch?.has(fact.id)) {
      const same = before
        ? hasSameContent(fact, before)
        : sameFile
          ? saysTheSame(fact, sameFile)
          : this.against.scratch?.saysTheSame(fact);
      if (!same) throw new Reject('REF_CONFLICT', 'the ref stands for another fact already');
      return undefined;
    }
    checkNewFact(fact, this.known, this.leave);
    this.known.add(fact);
    return fact;
  }
}
