import { canonicalInstant } from '../compliance-rules/resolve-entries.js';
import { type Clock, today } from '../kernel/time/clock.js';

/** What a question means when it leaves something out, or asks ahead of time. */
export class Asked {
  constructor(private readonly clock: Clock) {}

  /** The day that is asked about, `YYYY-MM-DD`; without one, today in Stockholm. */
  day(given: string | undefined): string {
    return given ?? today(this.clock);
  }

  /**
   * The knowledge time in the form in which times of recording are compared. Nobody can know what will be recorded: a
   * time
   * ahead is answered by what is known now, and the answer says so.
   * @returns undefined for now
   */
  knownAt(given: string | undefined): string | undefined {
    if (given === undefined) return undefined;
    const instant = canonicalInstant(given);
    return instant >= this.clock.now() ? undefined : instant;
  }
}
