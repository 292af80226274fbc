import { type Clock, today } from '../kernel/time/clock.js';

/** What a question means when it leaves something out. */
export class Asked {
  constructor(private readonly clock: Clock) {}

  /** The day that is asked about, `YYYY-MM-DD`; without one, today in Stockholm. */
  day(given: string | undefined): string {
    return given ?? today(this.clock);
  }
}
