import type { EventStore } from '../../kernel/event-store/event-store.js';
import type { VersionedView } from '../../kernel/projections/versioned-view.js';
import type { Reached } from '../../kernel/projections/checkpointed-writer.js';
import type { Clock } from '../../kernel/time/clock.js';
import type { AssessmentProjection } from '../assessments/assessment-projection.js';
import type { IndexProjection } from '../index/index-projection.js';
import type { Runner } from './runner.js';

/** Where a view stands. */
export interface ProjectionStatus {
  readonly name: string;
  /** The version that answers. */
  readonly version: string;
  /** Versions that lie there and do not answer. */
  readonly others: readonly string[];
  /** Made by an older program; it answers until a rebuild is done. */
  readonly outdated: boolean;
  readonly position: string;
  readonly facts: number;
  /** Events of the log that are not taken in yet. */
  readonly lag: number;
  /** How old the oldest of them is; with none, for how long this process has seen something wait to be judged. */
  readonly lagSeconds: number;
  /** Something is taken in but not judged yet. */
  readonly waiting: boolean;
  readonly parked: number;
}

/** What the status of the views is told from. */
export interface StatusSource {
  readonly store: EventStore;
  readonly index: IndexProjection;
  readonly projection: AssessmentProjection;
  readonly runner: Runner;
  readonly clock: Clock;
}

/** The status of both views, the index first. @throws EventStoreError, ViewStoreError */
export async function projectionStatus(from: StatusSource): Promise<ProjectionStatus[]> {
  const { index, projection, runner } = from;
  const waitingMs = await runner.waitingFor();
  const assessments = await standing(from, projection.view, await projection.refresh());
  return [
    { ...(await standing(from, index.view, await index.refresh())), waiting: false, parked: 0 },
    {
      ...assessments,
      lagSeconds: Math.max(assessments.lagSeconds, waitingMs / 1000),
      waiting: (await projection.waiting()) !== undefined,
      parked: (await projection.parked()).length,
    },
  ];
}

async function standing(
  { store, clock }: StatusSource,
  view: VersionedView,
  { position, facts }: Reached,
): Promise<Omit<ProjectionStatus, 'waiting' | 'parked'>> {
  const { version } = view.version;
  const lag = Math.max(0, (store.gapless ? Number(await store.head()) : await store.count()) - facts);
  const [next] = lag === 0 ? [] : await store.readLog({ from: position, limit: 1 });
  return {
    name: view.definition.name,
    version,
    others: (await view.versions()).filter((other) => other !== version),
    outdated: view.outdated,
    position: String(position),
    facts,
    lag,
    lagSeconds: next ? Math.max(0, (Date.parse(clock.now()) - Date.parse(next.recordedAt)) / 1000) : 0,
  };
}
