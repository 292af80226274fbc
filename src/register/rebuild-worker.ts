import { availableParallelism } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { eventCatalogue } from '../features/event-catalogue.js';
import { ClosedLog } from '../kernel/event-sourcing/closed-log.js';
import { Codec } from '../kernel/event-sourcing/codec.js';
import { systemClock } from '../kernel/time/clock.js';
import { AssessmentProjection } from '../views/projection/assessment-projection.js';
import { LocalJudge } from '../views/projection/episode-judge.js';
import { IndexProjection } from '../views/projection/index-projection.js';
import { rebuildAssessments } from '../views/projection/rebuild.js';
import { openEventStore, openViewStore, type StoreConfig } from './open-stores.js';
import type { RebuildMessage } from './background-rebuild.js';
import { ThreadedJudge } from './threaded-judge.js';

// A thread that rebuilds the assessments beside those that answer. It has connections of its own and holds no key.
const port = parentPort;
if (!port) throw new Error('rebuild-worker runs as a worker thread');
const { config } = workerData as { config: StoreConfig };
const tell = (message: RebuildMessage): void => port.postMessage(message);

const store = await openEventStore(config, { readOnly: true });
const views = await openViewStore(config);
const log = new ClosedLog(store, new Codec(eventCatalogue));
const index = await IndexProjection.open(views, log, eventCatalogue);
const judge = new ThreadedJudge(config, availableParallelism(), new LocalJudge(log, index));
try {
  const answering = await AssessmentProjection.open(views, { store, log, index, judge, clock: systemClock, poison: 'park' });
  tell({ done: await rebuildAssessments(answering, index, judge, { onProgress: (progress) => tell({ progress }) }) });
} catch (error) {
  tell({ failed: error instanceof Error ? error.message : 'unknown error' });
} finally {
  await judge.close();
  await views.close();
  await store.close();
}
