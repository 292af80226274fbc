import { Facts } from '../../compliance-rules/facts.js';
import { entryStatuses, resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { samePerson } from '../../compliance-rules/situation/representation.js';
import type { FactName } from '../../facts/event-catalogue.js';
import { type RecordedEvent, streamIdOf } from '../../kernel/event-sourcing/envelope.js';
import { UnreadableEvent } from '../../kernel/event-sourcing/unreadable-event.js';
import type { RegisterIndex, Streams } from '../read-model.js';

/** What a person is loaded from. */
export interface PersonReads {
  readonly index: Pick<RegisterIndex, 'mergedWith' | 'episodesOf'>;
  readonly streams: Pick<Streams, 'read'>;
}

/**
 * One human being, however often registered: the streams of all recipients that are merged, and of all their episodes.
 */
export interface Person {
  /** Recipient ids, in order. */
  readonly recipients: readonly string[];
  /** Ids of the episodes that are theirs, in order. */
  readonly episodes: readonly string[];
  /** Each stream's events as known, sealed, oldest first. */
  readonly streams: ReadonlyMap<string, readonly RecordedEvent[]>;
  /**
   * Streams of theirs, not among `streams`, in which an entry is damaged or from a newer program: what is told without
   * them is incomplete.
   */
  readonly unreadable: readonly string[];
}

/**
 * Everything that is known of the person behind a recipient. Merges count as they are known at that time, so that an
 * annulled merge parts two recipients again. An episode that cannot be read is taken for theirs.
 * @throws UnreadableEvent when a registration cannot be read: whose it is would be a guess
 */
export async function loadPerson(reads: PersonReads, recipient: string, upTo?: bigint): Promise<Person> {
  const linked = await reads.index.mergedWith(recipient);
  const read = async (stream: string) => [stream, await reads.streams.read(stream, upTo)] as const;
  const recipientStreams = new Map(await Promise.all(linked.map((id) => read(`recipient-${id}`))));
  const recipients = [...personAmong(recipient, linked, recipientStreams)].sort();

  const candidates = await reads.index.episodesOf(recipients);
  const episodes: string[] = [];
  const unreadable: string[] = [];
  const streams = new Map(
    recipients.map((id) => [`recipient-${id}`, withoutNotes(recipientStreams.get(`recipient-${id}`) ?? [])]),
  );
  for (const [stream, events] of await Promise.all(
    candidates.map((id) => read(`careEpisode-${id}`).catch(unreadableAs(`careEpisode-${id}`))),
  )) {
    if (events === undefined) unreadable.push(stream);
    else if (!recipients.includes(recipientOf(events) ?? '')) continue;
    else streams.set(stream, events);
    episodes.push(streamIdOf(stream));
  }
  return { recipients, episodes, streams, unreadable };
}

/** What is noted for the review of the access log, which is no part of a history that others read. */
const NOTES: ReadonlySet<string> = new Set<FactName>(['PersonNoted', 'PersonNoteLifted']);

/** Without notes for reviewers, and without the entries about such. */
export function withoutNotes<E extends RecordedEvent>(events: readonly E[]): E[] {
  if (!events.some(({ type }) => NOTES.has(type))) return [...events];
  const notes = new Set<unknown>();
  for (const { id, type, data } of events)
    if (NOTES.has(type) || notes.has(data['corrects']) || notes.has(data['event'])) notes.add(id);
  return events.filter(({ id }) => !notes.has(id));
}

/** @throws whatever else went wrong */
function unreadableAs(stream: string): (error: unknown) => readonly [string, undefined] {
  return (error) => {
    if (error instanceof UnreadableEvent) return [stream, undefined];
    throw error;
  };
}

function personAmong(
  recipient: string,
  linked: readonly string[],
  streams: ReadonlyMap<string, readonly RecordedEvent[]>,
): ReadonlySet<string> {
  return samePerson(
    recipient,
    new Map(linked.map((id) => [id, new Facts(resolveEntries(streams.get(`recipient-${id}`) ?? []))])),
  );
}

/** Whose episode it is: as its start counts after corrections, or as it said where it was annulled. */
export function recipientOf(events: readonly RecordedEvent[]): string | undefined {
  const start = events.find((event) => event.type === 'CareEpisodeStarted');
  if (!start) return undefined;
  const data = entryStatuses(events).get(start.id)?.effective?.data ?? start.data;
  return typeof data['recipient'] === 'string' ? data['recipient'] : undefined;
}

/** The one id that stands for each of the recipients and all whom it is merged with. */
export async function personIds(
  reads: Omit<PersonReads, 'index'> & { readonly index: Pick<RegisterIndex, 'mergedWith' | 'mergedAmong'> },
  recipients: Iterable<string>,
  upTo?: bigint,
): Promise<ReadonlyMap<string, string>> {
  const unique = [...new Set(recipients)];
  const merged = await reads.index.mergedAmong(unique);
  const ids = new Map(unique.filter((recipient) => !merged.has(recipient)).map((recipient) => [recipient, recipient]));
  for (const recipient of unique) {
    if (ids.has(recipient)) continue;
    const linked = await reads.index.mergedWith(recipient);
    const streams = new Map(
      await Promise.all(
        linked.map(async (id) => [`recipient-${id}`, await reads.streams.read(`recipient-${id}`, upTo)] as const),
      ),
    );
    const person = [...personAmong(recipient, linked, streams)].sort();
    for (const id of person) ids.set(id, person[0] ?? recipient);
  }
  return ids;
}
