import type { EpisodeJudge, JudgedEpisode } from '../assessments/episode-judge.js';
import type { FoldedPage, FoldedPages } from '../index/index-page.js';
import { FoldedAhead } from './folded-ahead.js';
import type { JudgeQuestion } from './judge-protocol.js';
import { type JudgeResult, JudgeThread } from './judge-thread.js';
import type { StoreConfig } from '../../stores/open-stores.js';
import { unpack } from './packed-episodes.js';

/** Fewer episodes than this are not worth a thread. */
const WORTH_A_THREAD = 24;
/**
 * Episodes handed to a thread at a time: small enough that threads end together, large enough that messages cost
 * little.
 */
const PORTION = 25;

/** A question that no thread has yet. */
interface Portion {
  readonly question: JudgeQuestion;
  readonly resolve: (answer: Promise<JudgeResult>) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Judges many episodes in threads of their own, so that a rebuild uses every core and keeps out of the way of whoever
 * answers; a few are judged where they are asked. Threads start with the first large piece of work. Several may ask at
 * once.
 */
export class ThreadedJudge implements EpisodeJudge {
  private threads: JudgeThread[] = [];
  private waiting: Portion[] = [];
  private upTo = 0n;

  constructor(
    private readonly config: StoreConfig,
    private readonly size: number,
    private readonly local: EpisodeJudge,
  ) {}

  moveTo(upTo: bigint, grown: ReadonlySet<string> | undefined): void {
    this.upTo = upTo;
    this.local.moveTo(upTo, grown);
    for (const thread of this.threads) thread.move(upTo, grown && [...grown]);
  }

  async judge(episodes: readonly string[]): Promise<JudgedEpisode[]> {
    if (episodes.length < WORTH_A_THREAD) return this.local.judge(episodes);
    this.start();
    const answers: Promise<JudgeResult>[] = [];
    for (let at = 0; at < episodes.length; at += PORTION)
      answers.push(this.ask({ judge: episodes.slice(at, at + PORTION) }));
    return (await Promise.all(answers)).flatMap((answer) => ('judged' in answer ? unpack(answer.judged) : []));
  }

  /** The pages of the log, read and folded in the threads. */
  get pages(): FoldedPages {
    return new FoldedAhead((after, limit) => this.fold(after, limit));
  }

  private async fold(after: bigint, limit: number): Promise<FoldedPage> {
    this.start();
    const answer = await this.ask({ fold: { after, limit } });
    if (!('folded' in answer)) throw new Error('a thread answered another question');
    return answer.folded;
  }

  async close(): Promise<void> {
    const threads = this.threads;
    this.threads = [];
    await Promise.all(threads.map((thread) => thread.end()));
    await this.local.close();
  }

  private start(): void {
    while (this.threads.length < this.size) {
      const thread = new JudgeThread({ config: this.config }, (failure) => this.forget(thread, failure));
      thread.move(this.upTo, undefined);
      this.threads.push(thread);
    }
  }

  private ask(question: JudgeQuestion): Promise<JudgeResult> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ question, resolve, reject });
      this.handOut();
    });
  }

  private handOut(): void {
    for (;;) {
      const [thread] = this.threads.filter(({ isFree }) => isFree).sort((one, other) => one.load - other.load);
      const portion = thread && this.waiting.shift();
      if (!portion) return;
      const answer = thread.ask(portion.question);
      portion.resolve(answer);
      answer.finally(() => this.handOut()).catch(() => undefined);
    }
  }

  private forget(thread: JudgeThread, failure: Error): void {
    this.threads = this.threads.filter((other) => other !== thread);
    if (this.threads.length > 0) return;
    for (const { reject } of this.waiting.splice(0)) reject(failure);
  }
}
