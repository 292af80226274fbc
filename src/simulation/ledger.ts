import { formatDay, type Day } from '../kernel/time/day.js';
import type { HistoryLine, LineActor } from './history-line.js';
import { LATE_REASONS } from './phrases.js';
import { Random } from './random.js';
import { DOCUMENTATION, OFFICE_SECONDS } from './rates.js';

const SECONDS_PER_DAY = 86_400;
const NEXT_LINE_SECONDS = 60;

/** A day later than any that is simulated: "never". */
export const FAR: Day = 1_000_000;

/**
 * A line that was written, to be named by later ones. `at` is the second it became known, infinite when that is after
 * the end.
 */
export interface Entry {
  readonly ref: string;
  readonly at: number;
}

/** What may be said of a line besides its data. */
export interface LineOptions {
  /** Lines it rests on: it becomes known after them, and not at all where one of them does not. */
  readonly after?: readonly Entry[];
  /** The day it became known, where chance shall not say so: before `on` for a fact known ahead. */
  readonly known?: Day;
  readonly actor?: LineActor;
}

/** Takes a finished line and the second at which it became known. */
export type Put = (at: number, line: HistoryLine) => void;

/**
 * Where the streams of a history write. It keeps nothing: a fact that would become known after the last day is not
 * written.
 */
export class Ledger {
  private readonly end: number;

  /** @param last the last day on which anything is written down */
  constructor(
    last: Day,
    private readonly put: Put,
  ) {
    this.end = (last + 1) * SECONDS_PER_DAY;
  }

  /** Passes the line on when it became known in time; says whether. */
  write(at: number, line: HistoryLine): boolean {
    if (at >= this.end) return false;
    this.put(at, line);
    return true;
  }
}

/** One stream of the history, with the moments at which its facts became known. */
export class Stream {
  readonly name: string;
  private readonly asides = new Map<string, Stream>();
  /** Whose first line opens the stream: this one, or that which this is an aside of. */
  private opener: Stream = this;
  private lines = 0;
  private openedAt = 0;

  /**
   * @param category the part of the stream's name before its id
   * @param label start of the refs of its lines, unique in the history
   * @param actor who writes its lines unless told otherwise
   */
  constructor(
    private readonly ledger: Ledger,
    readonly random: Random,
    private readonly category: string,
    readonly id: string,
    private readonly label: string,
    private readonly actor: LineActor,
  ) {
    this.name = `${category}-${id}`;
  }

  /**
   * The same stream for facts of one more kind, with chance and refs of their own: what is written without them stays,
   * byte for byte, as it was. One and the same for the same kind.
   * @param kind a short word, which stands in the refs
   */
  aside(kind: string): Stream {
    let aside = this.asides.get(kind);
    if (!aside) {
      const { ledger, category, id, label, actor } = this;
      aside = new Stream(ledger, new Random(`${this.name}/${kind}`), category, id, `${label}.${kind}`, actor);
      aside.opener = this;
      this.asides.set(kind, aside);
    }
    return aside;
  }

  /**
   * Writes a fact that became true on `on`. Its moment is never before the stream's opening or before what it rests on.
   */
  record(type: string, on: Day, data: HistoryLine['data'], options: LineOptions = {}): Entry {
    this.lines += 1;
    const ref = `${this.label}.${this.lines}`;
    const known = options.known ?? on + this.random.spread(DOCUMENTATION.delayDays);
    const at = this.moment(known, options.after);
    const entry = { ref, at: at < Infinity && this.put(at, type, on, ref, data, options.actor) ? at : Infinity };
    if (this.lines === 1 && this.opener === this) this.openedAt = entry.at;
    return entry;
  }

  private put(at: number, type: string, on: Day, ref: string, data: HistoryLine['data'], actor = this.actor): boolean {
    const late = Math.floor(at / SECONDS_PER_DAY) - on > DOCUMENTATION.reasonAfterDays;
    return this.ledger.write(at, {
      ref,
      type,
      stream: this.name,
      effectiveOn: formatDay(on),
      documentedAt: instant(at),
      ...(late && this.random.chance(DOCUMENTATION.reasonGiven) ? { lateReason: this.random.pick(LATE_REASONS) } : {}),
      actor,
      data,
    });
  }

  private moment(known: Day, after: readonly Entry[] = []): number {
    let floor = this.opener.openedAt;
    for (const entry of after) if (entry.at > floor) floor = entry.at;
    const proposed = known * SECONDS_PER_DAY + this.random.within(OFFICE_SECONDS);
    return proposed > floor ? proposed : floor + NEXT_LINE_SECONDS;
  }
}

/** Whether the entry was known before the day, so that what names it on that day need not wait for it. */
export function knownBefore(entry: Entry, day: Day): boolean {
  return entry.at < day * SECONDS_PER_DAY;
}

/** The civil day on which an entry became known; {@link FAR} when it never did. */
export function knownDay(entry: Entry): Day {
  return entry.at === Infinity ? FAR : Math.floor(entry.at / SECONDS_PER_DAY);
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));

function instant(at: number): string {
  const second = at % SECONDS_PER_DAY;
  const [hours, minutes, seconds] = [
    TWO_DIGITS[Math.floor(second / 3600)],
    TWO_DIGITS[Math.floor(second / 60) % 60],
    TWO_DIGITS[second % 60],
  ];
  return `${formatDay(Math.floor(at / SECONDS_PER_DAY))}T${hours}:${minutes}:${seconds}Z`;
}
