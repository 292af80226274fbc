import type { EventLog } from '../../kernel/event-sourcing/event-log.js';
import type { EventStore } from '../../kernel/event-store/event-store.js';
import type { Reached } from '../../kernel/projections/checkpointed-writer.js';
import type { VersionedView, ViewDefinition } from '../../kernel/projections/versioned-view.js';
import type { Clock } from '../../kernel/time/clock.js';
import type { ViewStore } from '../../kernel/view-store/view-store.js';
import type { EpisodeJudge } from '../assessments/episode-judge.js';
import type { PoisonPolicy } from '../assessments/parking.js';
import type { IndexProjection } from '../index/index-projection.js';

/** A stored view while it is kept current: what the runner, the status and the operations need of each. */
export interface Projection {
  readonly view: VersionedView;
  readonly reached: Reached;
  /** Whether this process may {@link step} it, as far as it knows. Always, for one that whoever needs it brings on. */
  readonly ours: boolean;
  /** @throws ViewsDoNotFit when it was made from another log than this */
  assertFits(): Promise<void>;
  /** Looks where the version stands, also when another process writes it. */
  refresh(): Promise<Reached>;
  /**
   * Reads and writes another version from now on when a rebuild made one the one that answers.
   * @returns true when it did
   */
  followActive(): Promise<boolean>;
  /** Makes it {@link ours}, on top of whoever wrote it before. */
  becomeRunner(): Promise<void>;
  /**
   * Does one bounded piece of work and writes it.
   * @returns false when there was nothing to do
   * @throws CheckpointMoved when another runner took over
   */
  step(): Promise<boolean>;
  /** What is taken in and not worked through, in words that change as it is; undefined when nothing is. */
  unfinished(): Promise<string | undefined>;
  /** Whether its rows tell everything up to a position. */
  holds(position: bigint): Promise<boolean>;
  /** In how many milliseconds there is something to do by time alone; undefined for never. */
  dueIn(): Promise<number | undefined>;
  /** What could not be worked through and is put aside. */
  parked(): Promise<readonly unknown[]>;
}

/** What views are opened over. */
export interface ViewSource {
  readonly views: ViewStore;
  readonly store: EventStore;
  readonly log: Pick<EventLog, 'register' | 'readPage'>;
  readonly index: IndexProjection;
  readonly judge: EpisodeJudge;
  readonly clock: Clock;
  readonly poison: PoisonPolicy;
}

/** How far a rebuild has come. */
export interface RebuildProgress {
  readonly version: string;
  /** Events or episodes done, and of how many. */
  readonly done: number;
  readonly total: number;
  readonly perSecond: number;
  /** Seconds that are left at this rate; undefined before there is a rate. */
  readonly secondsLeft?: number;
}

export interface RebuildOptions {
  readonly onProgress?: (progress: RebuildProgress) => void;
  /** How many episodes of the new version are judged again and compared before it may answer. */
  readonly sample?: number;
  /** Ends the rebuild after the piece of work under way; what is done stays and is gone on from. */
  readonly signal?: AbortSignal;
}

export interface RebuildResult {
  readonly version: string;
  readonly before: string;
  readonly position: bigint;
  readonly seconds: number;
  readonly compared: number;
}

/** A stored view of an open register. */
export interface OpenView {
  readonly name: string;
  readonly stored: StoredView;
  readonly projection: Projection;
  /** Builds it anew beside the version that answers, and swaps. @throws RebuildEnded, CheckpointMoved and its own */
  rebuild(options?: RebuildOptions): Promise<RebuildResult>;
}

/** A stored view as the program knows it. */
export interface StoredView {
  readonly definition: ViewDefinition;
  /** @throws ViewsOfAnotherRegister, ViewStoreError */
  open(from: ViewSource): Promise<Omit<OpenView, 'name' | 'stored'>>;
}
