import type { Clock } from './clock.js';

/**
 * How far this process's clock lies from that of the server that keeps the log, as its own last append showed. What the
 * clock is set by since counts: a clock that was put right is right at once.
 */
export class ClockOffset {
  private seen: { readonly offset: number; readonly clock: number; readonly elapsed: number } | undefined;

  /** @param elapsed milliseconds of a clock that is never set */
  constructor(
    private readonly clock: Clock,
    private readonly elapsed: () => number = () => performance.now(),
  ) {}

  /** The present by the clock, in milliseconds since 1970. */
  now(): number {
    return Date.parse(this.clock.now());
  }

  /**
   * Something was stored at an instant of the server's clock, between two of this one's: all in milliseconds since 1970.
   */
  observe(before: number, stored: number, after: number): void {
    const offset = stored < before ? before - stored : stored > after ? after - stored : 0;
    this.seen = { offset, clock: after, elapsed: this.elapsed() };
  }

  /** In milliseconds, positive where this clock is ahead; undefined before anything was stored. */
  get milliseconds(): number | undefined {
    if (!this.seen) return undefined;
    const { offset, clock, elapsed } = this.seen;
    return offset + (this.now() - clock) - (this.elapsed() - elapsed);
  }
}
