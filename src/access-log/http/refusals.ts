import { LRUCache } from 'lru-cache';

/** So many callers are told apart; of more, those that were refused longest ago are forgotten. */
const CALLERS = 10_000;
/** Refusals are counted together for so long after the last one. */
const REMEMBERED_MS = 600_000;
/** So many are answered at once … */
const FREE = 10;
/** … and each further one after a wait that doubles, from a tenth of a second … */
const FIRST_WAIT_MS = 100;
/** … to this. */
const LONGEST_WAIT_MS = 5_000;

/** How often each caller, and each address, was refused lately: whoever tries persons one after another gets slower. */
export class Refusals {
  private readonly counts: LRUCache<string, number>;

  constructor(now: () => number = () => performance.now()) {
    this.counts = new LRUCache({ max: CALLERS, ttl: REMEMBERED_MS, ttlResolution: 0, perf: { now } });
  }

  /**
   * Counts a refusal.
   * @param counted whom it is counted for: the sign-in and the address
   * @returns how long the answer waits, in milliseconds
   */
  add(counted: readonly string[]): number {
    const most = Math.max(
      ...counted.map((name) => {
        const count = (this.counts.get(name) ?? 0) + 1;
        this.counts.set(name, count);
        return count;
      }),
    );
    return waitAfter(most);
  }
}

/** How long the answer to somebody's nth refusal waits, in milliseconds. */
export function waitAfter(refusals: number): number {
  return refusals <= FREE ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (refusals - FREE - 1), LONGEST_WAIT_MS);
}
