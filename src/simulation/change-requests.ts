import type { Day } from '../kernel/time/day.js';
import type { Assignment } from './assignments.js';
import type { Episode } from './episode.js';
import type { Entry } from './ledger.js';
import { WISH_TEXTS } from './phrases.js';
import { REQUESTS } from './routine-rates.js';
import { managerActor, perYear } from './world.js';

const KIND = 'wish';

/** Writes the wish that came before a change on `on`, mostly, and that it was met by a successor. */
export function requestBefore(episode: Episode, former: Assignment, on: Day, next: Assignment, words?: string): void {
  const random = episode.chanceOf(KIND);
  if (!random.chance(REQUESTS.writtenBeforeChange)) return;
  const asked = request(episode, former, Math.max(former.from, on - random.within(REQUESTS.beforeChangeDays)), words);
  close(episode, asked, next.from, 'CHANGED', [next.entry]);
}

/** Writes the wishes of a contact's time, up to `until`, that did not lead to another. */
export function otherRequests(episode: Episode, contact: Assignment, until: Day): void {
  const random = episode.chanceOf(KIND);
  for (const on of perYear(random, REQUESTS.otherPerYear, contact.from + 1, until)) {
    const asked = request(episode, contact, on, random.chance(REQUESTS.inWords) ? random.pick(WISH_TEXTS) : undefined);
    if (random.chance(REQUESTS.leftOpen)) continue;
    close(episode, asked, on + random.spread(REQUESTS.closedDays), random.weighted(REQUESTS.outcomes));
  }
}

interface Request {
  readonly id: string;
  readonly entry: Entry;
}

function request(episode: Episode, contact: Assignment, on: Day, words?: string): Request {
  const id = episode.chanceOf(KIND).uuid();
  const data = { request: id, assignment: contact.id, ...(words === undefined ? {} : { reasonText: words }) };
  return { id, entry: episode.writeAside(KIND, 'ContactChangeRequested', on, data, { after: [contact.entry] }) };
}

function close(episode: Episode, asked: Request, on: Day, outcome: string, after: readonly Entry[] = []): void {
  episode.writeAside(
    KIND,
    'ContactChangeRequestClosed',
    on,
    { request: asked.id, outcome },
    { after: [asked.entry, ...after], actor: managerActor(episode.unitOn(on), on) },
  );
}
