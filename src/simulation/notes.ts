import type { Day } from '../kernel/time/day.js';
import type { Episode } from './episode.js';
import type { Entry } from './ledger.js';
import type { LineActor } from './history-line.js';
import { NOTED, NOTES_DAY } from './routine-rates.js';

const KIND = 'note';

/** Writes the note in the journal that the routine asks for about an answer, an assessment or a meeting of that day. */
export function noteInJournal(episode: Episode, on: Day, about: Entry, actor?: LineActor): void {
  if (on < NOTES_DAY) return;
  const random = episode.chanceOf(KIND);
  if (!random.chance(NOTED.noted)) return;
  const data = { document: 'JOURNAL', about: { ref: about.ref } };
  episode.writeAside(KIND, 'RecordedInDocument', on + random.spread(NOTED.days), data, { after: [about], actor });
}
