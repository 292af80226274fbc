import { type EntryStatus, entryStatuses } from '../../compliance-rules/resolve-entries.js';
import type { Actor } from '../../kernel/event-sourcing/envelope.js';
import type { OpenedEvent } from '../../kernel/event-sourcing/event-log.js';
import { civilDayOf } from '../../kernel/time/clock.js';
import { dayOf } from '../../kernel/time/day.js';
import type { StaffHistory, StaffMark } from './staff-histories.js';

/** One entry of a recipient's history, or of an employee that it rests on, with what became of it (contract §5). */
export interface TimelineEntry {
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  /** The employee whose entry it is: she is, or was, a contact of the recipient. */
  readonly staff?: StaffMark;
  readonly revision: string;
  readonly position: string;
  readonly effectiveOn: string;
  readonly recordedAt: string;
  readonly documentedAt?: string;
  /** It was documented, or else recorded, more than lateRegistrationDays after it became true. */
  readonly late: boolean;
  readonly lateReason?: string;
  readonly actor: Actor;
  readonly data: Readonly<Record<string, unknown>>;
  readonly status: EntryStatus['status'];
  /** The correction or annulment that holds. */
  readonly correctedBy?: string;
  /** The right day and data, on CORRECTED. */
  readonly effective?: { readonly effectiveOn: string; readonly data: Readonly<Record<string, unknown>> };
  /** The valid disputes of the entry. */
  readonly disputedBy?: readonly string[];
  /** Shown when the entry cannot be read whole: the person's key was destroyed, or the sealed fields are damaged. */
  readonly seal?: 'DESTROYED' | 'DAMAGED';
  /** Fields that stand as null because they cannot be read, or because the number is secret. */
  readonly unreadable?: readonly string[];
}

/**
 * The history of one person as one list in order of (effectiveOn, position): every entry that became true by the day,
 * or whose correction says so, also those that are corrected or annulled.
 * @param streams opened events by stream, each in position order, as known at the time that is asked for
 * @param asOf `YYYY-MM-DD`
 * @param lateAfter days after `effectiveOn` from which an entry is late, for an entry of the stream that became true on
 * the day
 * @param staff what the history rests on besides
 */
export function timeline(
  streams: ReadonlyMap<string, readonly OpenedEvent[]>,
  asOf: string,
  lateAfter: (stream: string, effectiveOn: string) => number,
  staff: readonly StaffHistory[] = [],
): TimelineEntry[] {
  const shown: { entry: TimelineEntry; position: bigint }[] = [];
  const add = (stream: string, events: readonly OpenedEvent[], of?: StaffHistory): void => {
    const statuses = entryStatuses(events);
    for (const event of events) {
      if (of && !of.told.has(event.id)) continue;
      const status = statuses.get(event.id) ?? { status: 'VALID', disputedBy: [] };
      const days = [event.effectiveOn, ...(status.effective ? [status.effective.effectiveOn] : [])];
      if (days.every((day) => day > asOf)) continue;
      const late = isLate(event, lateAfter(stream, event.effectiveOn));
      shown.push({ entry: entryOf(event, status, late, of?.staff), position: event.position });
    }
  };
  for (const [stream, events] of streams) add(stream, events);
  for (const history of staff) add(history.stream, history.events, history);
  return shown
    .sort((a, b) => compare(a.entry.effectiveOn, b.entry.effectiveOn) || compare(a.position, b.position))
    .map(({ entry }) => entry);
}

function compare<T extends string | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether an entry was written down more than so many days after it became true. */
export function isLate(event: Pick<OpenedEvent, 'documentedAt' | 'recordedAt' | 'effectiveOn'>, days: number): boolean {
  return civilDayOf(event.documentedAt ?? event.recordedAt) - dayOf(event.effectiveOn) > days;
}

/** An event as the timeline shows it. */
export function entryOf(
  event: OpenedEvent,
  { status, correctedBy, effective, disputedBy }: EntryStatus,
  late: boolean,
  staff?: StaffMark,
): TimelineEntry {
  return {
    eventId: event.id,
    type: event.type,
    stream: event.stream,
    ...(staff === undefined ? {} : { staff }),
    revision: String(event.revision),
    position: String(event.position),
    effectiveOn: event.effectiveOn,
    recordedAt: event.recordedAt,
    ...(event.documentedAt === undefined ? {} : { documentedAt: event.documentedAt }),
    late,
    ...(event.lateReason === undefined ? {} : { lateReason: event.lateReason }),
    actor: event.actor,
    data: event.data,
    status,
    ...(correctedBy === undefined ? {} : { correctedBy }),
    ...(effective === undefined ? {} : { effective }),
    ...(disputedBy.length === 0 ? {} : { disputedBy }),
    ...(event.seal === 'CLEAR' ? {} : { seal: event.seal }),
    ...(event.unreadable.length === 0 ? {} : { unreadable: event.unreadable }),
  };
}
