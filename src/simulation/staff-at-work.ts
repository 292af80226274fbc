import type { Day } from '../kernel/time/day.js';
import type { Episode } from './episode.js';
import type { Random } from './random.js';
import { worksOn, type Worker } from './world.js';

/** Someone at work in the unit that day; its manager when nobody is. */
export function someoneAt(episode: Episode, day: Day, random: Random): Worker {
  const present = episode.unitOn(day).workers.filter((worker) => worksOn(worker, day));
  return present.length > 0 ? random.pick(present) : episode.managerOn(day);
}
