import { setTimeout as delay } from 'node:timers/promises';
import type { EventCatalogue } from '../kernel/event-sourcing/event-catalogue.js';
import type { EventLog } from '../kernel/event-sourcing/event-log.js';
import { httpProblems } from '../kernel/http/http-problems.js';
import { Problem } from '../kernel/http/problem.js';
import { thingsOf } from '../judgement/index/index-fold.js';

/** Where the names of things are looked up: in the index, and behind it in the log. */
export interface NamedThings {
  readonly index: {
    /** How far in the log the index has come. */
    refresh(): Promise<{ readonly position: bigint }>;
    definedIn(kind: string, id: string): Promise<string | undefined>;
  };
  readonly log: Pick<EventLog, 'readPage'>;
}

/** So many entries are read behind the index; with more, something is wrong with it or much is being imported. */
const TAIL = 1_000;
const PAUSE_MS = 50;
const PATIENCE_MS = 5_000;

/**
 * The stream in which a thing was brought into being. What the index has not taken in yet is read in the log, so that a
 * command never waits for the views: a policy may have every episode judged again for minutes.
 * @throws Problem STALE_READ when the index stays more than a thousand entries behind for five seconds
 */
export async function definedIn(
  { index, log }: NamedThings,
  catalogue: EventCatalogue,
  kind: string,
  id: string,
): Promise<string | undefined> {
  for (const end = performance.now() + PATIENCE_MS; ; await delay(PAUSE_MS)) {
    // In this order: what the index takes in between is found in it or in the log.
    const { position } = await index.refresh();
    const indexed = await index.definedIn(kind, id);
    if (indexed !== undefined) return indexed;
    const { events, count } = await log.readPage(position, TAIL);
    const thing = events
      .flatMap((event) => thingsOf(event, catalogue))
      .find((found) => found.kind === kind && found.id === id);
    if (thing || count < TAIL) return thing?.stream;
    if (performance.now() >= end) throw new Problem(httpProblems.STALE_READ, { headers: { 'retry-after': '2' } });
  }
}
