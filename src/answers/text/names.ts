import type { Fact } from '../../compliance-rules/facts.js';
import { entryLabel } from '../../facts/labels.js';
import { eventCatalogue } from '../../facts/event-catalogue.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { valuesAt } from '../../kernel/event-sourcing/field-paths.js';
import type { EventLog, OpenedEvent } from '../../kernel/event-sourcing/event-log.js';
import { streamIdOf } from '../../kernel/event-sourcing/envelope.js';
import type { EventType } from '../../kernel/event-sourcing/event-type.js';
import { UnreadableEvent } from '../../kernel/event-sourcing/unreadable-event.js';
import { isId } from '../../kernel/id-form.js';
import type { Streams } from '../../judgement/read-model.js';

/** What an entry has to say to be named and to name others. */
export type NamedEntry = Pick<OpenedEvent, 'id' | 'type' | 'effectiveOn' | 'data' | 'actor'>;

/** Words for ids: what people read instead of them. */
export class Names {
  private readonly words = new Map<string, string>();
  private readonly types = new Map<string, string>();
  private readonly given = new Map<string, string>();

  /** The entries, and what they brought into being, are called by what happened and when. */
  constructor(entries: Iterable<NamedEntry> = []) {
    for (const { id, type, effectiveOn, data } of entries) {
      const words = `${entryLabel(type, effectiveOn)} ${effectiveOn}`;
      this.types.set(id, type);
      this.words.set(id, words);
      const brought = eventCatalogue.get(type)?.defines;
      for (const thing of brought ? valuesAt(data, brought.path) : []) this.words.set(String(thing), words);
    }
  }

  /** Calls an id by a name from now on. */
  call(id: string, name: string): void {
    this.words.set(id, name);
    this.given.set(id, name);
  }

  /** All names that were given, by id: without what entries are called by what happened. */
  called(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.given].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  /** The words for an id; the id itself where there are none. */
  of(id: string): string {
    return this.words.get(id) ?? id;
  }

  /** The type of an entry; undefined for one that is not known here. */
  typeOf(entry: string): string | undefined {
    return this.types.get(entry);
  }
}

/** What names are read from. */
export interface NameReads {
  readonly streams: Pick<Streams, 'read'>;
  readonly log: Pick<EventLog, 'open'>;
}

/**
 * The names of all that entries speak of: units, employees, controllers, recipients, each other.
 * @param upTo names that were given behind this log position are not used
 * @param more streams that are named besides
 * @throws KeyStoreError
 */
export async function namesIn(
  reads: NameReads,
  entries: readonly NamedEntry[],
  upTo?: bigint,
  more: readonly string[] = [],
): Promise<Names> {
  const names = new Names(entries);
  const named = await namesByStream(reads, [...more, ...entries.flatMap(streamsNamed)], upTo);
  for (const [stream, name] of named) names.call(streamIdOf(stream), name);
  return names;
}

/**
 * What controllers, units, employees and recipients are called, by stream; without those whose name cannot be read.
 * @param upTo names that were given behind this log position are not used
 * @throws KeyStoreError
 */
export async function namesByStream(
  reads: NameReads,
  streams: readonly string[],
  upTo?: bigint,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const stream of new Set(streams)) {
    const name = await nameOf(reads, stream, upTo);
    if (name !== undefined) names.set(stream, name);
  }
  return names;
}

/** The names of streams. @throws KeyStoreError */
export async function namesOfStreams(reads: NameReads, streams: readonly string[]): Promise<Names> {
  return namesIn(reads, [], undefined, streams);
}

async function nameOf({ streams, log }: NameReads, stream: string, upTo?: bigint): Promise<string | undefined> {
  try {
    return resolveEntries(await log.open(await streams.read(stream, upTo))).flatMap(nameIn)[0];
  } catch (error) {
    // A history is told whether or not the employee in it can be read: she keeps her id.
    if (error instanceof UnreadableEvent) return undefined;
    throw error;
  }
}

const OPENINGS: readonly string[] = ['ControllerRegistered', 'UnitOpened', 'StaffRegistered', 'RecipientRegistered'];

/** What the opening of a stream calls it. It is sealed for a person, and gone when its key was destroyed. */
function nameIn({ type, data }: Fact): string[] {
  return OPENINGS.includes(type) && 'name' in data && typeof data.name === 'string' ? [data.name] : [];
}

function streamsNamed({ type, data, actor }: NamedEntry): string[] {
  const known = eventCatalogue.get(type);
  // What a correction corrects may be of any type: its fields are looked for by the names that they have in each.
  const corrected = known?.corrects === undefined ? [] : valuesAt(data, known.corrects);
  return [
    ...(isId(actor.id) ? [`staff-${actor.id}`] : []),
    ...(known ? streamsAt(data, [known]) : []),
    ...corrected.flatMap((right) => streamsAt(right, eventCatalogue.all())),
  ];
}

function streamsAt(data: unknown, types: readonly EventType[]): string[] {
  return types
    .flatMap(({ references }) => references)
    .flatMap((reference) =>
      reference.to === 'stream'
        ? valuesAt(data, reference.path)
            .filter(isId)
            .map((id) => `${reference.category}-${id}`)
        : [],
    );
}
