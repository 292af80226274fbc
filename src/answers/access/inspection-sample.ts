import { hash } from 'node:crypto';

/** What a sample follows from. Nothing of it can be chosen by who is inspected, or by who inspects. */
export interface SampleSeed {
  /** The root, in hex, of the first checkpoint over the opening of the inspection. */
  readonly root: string;
  /** The id of the inspection. */
  readonly inspection: string;
}

/** A person of the sample and her place in it. */
export interface Sampled {
  readonly recipient: string;
  /** What she is ordered by, in hex: whoever redoes the sample gets the same. */
  readonly rank: string;
}

const METHOD = 'fok:inspection-sample:v1';

/** A person's rank: SHA-256, in hex, of method, root, inspection and her id, each followed by 0x00. */
export function rankOf({ root, inspection }: SampleSeed, recipient: string): string {
  return hash('sha256', [METHOD, root, inspection, recipient].map((part) => `${part}\0`).join(''), 'hex');
}

/**
 * The persons of a sample: those of the lowest rank, in order of rank. A larger sample begins with the smaller one.
 * @param persons ids of all who could be drawn; in which order, and how often each, is all the same
 * @param size so many, or all where there are fewer
 */
export function sampleOf(seed: SampleSeed, persons: Iterable<string>, size: number): Sampled[] {
  return [...new Set(persons)]
    .map((recipient) => ({ recipient, rank: rankOf(seed, recipient) }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .slice(0, size);
}
