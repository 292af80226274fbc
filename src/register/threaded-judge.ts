import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { EpisodeJudge, JudgedEpisode } from '../views/projection/episode-judge.js';
import type { JudgeAnswer, JudgeRequest, JudgeSetup } from './judge-protocol.js';
import type { StoreConfig } from './open-stores.js';

/** Fewer episodes than this are not worth a thread. */
const WORTH_A_THREAD = 24;
/** In MiB. A thread holds a few episodes and the streams they share, whatever the size of the log; a small young generation keeps garbage from piling up. */
const THREAD_MEMORY = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };
/** Episodes handed to a thread at a time: small enough that threads end together, large enough that messages cost little. */
const PORTION = 25;

/**
 * Judges many episodes in threads of their own, so that a rebuild uses every core and keeps out of the way of whoever answers;
 * a few are judged where they are asked. Threads start with the first large piece of work.
 */
export class ThreadedJudge implements EpisodeJudge {
  private workers: Worker[] = [];
  private upTo = 0n;

  constructor(
    private readonly config: StoreConfig,
    private readonly threads: number,
    private readonly local: EpisodeJudge,
  ) {}

  moveTo(upTo: bigint, grown: ReadonlySet<string> | undefined): void {
    this.upTo = upTo;
    this.local.moveTo(upTo, grown);
    for (const worker of this.workers) send(worker, { move: { upTo, grown: grown && [...grown] } });
  }

  async judge(episodes: readonly string[]): Promise<JudgedEpisode[]> {
    if (episodes.length < WORTH_A_THREAD) return this.local.judge(episodes);
    this.start();
    const portions: (readonly string[])[] = [];
    for (let at = 0; at < episodes.length; at += PORTION) portions.push(episodes.slice(at, at + PORTION));
    const judged: (readonly JudgedEpisode[])[] = [];
    let next = 0;
    const work = async (worker: Worker): Promise<void> => {
      while (next < portions.length) {
        if (!this.workers.includes(worker)) throw new Error('a judging thread ended');
        const at = next++;
        judged[at] = await ask(worker, portions[at] ?? []);
      }
    };
    // All of them are waited for, also when one fails: an answer that came later would be taken for that to the next question.
    const ended = await Promise.allSettled(this.workers.map(work));
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
    return judged.flat();
  }

  async close(): Promise<void> {
    const workers = this.workers;
    this.workers = [];
    await Promise.all(workers.map((worker) => worker.terminate()));
    await this.local.close();
  }

  private start(): void {
    while (this.workers.length < this.threads) {
      const setup: JudgeSetup = { config: this.config };
      const worker = new Worker(new URL('./judge-worker.js', import.meta.url), { workerData: setup, resourceLimits: THREAD_MEMORY });
      // An error is told by the answer that does not come; without a listener it would end the process.
      worker.on('error', () => this.forget(worker));
      worker.on('exit', () => this.forget(worker));
      worker.unref();
      send(worker, { move: { upTo: this.upTo, grown: undefined } });
      this.workers.push(worker);
    }
  }

  private forget(worker: Worker): void {
    this.workers = this.workers.filter((other) => other !== worker);
  }
}

function send(worker: Worker, request: JudgeRequest): void {
  worker.postMessage(request);
}

/** @throws Error when the thread fails or ends */
async function ask(worker: Worker, episodes: readonly string[]): Promise<readonly JudgedEpisode[]> {
  const ended = new AbortController();
  const exit = once(worker, 'exit', { signal: ended.signal }).then(() => {
    throw new Error('a judging thread ended');
  });
  exit.catch(() => undefined);
  try {
    send(worker, { judge: episodes });
    const [answer] = (await Promise.race([once(worker, 'message'), exit])) as [JudgeAnswer];
    if ('failed' in answer) throw new Error(answer.failed);
    return answer.judged;
  } finally {
    ended.abort();
  }
}
