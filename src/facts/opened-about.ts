import { categoryOf, streamIdOf } from '../kernel/event-sourcing/envelope.js';
import { CARE_EPISODE, GRANT, LOG_REVIEW } from './categories.js';

type Data = Readonly<Record<string, unknown>>;

/**
 * Whom a stream is about, as the entry says that opens it: whose key seals what is personal in it. A grant is about the
 * employee who holds it, so that it is forgotten with her.
 * @returns a person's id, or the stream's own where it is about nobody the register knows
 */
export function subjectOfOpening(stream: string, data: Data): string {
  const category = categoryOf(stream);
  if (category === CARE_EPISODE) return String(data['recipient']);
  const holder = category === GRANT ? (data['holder'] as Data)['staff'] : undefined;
  return typeof holder === 'string' ? holder : streamIdOf(stream);
}

/** Categories of streams that are of the controller whose the unit is that their first entry names. */
export const OF_A_UNIT: ReadonlySet<string> = new Set([CARE_EPISODE, LOG_REVIEW]);
