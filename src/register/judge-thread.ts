import { Worker } from 'node:worker_threads';
import type { JudgedEpisode } from '../views/projection/episode-judge.js';
import type { JudgeAnswer, JudgeRequest, JudgeSetup } from './judge-protocol.js';
import { unpack } from './packed-episodes.js';

/** In MiB. A thread holds a few episodes and the streams they share, whatever the size of the log; a small young generation keeps garbage from piling up. */
const THREAD_MEMORY = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };
/** So many questions lie with a thread at once: it has work while whoever asks is writing. */
const IN_HAND = 4;

interface Question {
  readonly resolve: (judged: readonly JudgedEpisode[]) => void;
  readonly reject: (error: Error) => void;
}

/** One judging thread and the questions that it has not answered yet, in the order in which it answers them. */
export class JudgeThread {
  private readonly worker: Worker;
  private readonly asked: Question[] = [];

  /** @param onEnd called once when the thread has ended, after all that it was asked has failed */
  constructor(setup: JudgeSetup, onEnd: () => void) {
    this.worker = new Worker(new URL('./judge-worker.js', import.meta.url), { workerData: setup, resourceLimits: THREAD_MEMORY });
    this.worker.unref();
    this.worker.on('message', (answer: JudgeAnswer) => this.take(answer));
    // An error is told by the answer that does not come; without a listener it would end the process.
    this.worker.on('error', () => undefined);
    this.worker.on('exit', () => {
      for (const { reject } of this.asked.splice(0)) reject(new Error('a judging thread ended'));
      onEnd();
    });
  }

  get isFree(): boolean {
    return this.asked.length < IN_HAND;
  }

  /** How many questions it has not answered. */
  get load(): number {
    return this.asked.length;
  }

  move(upTo: bigint, grown: readonly string[] | undefined): void {
    this.send({ move: { upTo, grown } });
  }

  /** @returns the episodes in the order asked. @throws Error when the thread fails or ends */
  judge(episodes: readonly string[]): Promise<readonly JudgedEpisode[]> {
    return new Promise((resolve, reject) => {
      this.asked.push({ resolve, reject });
      // Nobody waits for an idle thread; one that has something to answer keeps the process alive.
      this.worker.ref();
      this.send({ judge: episodes });
    });
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  private take(answer: JudgeAnswer): void {
    const question = this.asked.shift();
    if (this.asked.length === 0) this.worker.unref();
    if ('failed' in answer) question?.reject(new Error(answer.failed));
    else question?.resolve(unpack(answer.judged));
  }

  private send(request: JudgeRequest): void {
    this.worker.postMessage(request);
  }
}
