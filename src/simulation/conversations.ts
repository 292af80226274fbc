import type { Day } from '../kernel/time/day.js';
import type { Attendee } from './attendees.js';
import type { Episode } from './episode.js';
import { knownBefore } from './ledger.js';
import { UNDERSTOOD_TEXTS } from './phrases.js';
import { CONVERSATIONS } from './routine-rates.js';
import type { Worker } from './world.js';

/**
 * What is written of a conversation about the contact besides its six items: further items, who led it, what was wished
 * about relatives, how it showed that the information was understood.
 * @param items those of the six that were gone through
 */
export function conversation(
  episode: Episode,
  on: Day,
  by: Worker,
  items: readonly string[],
  attendees: readonly Attendee[],
): Readonly<Record<string, unknown>> {
  const random = episode.chanceOf('conversation');
  const further = CONVERSATIONS.furtherItems.flatMap(([item, share]) => (random.chance(share) ? [item] : []));
  const wish = attendees.some(({ kind }) => kind === 'RELATIVE') ? 'INFORM' : random.weighted(CONVERSATIONS.wishes);
  const asked = items.includes('RELATIVES_ASKED') && random.chance(CONVERSATIONS.relativesWish);
  const shown = items.includes('UNDERSTOOD') && random.chance(CONVERSATIONS.understoodHow);
  return {
    items: [...items, ...further],
    ...(random.chance(CONVERSATIONS.by) && knownBefore(by.registered, on) ? { by: by.id } : {}),
    ...(asked ? { relativesWish: wish } : {}),
    ...(shown ? { understoodHow: random.pick(UNDERSTOOD_TEXTS) } : {}),
  };
}
