import type { EventStore } from '../../kernel/event-store/event-store.js';
import type { Clock } from '../../kernel/time/clock.js';
import type { BackgroundRebuild } from './background-rebuild.js';
import type { OpenView } from './projection.js';
import type { Runner } from './runner.js';

/** The stored views of an open register, each after those that it rests on. */
export interface KeptViews {
  readonly projections: readonly OpenView[];
}

/** What is shown of the views of a running register, and how one is built anew beside what answers. */
export interface RunningViews extends KeptViews {
  readonly store: EventStore;
  readonly runner: Runner;
  readonly clock: Clock;
  /** A rebuild in the background; not with stores that live in this process's memory. */
  readonly rebuild?: BackgroundRebuild;
}

/** The injection token of {@link RunningViews}. */
export const RUNNING_VIEWS = Symbol('RUNNING_VIEWS');
