import { CheckpointMoved } from '../../kernel/view-store/view-store.js';
import type { EventStore } from '../../kernel/event-store/event-store.js';
import type { AssessmentProjection } from './assessment-projection.js';
import type { IndexProjection } from './index-projection.js';

const POLL_MS = 40;
/** How often it is asked whether a rebuild made another version the one that answers. */
const VERSION_POLL_MS = 500;
/** How long another runner may stand still, although there is work, before this one takes over. */
const TAKE_OVER_AFTER_MS = 1_000;

export interface RunnerOptions {
  /** Told of every error; the runner goes on after a pause. */
  readonly onError: (error: unknown) => void;
}

/**
 * Keeps the views current. Of several processes one runs and the others watch; whoever sees the runner stand still takes over.
 * The fence in the checkpoint makes that safe, whoever is right.
 */
export class Runner {
  private stopped = false;
  private loop: Promise<void> | undefined;
  private wake: (() => void) | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly index: IndexProjection,
    private readonly assessments: AssessmentProjection,
    private readonly options: RunnerOptions,
  ) {}

  /** Follows the log until {@link stop}. */
  start(): void {
    this.loop ??= this.follow();
  }

  /** Finishes the piece of work under way and writes it. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake?.();
    await this.loop;
  }

  /** Work may have come: looks at once instead of at the next poll. */
  nudge(): void {
    this.wake?.();
  }

  /** Brings the views to the end of the log, in this process. @throws CheckpointMoved when another runner takes over for good */
  async drain(onStep?: () => void): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        await this.index.refresh();
        await this.index.catchUp();
        if (!(await this.isBehind())) return;
        await this.assessments.takeOver();
        while (await this.assessments.step()) onStep?.();
        return;
      } catch (error) {
        if (!(error instanceof CheckpointMoved) || tries > 100) throw error;
        await this.sleep(TAKE_OVER_AFTER_MS / 4);
      }
    }
  }

  /** Waits until the views hold everything up to a position. @returns false when they do not after `timeoutMs` */
  async waitFor(position: bigint, timeoutMs: number): Promise<boolean> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      this.nudge();
      if ((await this.assessments.refresh()).position >= position && (await this.assessments.waiting()) === undefined) return true;
      if (Date.now() >= end || this.stopped) return false;
      await new Promise((resolve) => setTimeout(resolve, Math.min(10, timeoutMs)));
    }
  }

  private async follow(): Promise<void> {
    let still = { mark: '', since: Date.now() };
    let looked = Date.now();
    while (!this.stopped) {
      try {
        if (Date.now() - looked >= VERSION_POLL_MS) {
          looked = Date.now();
          await this.index.followActive();
          if (await this.assessments.followActive()) await this.assessments.takeOver();
        }
        if (this.assessments.runs) {
          if (!(await this.assessments.step())) await this.sleep(POLL_MS);
          continue;
        }
        await this.assessments.refresh();
        await this.index.refresh();
        const mark = (await this.isBehind()) ? await this.mark() : '';
        if (mark !== still.mark) still = { mark, since: Date.now() };
        if (mark !== '' && Date.now() - still.since >= TAKE_OVER_AFTER_MS) {
          await this.index.catchUp();
          await this.assessments.takeOver();
        } else await this.sleep(POLL_MS);
      } catch (error) {
        if (!(error instanceof CheckpointMoved)) this.options.onError(error);
        await this.sleep(TAKE_OVER_AFTER_MS / 4);
      }
    }
  }

  /** Becomes the runner at once; for the one process that starts with the program. */
  async begin(): Promise<void> {
    await this.assessments.takeOver();
  }

  private async isBehind(): Promise<boolean> {
    return (await this.store.head()) > (await this.assessments.refresh()).position || (await this.assessments.waiting()) !== undefined;
  }

  private async mark(): Promise<string> {
    const waiting = await this.assessments.waiting();
    return `${this.assessments.reached.position} ${waiting?.kind} ${waiting?.id} ${waiting?.after}`;
  }

  private sleep(ms: number): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
