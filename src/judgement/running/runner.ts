import { setImmediate as nextTurn } from 'node:timers/promises';
import { CheckpointMoved } from '../../kernel/view-store/view-store.js';
import type { EventStore } from '../../kernel/event-store/event-store.js';
import { ProjectionStopped } from '../assessments/parking.js';
import type { Projection } from './projection.js';
import { Standstill } from './standstill.js';

/** How often it is looked where a runner elsewhere stands that has something to do. */
const POLL_MS = 40;
/** How often who waits for the views looks whether another process has moved them. */
const WAIT_POLL_MS = 25;
/** How often it is looked at most whether a rebuild made another version the one that answers. */
const LOOK_MS = 500;
/** How long who asks waits for that look; a piece of work under way may take longer. */
const LOOK_PATIENCE_MS = 250;
/** How long it rests at most while something waits for a time to come. */
const LONGEST_REST_MS = 1_000;
/** Pause after another runner took over. */
const LOST_PAUSE_MS = 250;
/** Pauses after an error; the last one stays. */
const ERROR_PAUSES_MS = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000] as const;

export interface RunnerOptions {
  /** Told of every error; the runner goes on after a pause. */
  readonly onError: (error: unknown) => void;
  /** Told of every piece of work that was written, and how many seconds it took. */
  readonly onStep?: (seconds: number) => void;
  /** Told when another runner took over from this one. */
  readonly onOvertaken?: () => void;
}

/**
 * Keeps the views current. Of several processes one runs and the others watch; whoever sees the runner stand still
 * takes over.
 * The fence in the checkpoint makes that safe, whoever is right. While the log does not grow and nobody asks it does
 * nothing at all.
 */
export class Runner {
  private stopped = false;
  private waitsEnded = false;
  private loop: Promise<void> | undefined;
  private wake: (() => void) | undefined;
  private woken = false;
  private looked = -LOOK_MS;
  private lookers: (() => void)[] = [];
  private othersWork = false;
  private endPause: (() => void) | undefined;
  private failures = 0;
  private poison: ProjectionStopped | undefined;
  private waitingSince: number | undefined;
  private readonly standstill = new Standstill();
  private readonly waiters = new Set<() => void>();

  constructor(
    private readonly store: EventStore,
    /** Each after those that it rests on. */
    private readonly projections: readonly Projection[],
    private readonly options: RunnerOptions,
  ) {}

  /**
   * Becomes the runner at once, each view over what it rests on, so that the first answer knows what is there; for the
   * program that starts.
   */
  async begin(): Promise<void> {
    for (const projection of this.projections) await projection.becomeRunner();
  }

  /** Follows the log until {@link stop}. */
  start(): void {
    this.loop ??= this.follow();
  }

  /** There may be something to do. */
  wakeUp(): void {
    this.woken = true;
    this.wake?.();
  }

