import type { RecordedEvent } from '../../kernel/event-sourcing/envelope.js';
import type { EventLog, LogPage } from '../../kernel/event-sourcing/event-log.js';

const PAGE = 500;
/** Neighbours are read together: so many places are looked at, each with some entries after it. */
const NEIGHBOURS = 10;

/** Which entries are looked at: all of them, or about so many from all over the log. */
export type Extent =
  { readonly all: true } | { readonly sample: number; /** From 0 up to 1. */ readonly random: () => number };

/** Goes through the log, or through a sample of it, page by page. */
export async function* pagesOf(log: EventLog, head: bigint, extent: Extent): AsyncGenerator<LogPage> {
  if ('all' in extent) {
    for (let after = 0n; ;) {
      const page = await log.readPage(after, PAGE);
      if (!page.last) return;
      yield page;
      after = page.last.position;
    }
  }
  const places = Math.ceil(extent.sample / NEIGHBOURS);
  for (let place = 0; place < places; place += 1) {
    // Of positions that have gaps the next entry is taken.
    const after = (head * BigInt(Math.floor(((place + extent.random()) / places) * 1_000_000))) / 1_000_000n;
    yield log.readPage(after < head ? after : head - 1n, NEIGHBOURS);
  }
}

/** The episodes among entries, each once. */
export function episodesAmong(events: readonly Pick<RecordedEvent, 'stream'>[]): string[] {
  const PREFIX = 'careEpisode-';
  return [
    ...new Set(
      events.filter(({ stream }) => stream.startsWith(PREFIX)).map(({ stream }) => stream.slice(PREFIX.length)),
    ),
  ];
}
