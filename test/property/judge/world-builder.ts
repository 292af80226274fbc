import { dayOf, formatDay } from '../../../src/kernel/time/day.js';
import type { Line, World } from './world.js';

/** The free choices of one step; each is taken modulo what there is to choose from, so that any number is a valid choice. */
export interface Picks {
  readonly day: number;
  readonly where: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

export type Data = Readonly<Record<string, unknown>>;
export type Named = 'offer' | 'assignment' | 'plan' | 'consent' | 'representative' | 'request' | 'agreement';

/** What may be known ahead (⏩ in contract §1). */
const AHEAD = new Set(
  (
    'UnitOpened UnitManagerAppointed UnitClosed PolicyAdopted EmploymentStarted EmploymentEnded StaffMovedUnit LeaveStarted LeaveEnded ' +
    'CareEpisodeStarted CareEpisodeMovedUnit ServicesChanged CareEpisodePaused CareEpisodeResumed CareEpisodeEnded ContactAssigned ' +
    'ContactReplaced ContactEnded ContactAbsenceStarted ContactAbsenceEnded PrivateFundsAgreementEnded'
  ).split(' '),
);
const KIND_DIGIT = {
  controller: 1,
  unit: 2,
  staff: 3,
  recipient: 4,
  careEpisode: 5,
  offer: 6,
  assignment: 7,
  plan: 8,
  consent: 9,
  representative: 'a',
  request: 'b',
  agreement: 'c',
  unknown: 'f',
};

/** One of the list, or undefined when it is empty. */
export function pick<T>(from: readonly T[], choice: number): T | undefined {
  return from[choice % Math.max(from.length, 1)];
}

/** As {@link pick}, of a list that is never empty. */
export function oneOf<T>(from: readonly [T, ...T[]], choice: number): T {
  return pick(from, choice) ?? from[0];
}

/** A readable UUID: what it names, and its number. */
export function idOf(kind: keyof typeof KIND_DIGIT, number: number): string {
  return `${KIND_DIGIT[kind]}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** A history under construction: it knows what each later line may refer to and which dates it may bear. */
export class WorldBuilder {
  readonly lines: Line[] = [];
  private readonly named: {
    readonly kind: Named;
    readonly id: string;
    readonly line: number;
    readonly stream: string;
  }[] = [];
  private readonly past: readonly string[];

  /** @param days the few days of this world; at least one of them is not after today. */
  constructor(
    readonly today: string,
    readonly days: readonly string[],
  ) {
    this.past = days.filter((day) => day <= today);
  }

  /** A day that a fact of this type may bear. */
  dayFor(type: string, choice: number): string {
    const latest = formatDay(dayOf(this.today) + 366);
    const allowed = AHEAD.has(type) ? this.days.filter((day) => day <= latest) : this.past;
    return pick(allowed, choice) ?? this.today;
  }

  /** Any day of the world: what is planned may lie ahead without limit. */
  anyDay(choice: number): string {
    return pick(this.days, choice) ?? this.today;
  }

  /** A day that is not after today: what is not planned may not lie ahead. */
  pastDay(choice: number): string {
    return pick(this.past, choice) ?? this.today;
  }

  /** Adds a line; its ref is its number. `names` is the thing that the line brings into being. */
  add(type: string, stream: string, effectiveOn: string, data: Data, names?: Named): Line {
    const line: Line = {
      ref: String(this.lines.length),
      type,
      stream,
      effectiveOn,
      actor: { id: 'a1', role: 'MANAGER' },
      data,
    };
    if (names !== undefined) this.named.push({ kind: names, id: String(data[names]), line: this.lines.length, stream });
    this.lines.push(line);
    return line;
  }

  /** The ids of this kind that lines before this one brought into being, in this stream or (without one) anywhere. */
  known(kind: Named, before: number, stream?: string): readonly string[] {
    return this.named
      .filter((each) => each.kind === kind && each.line < before && (stream === undefined || each.stream === stream))
      .map((each) => each.id);
  }

  /** A new id of this kind. */
  fresh(kind: Named): string {
    return idOf(kind, this.named.length + 1);
  }

  /** References to the lines of these types in a stream, before this line. */
  entries(stream: string, before: number, types: readonly string[]): readonly { readonly ref: string }[] {
    return this.lines
      .slice(0, before)
      .filter((line) => line.stream === stream && types.includes(line.type))
      .map((line) => ({ ref: line.ref }));
  }

  /** The ids of all streams of a category. */
  streams(category: 'controller' | 'unit' | 'staff' | 'recipient' | 'careEpisode'): readonly string[] {
    const openings = {
      controller: 'ControllerRegistered',
      unit: 'UnitOpened',
      staff: 'StaffRegistered',
      recipient: 'RecipientRegistered',
      careEpisode: 'CareEpisodeStarted',
    };
    return this.lines
      .filter((line) => line.type === openings[category])
      .map((line) => line.stream.slice(category.length + 1));
  }

  /**
   * The finished world.
   * @param together how many lines share an instant
   * @param back the clock is set back by so many milliseconds after every ninth line; 0 is a clock that never runs backwards
   */
  build(together: number, back: number): World {
    const first = Date.parse(`${this.today}T06:00:00.000Z`);
    const at = (index: number): number => first + Math.floor(index / together) * 1000 - Math.floor(index / 9) * back;
    return {
      today: this.today,
      lines: this.lines,
      recordedAt: this.lines.map((_, index) => new Date(at(index)).toISOString()),
    };
  }
}
