import { availableParallelism, constants, platform, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { eventCatalogue } from '../../facts/event-catalogue.js';
import { ClosedLog } from '../../kernel/event-sourcing/closed-log.js';
import { Codec } from '../../kernel/event-sourcing/codec.js';
import { systemClock } from '../../kernel/time/clock.js';
import { LocalJudge } from '../assessments/episode-judge.js';
import { IndexProjection } from '../index/index-projection.js';
import { END_REBUILD, type RebuildMessage, type RebuildSetup } from './background-rebuild.js';
import type { RebuildProgress } from './projection.js';
import { openViews } from './stored-views.js';
import { openEventStore, openViewStore } from '../../stores/open-stores.js';
import { ThreadedJudge } from '../threads/threaded-judge.js';

// A thread that builds views anew beside those that answer. It has connections of its own and holds no key.
const port = parentPort;
if (!port) throw new Error('rebuild-worker runs as a worker thread');
const { config, views: wanted } = workerData as RebuildSetup;
const tell = (message: RebuildMessage): void => port.postMessage(message);

// Whoever asks the register comes first. On Linux a priority is a thread's own, and threads that are started here take
// it over; elsewhere it would be the whole process's.
if (platform() === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

const ended = new AbortController();
port.on('message', (message) => {
  if (message === END_REBUILD) ended.abort();
});

const store = await openEventStore(config, { readOnly: true });
const views = await openViewStore(config);
const log = new ClosedLog(store, new Codec(eventCatalogue));
const index = await IndexProjection.open(views, log, eventCatalogue);
const judge = new ThreadedJudge(config, availableParallelism(), new LocalJudge(log, index));
const source = { views, store, log, index, judge, clock: systemClock, poison: 'park' } as const;
for (const { name, projection, rebuild } of await openViews(source)) {
  if (!wanted.includes(name)) continue;
  try {
    const onProgress = (progress: RebuildProgress): void => tell({ view: name, progress });
    tell({ view: name, done: await rebuild({ signal: ended.signal, onProgress }) });
    await projection.followActive();
  } catch (error) {
    tell({ view: name, failed: error instanceof Error ? error.message : 'unknown error' });
    break;
  }
}
await judge.close();
await views.close();
await store.close();
port.close();
