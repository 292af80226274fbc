import { AsyncLocalStorage } from 'node:async_hooks';
import { httpProblems } from './http-problems.js';
import { Problem } from './problem.js';

/** How long somebody waits for an answer that has to see something, and what they make of one that does not. */
export interface Patience {
  readonly ms: number;
  /** Whether an answer that does not hold what it has to is no answer. */
  readonly refuses: boolean;
}

/** A question on its way: where the log stood when it came, and what its answer has to hold. */
export class Arrival {
  private readonly until: number;
  private waitedInVain = false;

  /**
   * @param head where the log stood
   * @param due the log position that the answer has to hold; 0n where there is none
   */
  constructor(
    readonly head: bigint,
    private readonly due: bigint,
    private readonly patience: Patience,
  ) {
    this.until = performance.now() + patience.ms;
  }

  /** True when the answer does not hold what it has to, since what it is told from did not come so far in time. */
  get inVain(): boolean {
    return this.waitedInVain;
  }

  /**
   * Waits until what the answer is told from holds what it has to.
   * @param reach waits until that stands at a position; gives false when it does not after so many milliseconds
   * @throws Problem STALE_READ where that is not waited for in vain
   */
  async wait(reach: (position: bigint, timeoutMs: number) => Promise<boolean>): Promise<void> {
    if (this.due === 0n || this.waitedInVain) return;
    if (await reach(this.due, Math.max(0, this.until - performance.now()))) return;
    if (this.patience.refuses) throw new Problem(httpProblems.STALE_READ, { headers: { 'retry-after': '1' } });
    this.waitedInVain = true;
  }
}

const arrivals = new AsyncLocalStorage<Arrival>();

/** Answers a question by how it came, however much is recorded while it is answered. */
export function askedOnArrival<T>(arrival: Arrival, answer: () => T): T {
  return arrivals.run(arrival, answer);
}

/** How the question that is being answered came; undefined where it is asked in the process itself. */
export function arrivalOf(): Arrival | undefined {
  return arrivals.getStore();
}
