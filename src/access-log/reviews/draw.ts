import { hash } from 'node:crypto';
import { dayOf, formatDay } from '../../kernel/time/day.js';

/** What a draw is made of. Nothing of it can be chosen by who is reviewed, or by who reviews. */
export interface Draw {
  readonly unit: string;
  /** First and last day of the period, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  /** The root, in hex, of the first checkpoint after the period; the first witnessed one where witnesses are set. */
  readonly seed: string;
}

/** Of the users one in so many is drawn, where users are drawn and not a day. */
const SHARE = 10;
const NUMBER_BYTES = 6;

/**
 * The day of the period that is reviewed: SHA-256 of `fok:log-review:v1`, seed, unit, first and last day, each followed
 * by 0x00; its first six bytes as a number, modulo the number of days, is the day counted from the first.
 */
export function drawnDay(draw: Draw): string {
  const [from, to] = [dayOf(draw.from), dayOf(draw.to)];
  const number = digest(draw).readUIntBE(0, NUMBER_BYTES);
  return formatDay(from + (number % (to - from + 1)));
}

/**
 * The readers who are reviewed: a tenth of them, at least one, those whose own hashes come first. A reader's hash is
 * over the same parts and her id, followed by 0x00 too.
 */
export function drawnUsers(draw: Draw, readers: Iterable<string>): string[] {
  const unique = [...new Set(readers)];
  return unique
    .map((reader) => ({ reader, rank: digest(draw, reader).toString('hex') }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .slice(0, Math.ceil(unique.length / SHARE))
    .map(({ reader }) => reader)
    .sort();
}

/** A checkpoint, as far as a draw needs it. */
export interface SeedCheckpoint {
  readonly size: number;
  /** Hex. */
  readonly root: string;
  /** Instant, RFC 3339 UTC. */
  readonly at: string;
}

/**
 * The checkpoint that a draw follows from: the first one signed after the period.
 * @param checkpoints oldest first
 * @param after the first instant after the period
 * @param isWitnessed whether enough witnesses have signed it; always true where none are set
 */
export function seedCheckpoint<C extends SeedCheckpoint>(
  checkpoints: readonly C[],
  after: string,
  isWitnessed: (checkpoint: C) => boolean,
): C | undefined {
  return checkpoints.find((checkpoint) => checkpoint.at >= after && isWitnessed(checkpoint));
}

/** A checkpoint as a draw names it: how many events it is over, and their root. */
export function nameOfSeed({ size, root }: Pick<SeedCheckpoint, 'size' | 'root'>): string {
  return `${size} ${root}`;
}

function digest({ unit, from, to, seed }: Draw, reader?: string): Buffer {
  const parts = ['fok:log-review:v1', seed, unit, from, to, ...(reader === undefined ? [] : [reader])];
  return hash('sha256', parts.map((part) => `${part}\0`).join(''), 'buffer');
}
