import type { RunningViews } from './kept-views.js';
import type { OpenView } from './projection.js';

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

/** The status of each view, in the order in which one rests on the other. @throws EventStoreError, ViewStoreError */
export async function projectionStatus(from: Omit<RunningViews, 'rebuild'>): Promise<ProjectionStatus[]> {
  // Another version may answer since a rebuild ended; a process at rest looks when it is asked.
  await from.runner.look();
  const waitingMs = await from.runner.waitingFor();
  const status: ProjectionStatus[] = [];
  for (const view of from.projections) status.push(await standing(from, view, waitingMs));
  return status;
}

async function standing(
  { store, clock }: Omit<RunningViews, 'rebuild'>,
  { name, projection }: OpenView,
  waitingMs: number,
): Promise<ProjectionStatus> {
  const { position, facts } = await projection.refresh();
  const { view } = projection;
  // Both at one moment: a rebuild may swap what answers while the rest is looked up.
  const { version, outdated } = { version: view.version.version, outdated: view.outdated };
  const lag = Math.max(0, (store.gapless ? Number(await store.head()) : await store.count()) - facts);
  const [next] = lag === 0 ? [] : await store.readLog({ from: position, limit: 1 });
  const age = next ? Math.max(0, (Date.parse(clock.now()) - Date.parse(next.recordedAt)) / 1000) : 0;
  const waiting = (await projection.unfinished()) !== undefined;
  return {
    name,
    version,
    others: (await view.versions()).filter((other) => other !== version),
    outdated,
    position: String(position),
    facts,
    lag,
    lagSeconds: waiting ? Math.max(age, waitingMs / 1000) : age,
    waiting,
    parked: (await projection.parked()).length,
  };
}
