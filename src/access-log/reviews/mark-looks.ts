import { LRUCache } from 'lru-cache';
import { Temporal } from 'temporal-polyfill';
import { civilDateOf, TIME_ZONE } from '../../kernel/time/clock.js';
import type { AccessRecord } from '../access-record.js';
import { type OrdinaryHours, type Reader, type Seen, type StandOut, standsOut, usualMost } from './stand-out.js';

/** One look at one person. */
export interface MarkedLook {
  readonly record: AccessRecord;
  readonly recipient: string;
  /** Empty for most. */
  readonly standsOut: readonly StandOut[];
}

/** What a review knows of people besides the log: all that was read beforehand, so that marking is reckoning alone. */
export interface ReviewKnowledge {
  /** @param day `YYYY-MM-DD`, the day of the look */
  reader(id: string, day: string): Reader;
  seen(recipient: string, day: string): Seen;
  /** How often a reader looked at a person in the period; asked where nobody had care alone. */
  timesInPeriod(reader: string, recipient: string): number;
  readonly ordinaryHours: OrdinaryHours;
}

/**
 * The looks of a sample at the persons of a unit, oldest first, each with the reasons for which it stands out.
 * @param sample the records that were drawn
 * @param isReviewed whether a recipient is one of the unit's persons on a day, `YYYY-MM-DD`
 * @param around all records of the days that the sample is of, by whomever and about whomever: what is usual is seen there
 */
export function markLooks(
  sample: readonly AccessRecord[],
  isReviewed: (recipient: string, day: string) => boolean,
  around: readonly AccessRecord[],
  knowledge: ReviewKnowledge,
): MarkedLook[] {
  const days = new Days(around);
  return sample.flatMap((record) => {
    const day = civilDateOf(record.at);
    const reader = knowledge.reader(record.who.id, day);
    const ofDay = days.of(record, day);
    return record.persons
      .filter((recipient) => isReviewed(recipient, day))
      .map((recipient) => ({
        record,
        recipient,
        standsOut: standsOut(record, reader, knowledge.seen(recipient, day), {
          ...ofDay,
          timesInPeriod: knowledge.timesInPeriod(record.who.id, recipient),
          timeOfDay: timeOfDay(record.at),
          ordinaryHours: knowledge.ordinaryHours,
        }),
      }));
  });
}

interface ReaderDay {
  readonly role: string;
  readonly persons: Set<string>;
  refused: number;
}

/** What each reader did on each day, and what is usual for her role. */
class Days {
  private readonly days = new Map<string, ReaderDay>();
  private readonly usual = new Map<string, number>();

  constructor(records: readonly AccessRecord[]) {
    for (const record of records) {
      const day = this.dayOf(record, civilDateOf(record.at));
      if (isRefusal(record)) day.refused += 1;
      else for (const person of record.persons) day.persons.add(person);
    }
    const byRole = new Map<string, number[]>();
    for (const { role, persons } of this.days.values()) {
      const sizes = byRole.get(role);
      if (sizes) sizes.push(persons.size);
      else byRole.set(role, [persons.size]);
    }
    for (const [role, sizes] of byRole) this.usual.set(role, usualMost(sizes));
  }

  of(record: AccessRecord, day: string) {
    const { persons, refused, role } = this.dayOf(record, day);
    return { personsThatDay: persons.size, refusedThatDay: refused, usualMost: this.usual.get(role) ?? Infinity };
  }

  private dayOf({ who }: AccessRecord, day: string): ReaderDay {
    const role = who.role ?? who.kind;
    const key = `${who.id} ${role} ${day}`;
    let known = this.days.get(key);
    if (!known) this.days.set(key, (known = { role, persons: new Set(), refused: 0 }));
    return known;
  }
}

/** Whether she was told that she may not, or that there is no such person. */
function isRefusal({ act, refused }: AccessRecord): boolean {
  return act === 'DENIED' || (refused?.startsWith('UNKNOWN_') ?? false);
}

/** The hour in Stockholm of each hour of UTC that was asked for: the calendar takes long, and a day has few. */
const hours = new LRUCache<string, string>({ max: 10_000 });

/** The time of day in Stockholm, `HH:MM`: whole hours lie between it and UTC. */
function timeOfDay(instant: string): string {
  const key = instant.slice(0, 13);
  let hour = hours.get(key);
  if (hour === undefined) {
    const time = Temporal.Instant.from(`${key}:00Z`).toZonedDateTimeISO(TIME_ZONE);
    hours.set(key, (hour = String(time.hour).padStart(2, '0')));
  }
  return `${hour}${instant.slice(13, 16)}`;
}
