import { parentPort, workerData } from 'node:worker_threads';
import { eventCatalogue } from '../../facts/event-catalogue.js';
import { ClosedLog } from '../../kernel/event-sourcing/closed-log.js';
import { Codec } from '../../kernel/event-sourcing/codec.js';
import { tellError } from '../../kernel/threads/thread-error.js';
import { LocalJudge } from '../assessments/episode-judge.js';
import { LocalPages } from '../index/index-page.js';
import { IndexProjection } from '../index/index-projection.js';
import type { JudgeAnswer, JudgeRequest, JudgeSetup } from './judge-protocol.js';
import { openEventStore, openViewStore } from '../../stores/open-stores.js';
import { pack, type PackedEpisodes } from './packed-episodes.js';

// A thread that derives rows and folds pages of the log. It has connections of its own, reads only, and holds no key.
const port = parentPort;
if (!port) throw new Error('judge-worker runs as a worker thread');

const { config } = workerData as JudgeSetup;
const store = await openEventStore(config, { readOnly: true });
const views = await openViewStore(config);
const log = new ClosedLog(store, new Codec(eventCatalogue));
const index = await IndexProjection.open(views, log, eventCatalogue);
const judge = new LocalJudge(log, index);
const pages = new LocalPages(log, eventCatalogue);
let upTo = 0n;

let last: Promise<void> = Promise.resolve();
port.on('message', (request: JudgeRequest) => {
  last = last.then(() => (request === 'end' ? end() : answer(request)));
});

async function end(): Promise<void> {
  await views.close();
  await store.close();
  port?.close();
}

async function answer(request: Exclude<JudgeRequest, 'end'>): Promise<void> {
  if ('move' in request) {
    upTo = request.move.upTo;
    judge.moveTo(request.move.upTo, request.move.grown && new Set(request.move.grown));
    return;
  }
  let reply: JudgeAnswer;
  try {
    reply =
      'fold' in request
        ? { folded: await pages.page(request.fold.after, request.fold.limit) }
        : { judged: await judgeAsKnown(request.judge) };
  } catch (error) {
    reply = { failed: tellError(error) };
  }
  port?.postMessage(reply, 'judged' in reply ? [reply.judged.stretches.buffer as ArrayBuffer] : []);
}

// Another version of the index may answer by now; one that is behind the position would leave a merge out.
async function judgeAsKnown(episodes: readonly string[]): Promise<PackedEpisodes> {
  await index.followActive();
  const { position } = await index.refresh();
  if (position < upTo) throw new Error(`the index stands at ${position}, behind ${upTo}`);
  return pack(await judge.judge(episodes));
}
