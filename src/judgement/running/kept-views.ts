import type { EventStore } from '../../kernel/event-store/event-store.js';
import type { AssessmentProjection } from '../assessments/assessment-projection.js';
import type { EpisodeJudge } from '../assessments/episode-judge.js';
import type { IndexProjection } from '../index/index-projection.js';
import type { BackgroundRebuild } from './background-rebuild.js';
import type { StatusSource } from './status.js';

/** The stored views with what they are made from. */
export interface KeptViews {
  readonly store: EventStore;
  readonly index: IndexProjection;
  readonly projection: AssessmentProjection;
  readonly judge: EpisodeJudge;
}

/** What is shown of the views of a running register, and how one is built anew beside what answers. */
export interface RunningViews extends StatusSource {
  /** A rebuild in the background; not with stores that live in this process's memory. */
  readonly rebuild?: BackgroundRebuild;
}

/** The injection token of {@link RunningViews}. */
export const RUNNING_VIEWS = Symbol('RUNNING_VIEWS');