  /**
   * For whoever is about to ask: looks whether a rebuild, here or elsewhere, made another version the one that answers,
   * unless it was looked just now. It does not wait for a long piece of work.
   */
  async look(): Promise<void> {
    if (!this.loop || this.stopped || performance.now() - this.looked < LOOK_MS) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LOOK_PATIENCE_MS);
      this.lookers.push(() => {
        clearTimeout(timer);
        resolve();
      });
      this.wakeUp();
    });
  }

  /** Answers everybody who waits in {@link waitFor}, now and from now on: the program is about to end. */
  endWaits(): void {
    this.waitsEnded = true;
    for (const done of this.waiters) done();
  }

  /** Finishes the piece of work under way and writes it. */
  async stop(): Promise<void> {
    this.endWaits();
    this.stopped = true;
    this.wakeUp();
    this.endPause?.();
    await this.loop;
  }

  /** What this process stands still at, by its poison policy; undefined while it does not. */
  get stoppedBy(): ProjectionStopped | undefined {
    return this.poison;
  }

  /**
   * For how many milliseconds this process has seen something wait to be judged without ever being through; 0 when
   * nothing waits.
   */
  async waitingFor(): Promise<number> {
    if (!(await this.somethingWaits())) return 0;
    this.waitingSince ??= performance.now();
    return performance.now() - this.waitingSince;
  }

  /**
   * Brings the views to the end of the log: by its own work, unless another runner proves to be at it.
   * @param onStep told whenever they have moved, or may have
   */
  async drain(onStep?: () => void): Promise<void> {
    let alone = true;
    for (;;) {
      try {
        await this.followActive();
        const mark = await this.behind();
        if (mark === '') return;
        if (alone || this.standstill.lasts(mark)) {
          await this.begin();
          while (await this.work()) onStep?.();
          return;
        }
        onStep?.();
        await this.sleep(POLL_MS);
      } catch (error) {
        if (!(error instanceof CheckpointMoved)) throw error;
        alone = false;
        await this.overtaken();
      }
    }
  }

  /**
   * Waits until the views hold everything up to a position.
   * @param views those that have to; default all
   * @returns false when they do not after `timeoutMs`
   */
  async waitFor(
    position: bigint,
    timeoutMs: number,
    views: readonly Projection[] = this.projections,
  ): Promise<boolean> {
    const end = performance.now() + timeoutMs;
    for (;;) {
      if (await hold(views, position)) return true;
      const left = end - performance.now();
      if (left <= 0 || this.waitsEnded) return false;
      this.wakeUp();
      await this.step(Math.min(WAIT_POLL_MS, left));
    }
  }

  /** Waits until this process has done a piece of work, or another may have. */
  private step(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.waiters.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.waiters.add(done);
    });
  }

  private async follow(): Promise<void> {
    const watch = this.store.watch(() => this.wakeUp());
    while (!this.stopped) {
      this.woken = false;
      try {
        if (performance.now() - this.looked >= LOOK_MS) await this.lookNow();
        const worked = this.runs ? await this.work() : await this.watchTheOther();
        if (!worked) {
          this.failures = 0;
          await this.rest();
        }
      } catch (error) {
        if (error instanceof CheckpointMoved) await this.overtaken();
        else await this.failed(error);
      }
    }
    watch.stop();
  }

  private async lookNow(): Promise<void> {
    this.looked = performance.now();
    await this.followActive();
    for (const looker of this.lookers.splice(0)) looker();
  }

  /** Until it is woken, or something is due by time alone. */
  private async rest(): Promise<void> {
    const ms = this.runs ? await this.dueIn() : this.othersWork ? POLL_MS : undefined;
    if (!this.woken) await this.sleep(ms);
  }

  private async dueIn(): Promise<number | undefined> {
    let first: number | undefined;
    for (const projection of this.projections) {
      const ms = await projection.dueIn();
      if (ms !== undefined) first = Math.min(first ?? LONGEST_REST_MS, Math.max(ms, POLL_MS));
    }
    return first;
  }

  /** Whoever ran the version before runs the one that answers now. */
  private async followActive(): Promise<void> {
    for (const projection of this.projections) {
      const ran = projection.ours;
      if ((await projection.followActive()) && ran) await projection.becomeRunner();
    }
  }

  private get runs(): boolean {
    return this.projections.every(({ ours }) => ours);
  }

  /** A piece of work of each view. @returns false when there was none */
  private async work(): Promise<boolean> {
    const started = performance.now();
    let worked = false;
    for (const projection of this.projections) if (await projection.step()) worked = true;
    if (worked) {
      this.options.onStep?.((performance.now() - started) / 1000);
      this.standstill.worked();
      if (this.waitingSince !== undefined) await this.somethingWaits();
    } else this.poison = undefined;
    for (const done of this.waiters) done();
    // An embedded store answers at once: without a pause nobody else in this process would get a turn.
    await nextTurn();
    return worked;
  }

  /** Looks whether the runner elsewhere still moves. @returns true when this one took over */
  private async watchTheOther(): Promise<boolean> {
    this.poison = undefined;
    const mark = await this.behind();
    this.othersWork = mark !== '';
    if (!this.standstill.lasts(mark)) return false;
    await this.begin();
    return true;
  }

  private async overtaken(): Promise<void> {
    this.standstill.lost();
    this.options.onOvertaken?.();
    await this.sleep(LOST_PAUSE_MS);
  }

  // A pause that nobody who waits for an answer cuts short: what is broken is not to be tried a hundred times a second.
  private async failed(error: unknown): Promise<void> {
    if (error instanceof ProjectionStopped) this.poison = error;
    this.options.onError(error);
    const ms = ERROR_PAUSES_MS[Math.min(this.failures, ERROR_PAUSES_MS.length - 1)];
    this.failures += 1;
    if (this.stopped) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async somethingWaits(): Promise<boolean> {
    for (const projection of this.projections) if ((await projection.unfinished()) !== undefined) return true;
    this.waitingSince = undefined;
    return false;
  }

  /** Where the views stand that are not through, in words that change while they move; '' when all are. */
  private async behind(): Promise<string> {
    const head = await this.store.head();
    const marks: string[] = [];
    for (const projection of this.projections) {
      const { position } = await projection.refresh();
      const unfinished = await projection.unfinished();
      if (position < head || unfinished !== undefined)
        marks.push(`${projection.view.definition.name} ${position} ${unfinished}`);
    }
    return marks.join('\n');
  }

  /** @param ms undefined: until it is woken */
  private sleep(ms: number | undefined): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

async function hold(views: readonly Projection[], position: bigint): Promise<boolean> {
  for (const view of views) if (!(await view.holds(position))) return false;
  return true;
}
