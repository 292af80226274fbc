import type { Clock } from '../time/clock.js';

/** Stamps what is recorded: the clock's time, or the last time in the log when the clock stands behind it. */
export class RecordingClock {
  private last = '';

  /** @param latest the latest time that was seen in the log */
  constructor(
    private readonly clock: Clock,
    private readonly latest: () => string | undefined = () => undefined,
  ) {}

  /** The log stands at this time already. */
  notBefore(instant: string): void {
    if (instant > this.last) this.last = instant;
  }

  /** RFC 3339 UTC with milliseconds; never before an earlier answer. */
  stamp(): string {
    this.notBefore(this.clock.now());
    this.notBefore(this.latest() ?? '');
    return this.last;
  }
}
