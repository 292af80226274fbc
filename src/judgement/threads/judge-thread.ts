import { Worker } from 'node:worker_threads';
import { errorTold } from '../../kernel/threads/thread-error.js';
import type { JudgeAnswer, JudgeQuestion, JudgeRequest, JudgeSetup } from './judge-protocol.js';

/**
 * In MiB. A thread holds a few episodes and the streams they share, whatever the size of the log; a small young
 * generation keeps garbage from piling up.
 */
const THREAD_MEMORY = { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 };
/** So many questions lie with a thread at once: it has work while whoever asks is writing. */
const IN_HAND = 4;

/** An answer that is none of a failure. */
export type JudgeResult = Exclude<JudgeAnswer, { readonly failed: unknown }>;

interface Question {
  readonly resolve: (answer: JudgeResult) => void;
  readonly reject: (error: Error) => void;
}

/** One judging thread and the questions that it has not answered yet, in the order in which it answers them. */
export class JudgeThread {
  private readonly worker: Worker;
  private readonly asked: Question[] = [];
  private readonly ended: Promise<void>;
  private failure = new Error('a judging thread ended');

  /** @param onEnd called once when the thread has ended, with what ended it, after all that it was asked has failed */
  constructor(setup: JudgeSetup, onEnd: (failure: Error) => void) {
    this.worker = new Worker(new URL('./judge-worker.js', import.meta.url), {
      workerData: setup,
      resourceLimits: THREAD_MEMORY,
    });
    this.worker.unref();
    this.worker.on('message', (answer: JudgeAnswer) => this.take(answer));
    // An error, of opening its stores for one, is told by the answers that do not come; without a listener it would end
    // the process.
    this.worker.on('error', (error) => (this.failure = errorTold(error as Error)));
    this.ended = new Promise((resolve) => {
      this.worker.on('exit', () => {
        for (const { reject } of this.asked.splice(0)) reject(this.failure);
        onEnd(this.failure);
        resolve();
      });
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

  /** @returns its answer. @throws Error when the thread fails or ends */
  ask(question: JudgeQuestion): Promise<JudgeResult> {
    return new Promise((resolve, reject) => {
      this.asked.push({ resolve, reject });
      // Nobody waits for an idle thread; one that has something to answer keeps the process alive.
      this.worker.ref();
      this.send(question);
    });
  }

  /**
   * Lets it answer what it has in hand, which nobody waits for any more, and end. A thread that was cut off inside
   * SQLite would take the process with it.
   */
  async end(): Promise<void> {
    this.worker.removeAllListeners('message');
    this.worker.ref();
    this.send('end');
    await this.ended;
  }

  private take(answer: JudgeAnswer): void {
    const question = this.asked.shift();
    if (this.asked.length === 0) this.worker.unref();
    if ('failed' in answer) question?.reject(errorTold(answer.failed));
    else question?.resolve(answer);
  }

  private send(request: JudgeRequest): void {
    this.worker.postMessage(request);
  }
}
