import type { EpisodeAssessment } from '../compliance-rules/model.js';
import type { RecordedEvent } from '../kernel/event-sourcing/envelope.js';
import type { Day } from '../kernel/time/day.js';

/** What every answer rests on (contract §5). */
export interface Basis {
  /** The knowledge time of the answer, RFC 3339 UTC. */
  readonly knownAt: string;
  /** Everything up to this log position was taken into account. */
  readonly position: bigint;
  /** The number of facts up to it. */
  readonly facts: number;
  /** recordedAt of the log's first event; undefined while the log is empty. */
  readonly registerSince?: string;
  /**
   * True when something asked for still waits to be judged again, or the log holds entries beyond `position`: the
   * answer may be behind.
   */
  readonly late: boolean;
  /** True when something asked for rests on an entry that could not be applied and was parked. */
  readonly parked: boolean;
}

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
  /** Episodes that do not exist (no valid start known at that time) are left out; order as asked. */
  ofEpisodes(
    episodes: readonly string[],
    knownAt?: string,
  ): Promise<{ readonly assessments: EpisodeAssessment[]; readonly basis: Basis }>;
  /** All episodes that are ongoing in the unit on the day. */
  ofUnit(
    unit: string,
    day: Day,
    knownAt?: string,
  ): Promise<{ readonly assessments: EpisodeAssessment[]; readonly basis: Basis }>;
}

/** An episode that a figure counts. */
export interface CountedEpisode {
  readonly episode: string;
  readonly recipient: string;
  readonly unit: string;
}

/**
 * Counts of figure stretches: how many episodes of a unit have the same set of figures on a day, as known at a time.
 */
export interface FigureCounts {
  on(
    units: readonly string[],
    day: Day,
    knownAt?: string,
  ): Promise<{
    readonly counts: { readonly unit: string; readonly mask: number; readonly count: number }[];
    readonly basis: Basis;
  }>;
  /** The episodes behind: those whose set of figures has all bits of `mask` on the day. */
  episodes(
    units: readonly string[],
    day: Day,
    mask: number,
    knownAt?: string,
  ): Promise<{ readonly episodes: CountedEpisode[]; readonly basis: Basis }>;
}

/** Streams read whole, entries sealed, cut at the knowledge time. */
export interface Streams {
  read(stream: string, knownAt?: string): Promise<RecordedEvent[]>;
  basis(knownAt?: string): Promise<Basis>;
}
