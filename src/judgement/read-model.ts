import type { EpisodeAssessment } from '../compliance-rules/model.js';
import type { RecordedEvent } from '../kernel/event-sourcing/envelope.js';
import type { Day } from '../kernel/time/day.js';
import type { FigureName, FigureSet } from './figures/figure-names.js';

/**
 * The part of the log that an answer rests on: all up to one position, named by an instant that means the same for
 * ever.
 */
export interface Known {
  /** The knowledge instant of the last entry that was taken in, RFC 3339 UTC with six decimals. */
  readonly knownAt: string;
  /** The knowledge time that was asked for, as it was given; absent where none was. */
  readonly requestedKnownAt?: string;
  /**
   * Whether the log goes on behind what was known then, so that the same question is answered the same for ever; absent
   * where none was asked for.
   */
  readonly closed?: boolean;
  readonly position: bigint;
  /** The number of facts up to it. */
  readonly facts: number;
  /** recordedAt of the log's first event; undefined while the log is empty. */
  readonly registerSince?: string;
  /** True when the log held more when the question came than was taken in, and that may have changed the answer. */
  readonly late: boolean;
}

/** What every answer rests on (contract §5), and what it lacks. */
export interface Basis extends Known {
  /** True when something asked for still waits to be judged again. */
  readonly waiting: boolean;
  /** True when something asked for rests on an entry that could not be applied and was parked. */
  readonly parked: boolean;
}

/** Says which part of the log a question is about. */
export interface Knowledge {
  /**
   * @param asked RFC 3339: an instant that an answer named means the part of the log that it rested on; one with at
   *   most three decimals all that had been recorded by then. Default all that is there.
   * @throws Problem KNOWN_AT_AHEAD
   */
  at(asked?: string): Promise<Known>;
  /** As {@link at}, but with everything up to a position that may lie behind what the views have taken in. */
  through(position: bigint): Promise<Known>;
  /** From which register, and from which log of it, what is told up to a position comes. */
  provenance(known: UpTo): Promise<Provenance>;
}

/** What ties a saved answer to the log that it was made from. */
export interface Provenance {
  /** The register's id. */
  readonly register: string;
  /** The leaf of the last entry in the tree that is sealed, in hexadecimal; null where nothing is known. */
  readonly leaf: string | null;
}

/** A part of the log from its beginning. */
export type UpTo = Pick<Known, 'position'>;

/**
 * Which streams belong together. Everything that was ever said is in it (also what was corrected or annulled since):
 * a superset to load from, never an answer by itself.
 */
export interface RegisterIndex {
  /**
   * The entries of controllers, units and policies, which many answers need and which are few: looked up, not read from
   * the log.
   */
  readonly shared: Pick<Streams, 'read'>;
  /** The recipient itself and all that merges link it with, directly or through others. */
  mergedWith(recipient: string): Promise<string[]>;
  /** Those of the recipients whom a merge links with another. */
  mergedAmong(recipients: readonly string[]): Promise<ReadonlySet<string>>;
  episodesOf(recipients: readonly string[]): Promise<string[]>;
  episodesOfUnit(unit: string): Promise<string[]>;
  staffOfUnit(unit: string): Promise<string[]>;
  /** Units that name the controller as their own or as the one that commissions them. */
  unitsOf(controller: string): Promise<string[]>;
  /** Units that ever named the staff member as their manager. */
  unitsManagedBy(staff: string): Promise<string[]>;
  /** Episodes whose contact the staff member ever was. */
  episodesOfStaff(staff: string): Promise<string[]>;
  /** Grants that name the staff member as who holds them. */
  grantsOf(staff: string): Promise<string[]>;
  grantsAt(controller: string): Promise<string[]>;
  inspectionsAt(controller: string): Promise<string[]>;
  /** Staff members who were ever registered with an HSA-id. */
  staffWithHsaId(hsaId: string): Promise<string[]>;
  /** Ids of all streams of a category in order of id, a page after `after`. */
  streams(category: string, page: { readonly after?: string; readonly limit: number }): Promise<string[]>;
  /** Who a stream is about and whose it is, as its first entry said; undefined when the stream is not open. */
  contextOf(stream: string): Promise<StreamContext | undefined>;
  /** The contexts of those of the streams that are open. */
  contextsOf(streams: readonly string[]): Promise<ReadonlyMap<string, StreamContext>>;
  /** The stream in which an offer, assignment, plan, consent or representative was brought into being. */
  definedIn(kind: string, id: string): Promise<string | undefined>;
}

/** What every entry of a stream carries in its envelope. */
export interface StreamContext {
  /** Whose key seals its personal data: recipient, employee, or the stream's own id where it is about no person. */
  readonly subject: string;
  readonly controller: string;
}

/** The judgement of episodes, as known now (looked up) or at an earlier time (replayed). */
export interface Assessments {
  /**
   * Episodes that do not exist (no valid start is known) are left out; order as asked. `parked`: some cannot be judged.
   */
  ofEpisodes(
    episodes: readonly string[],
    known: UpTo,
  ): Promise<{ readonly assessments: EpisodeAssessment[]; readonly parked: boolean }>;
  /** The same answer for many episodes, looked up where the views tell just what was known. */
  ofMany(
    episodes: readonly string[],
    known: UpTo,
  ): Promise<{ readonly assessments: EpisodeAssessment[]; readonly parked: boolean }>;
  /** All episodes that are ongoing in the unit on the day. */
  ofUnit(
    unit: string,
    day: Day,
    knownAt?: string,
  ): Promise<{ readonly assessments: EpisodeAssessment[]; readonly basis: Basis }>;
}

/** An episode that figures count, and which. */
export interface CountedEpisode {
  readonly episode: string;
  readonly recipient: string;
  readonly unit: string;
  readonly figures: readonly FigureName[];
}

/**
 * Counts of figure stretches: how many episodes of a unit have the same set of figures on a day, as known at a time.
 */
export interface FigureCounts {
  /** What the figures rest on when this is asked; see {@link Knowledge.at}. */
  known(asked?: string): Promise<Known>;
  /** As {@link known}, up to the nth fact of the log, or to as many as are taken in. */
  ofFacts(facts: number): Promise<Known>;
  on(
    units: readonly string[],
    day: Day,
    known: Known,
  ): Promise<{
    readonly counts: { readonly unit: string; readonly figures: FigureSet; readonly count: number }[];
    readonly basis: Basis;
  }>;
  /** The episodes behind the counts. */
  episodes(
    units: readonly string[],
    day: Day,
    known: Known,
  ): Promise<{ readonly episodes: CountedEpisode[]; readonly basis: Basis }>;
}

/** Streams read whole, entries sealed; `upTo` leaves out what lies behind that log position. */
export interface Streams {
  read(stream: string, upTo?: bigint): Promise<RecordedEvent[]>;
}
