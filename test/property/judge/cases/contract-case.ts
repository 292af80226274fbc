import type { HandMade } from '../hand-made.js';

/**
 * A small history and what the contract's text says of it, reckoned by hand. The judge is held to every one; the product to
 * those of what it has been taught.
 */
export interface ContractCase {
  /**
   * The rule, or `JUDGED` (`duty`, `local` or `-`), `STATE`, `CONTACTS` (the assignments, by a space), `FIGURES` (those of
   * `among` that count the episode, by a space), `REQUESTS` (`request assignment since`) or `MEETING` (the day it is booked for).
   */
  readonly rule: string;
  readonly says: string;
  readonly facts: readonly HandMade[];
  /** Of which assignment; the only one's, when it is left out. */
  readonly assignment?: string;
  /** Which figures are asked after. */
  readonly among?: readonly string[];
  /** What the product has to have been taught beside the rule. */
  readonly needs?: readonly string[];
  /**
   * By day: the status, then what there is of title basis, kind (of TITLE alone) and the last day in time (on DUE, and on
   * MET of YEARLY, FOLLOW_UP and BOOKED); `-` for no status.
   */
  readonly on: Readonly<Record<string, string>>;
}

/** Cases of one rule. */
export function casesOf(rule: string, ...cases: readonly Omit<ContractCase, 'rule'>[]): readonly ContractCase[] {
  return cases.map((each) => ({ rule, ...each }));
}
