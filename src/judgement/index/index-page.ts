import { categoryOf, type RecordedEvent, streamIdOf } from '../../kernel/event-sourcing/envelope.js';
import type { EventCatalogue } from '../../kernel/event-sourcing/event-catalogue.js';
import type { EventLog, LogPage } from '../../kernel/event-sourcing/event-log.js';
import { type StampRun, stampRuns } from '../../kernel/event-sourcing/knowledge.js';
import type { Reached } from '../../kernel/projections/checkpointed-writer.js';
import type { Row } from '../../kernel/view-store/view-store.js';
import { type IndexedEntry, linksOf, type Thing, thingsOf } from './index-fold.js';

/**
 * What entries that follow each other add to the index. The names of things are in it as given: which are new, the
 * index knows.
 */
export interface FoldedEntries {
  readonly streams: readonly Row[];
  readonly links: readonly Row[];
  readonly shared: readonly Row[];
  readonly things: readonly Thing[];
}

/** A page of the log folded. */
export interface FoldedPage extends FoldedEntries {
  /** How many records it has; 0 at the end of the log. */
  readonly count: number;
  /** Where the page ends, its facts counted from its beginning; undefined at the end of the log. */
  readonly end?: Reached;
  /** When its records were recorded, those too that nobody can read. */
  readonly stamps: readonly StampRun[];
}

/** Gives the pages of a log folded, read here or in other threads. */
export interface FoldedPages {
  /** The page after a position, of so many records at most. */
  page(after: bigint, limit: number): Promise<FoldedPage>;
}

/** Reads and folds in the calling thread. */
export class LocalPages implements FoldedPages {
  constructor(
    private readonly log: Pick<EventLog, 'readPage'>,
    private readonly catalogue: EventCatalogue,
  ) {}

  async page(after: bigint, limit: number): Promise<FoldedPage> {
    return foldPage(await this.log.readPage(after, limit), this.catalogue);
  }
}

function foldPage({ events, unreadable, last, count }: LogPage, catalogue: EventCatalogue): FoldedPage {
  if (!last) return { streams: [], links: [], shared: [], things: [], stamps: [], count: 0 };
  const records =
    unreadable.length === 0 ? events : [...events, ...unreadable].sort((a, b) => (a.position < b.position ? -1 : 1));
  const end = { position: last.position, recordedAt: last.recordedAt, facts: count };
  return {
    ...foldEntries(events, events.filter(isShared), unreadable, catalogue),
    stamps: stampRuns(records),
    end,
    count,
  };
}

/**
 * @param shared those of the entries that belong to controllers, units and policies, as they were recorded
 * @param unreadable entries among them that nobody can read: a stream that such a one opens is there, though it is not
 * known whose it is
 */
export function foldEntries(
  entries: readonly IndexedEntry[],
  shared: readonly RecordedEvent[],
  unreadable: LogPage['unreadable'],
  catalogue: EventCatalogue,
): FoldedEntries {
  const opens = (type: string): boolean => catalogue.get(type)?.opens ?? false;
  const streams: Row[] = [];
  const links: Row[] = [];
  const things: Thing[] = [];
  for (const entry of entries) {
    if (opens(entry.type))
      streams.push({
        category: categoryOf(entry.stream),
        id: streamIdOf(entry.stream),
        subject: entry.subject ?? null,
        controller: entry.controller ?? null,
      });
    for (const link of linksOf(entry)) links.push({ ...link });
    things.push(...thingsOf(entry, catalogue));
  }
  for (const { type, stream } of unreadable)
    if (opens(type))
      streams.push({ category: categoryOf(stream), id: streamIdOf(stream), subject: null, controller: null });
  return {
    streams,
    links,
    things,
    shared: shared.map((event) => ({
      stream: event.stream,
      revision: Number(event.revision),
      event: { ...event, revision: String(event.revision), position: String(event.position) },
    })),
  };
}

const SHARED = ['controller', 'unit', 'policy'];

/** Whether an entry is of a stream that many rest on. */
export function isShared({ stream }: { readonly stream: string }): boolean {
  return SHARED.includes(categoryOf(stream));
}
