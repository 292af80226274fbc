import type { ReadStreamOptions } from '../event-store.js';

/**
 * Tells of a stream that was read whether the server gave all that it should have: revisions follow each other, and a
 * stream begins with 0.
 */
export class Revisions {
  count = 0;
  first: bigint | undefined;
  private last: bigint | undefined;
  private gap = false;

  constructor(private readonly options: ReadStreamOptions) {}

  take(revision: bigint): void {
    this.gap ||= !this.follows(revision);
    this.first ??= revision;
    this.last = revision;
    this.count++;
  }

  /** @param found whether the server says that the stream is there */
  areWhole(found: boolean): boolean {
    if (this.gap) return false;
    const { direction = 'forwards', from, limit = Infinity } = this.options;
    // Behind the end there is nothing.
    if (this.count === 0) return !found || (direction === 'forwards' && from !== undefined && from > 0n);
    return direction === 'forwards' || this.last === 0n || this.count >= limit;
  }

  private follows(revision: bigint): boolean {
    const { direction = 'forwards', from } = this.options;
    if (direction === 'forwards') return revision === (this.last === undefined ? (from ?? 0n) : this.last + 1n);
    // Backwards from behind the end the last one comes first.
    return this.last === undefined ? from === undefined || revision <= from : revision === this.last - 1n;
  }
}
