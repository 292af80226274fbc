import type { RecordedEvent } from '../kernel/event-sourcing/envelope.js';
import type { EventCatalogue } from '../kernel/event-sourcing/event-catalogue.js';
import type { EventType, Reference } from '../kernel/event-sourcing/event-type.js';
import { layersOf } from '../kernel/event-sourcing/layers.js';
import { valuesAt } from '../kernel/event-sourcing/field-paths.js';
import type { EventStore } from '../kernel/event-store/event-store.js';
import { type FieldError, Problem } from '../kernel/http/problem.js';
import { thingsOf } from '../judgement/index/index-fold.js';
import type { Draft } from './draft.js';
import { recordingProblems } from './recording-problems.js';

type Data = Readonly<Record<string, unknown>>;

/** Where what a step names is looked up. */
export interface ReferenceSources {
  readonly store: EventStore;
  readonly catalogue: EventCatalogue;
  definedIn(kind: string, id: string): Promise<string | undefined>;
}

/**
 * What a step names outside its own decider's sight: other streams, entries, and, in the data of a correction, things
 * of the same stream. (What a decider knows by itself — offers, assignments, plans, consents — it refuses in its own
 * words.)
 */
export class References {
  constructor(private readonly sources: ReferenceSources) {}

  /** @throws Problem UNKNOWN_REFERENCE naming every field that names nothing */
  async check(type: EventType, data: Data, history: readonly RecordedEvent[]): Promise<void> {
    const errors = await this.unknown(
      type.references.filter((reference) => reference.to !== 'thing' || reference.anywhere),
      data,
      history,
      '',
    );
    if (errors.length > 0) throw new Problem(recordingProblems.UNKNOWN_REFERENCE, { errors });
  }

  /**
   * The same for the right data of a correction, where every reference has to be looked at, and an id that names
   * something new may be the one that the corrected entry gave.
   * @throws Problem UNKNOWN_REFERENCE or ID_TAKEN
   */
  async checkCorrection(
    correction: EventType,
    { data, correctedTypes }: Draft,
    history: readonly RecordedEvent[],
  ): Promise<void> {
    const errors: FieldError[] = [];
    for (const layer of layersOf({ type: correction.type, data, correctedTypes }).slice(1)) {
      const type = this.sources.catalogue.get(layer.type);
      if (!type) break;
      errors.push(...(await this.unknown(type.references, layer.data, history, layer.prefix)));
      await this.checkFree(type, layer.data, this.namesGivenBy(data['corrects'], history));
    }
    if (errors.length > 0) throw new Problem(recordingProblems.UNKNOWN_REFERENCE, { errors });
  }

  /**
   * An id that names something new may stand for that one thing only.
   * @param own ids that may be repeated
   * @throws Problem ID_TAKEN
   */
  async checkFree(type: EventType, data: Data, own: ReadonlySet<string> = new Set()): Promise<void> {
    if (!type.defines) return;
    const { kind, path } = type.defines;
    for (const id of valuesAt(data, path)) {
      if (typeof id !== 'string' || own.has(id)) continue;
      if ((await this.sources.definedIn(kind, id)) !== undefined)
        throw new Problem(recordingProblems.ID_TAKEN, { members: { field: path, id } });
    }
  }

  /** The ids that an entry, or what it corrects in the end, gave to something. */
  private namesGivenBy(entry: unknown, history: readonly RecordedEvent[]): Set<string> {
    const found = history.find(({ id }) => id === entry);
    if (!found) return new Set();
    return new Set([
      ...thingsOf(found, this.sources.catalogue).map(({ id }) => id),
      ...this.namesGivenBy(found.data['corrects'], history),
    ]);
  }

  private async unknown(
    references: readonly Reference[],
    data: Data,
    history: readonly RecordedEvent[],
    prefix: string,
  ): Promise<FieldError[]> {
    const errors: FieldError[] = [];
    for (const reference of references) {
      for (const id of valuesAt(data, reference.path)) {
        if (typeof id === 'string' && !(await this.isKnown(reference, id, history)))
          errors.push({ path: prefix + reference.path, message: messageOf(reference) });
      }
    }
    return errors;
  }

  private async isKnown(reference: Reference, id: string, history: readonly RecordedEvent[]): Promise<boolean> {
    if (reference.to === 'stream')
      return (await this.sources.store.streamHead(`${reference.category}-${id}`)) !== undefined;
    if (reference.to === 'thing')
      return reference.anywhere
        ? (await this.sources.definedIn(reference.kind, id)) !== undefined
        : this.definedHere(reference.kind, id, history);
    const place = reference.anywhere
      ? (await this.sources.store.find([id])).get(id)
      : history.find((entry) => entry.id === id);
    return place !== undefined && (!reference.types || reference.types.includes(place.type));
  }

  private definedHere(kind: string, id: string, history: readonly RecordedEvent[]): boolean {
    return history.some((entry) =>
      thingsOf(entry, this.sources.catalogue).some((thing) => thing.kind === kind && thing.id === id),
    );
  }
}

const SWEDISH: Readonly<Record<string, string>> = {
  controller: 'personuppgiftsansvarig',
  unit: 'enhet',
  staff: 'medarbetare',
  recipient: 'omsorgstagare',
  offer: 'erbjudande',
  assignment: 'uppdrag',
  plan: 'genomförandeplan',
  consent: 'samtycke',
  representative: 'företrädare',
  inspection: 'granskning',
  entry: 'händelse som kan avses',
};

function messageOf(reference: Reference): string {
  const what = SWEDISH[nameOf(reference)] ?? nameOf(reference);
  return `finns inte i registret som ${what}`;
}

function nameOf(reference: Reference): string {
  if (reference.to === 'stream') return reference.category;
  return reference.to === 'thing' ? reference.kind : 'entry';
}
