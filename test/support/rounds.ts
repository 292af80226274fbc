import { Random } from '../../src/simulation/random.js';

/** How often something is killed at a random moment; the whole run is done with FAULT_ROUNDS=50. */
export const ROUNDS = Number(process.env['FAULT_ROUNDS'] ?? 3);

/**
 * What the moments follow from. A run is repeated, as far as a scheduler can be, with FAULT_SEED set to what it
 * printed.
 */
export const SEED = process.env['FAULT_SEED'] ?? String(Date.now());

/** Stands in the name of a test that is left to chance. */
export const LEFT_TO_CHANCE = `(${ROUNDS} rounds, seed ${SEED})`;

const FINE = 1_000_000;

/** The moments of one test: milliseconds from `from` up to `to`, by chance. */
export class Moments {
  private readonly random: Random;

  /** @param name tells the tests of a run apart */
  constructor(name: string) {
    this.random = new Random(`${SEED} ${name}`);
  }

  within(from: number, to: number): number {
    return from + (this.random.below(FINE) / FINE) * (to - from);
  }
}

/** Waits so many milliseconds, or less when something ends before. */
export async function atMost(milliseconds: number, ended: Promise<unknown>): Promise<void> {
  const late = new AbortController();
  const timer = new Promise<void>((resolve) => {
    const handle = setTimeout(resolve, milliseconds);
    late.signal.addEventListener('abort', () => clearTimeout(handle));
  });
  await Promise.race([timer, ended]).finally(() => late.abort());
}
