const FIRST_PATIENCE_MS = 1_000;
const LONGEST_PATIENCE_MS = 16_000;

/**
 * Tells when the runner that is at work elsewhere has stood still for so long that it must be gone. Whoever took over
 * from one that was only slow, and lost to it again, waits twice as long the next time: two runners never keep undoing
 * each other's work.
 */
export class Standstill {
  private mark = '';
  private since = 0;
  private patience = FIRST_PATIENCE_MS;

  /** @param now milliseconds of a clock that never runs backwards */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @param mark where the work stands; the same text for as long as nothing moves. '' when there is nothing to do. */
  lasts(mark: string): boolean {
    if (mark !== this.mark) {
      this.mark = mark;
      this.since = this.now();
    }
    return mark !== '' && this.now() - this.since >= this.patience;
  }

  /** Somebody else took over from this runner, so somebody else is alive. */
  lost(): void {
    this.mark = '';
    this.patience = Math.min(this.patience * 2, LONGEST_PATIENCE_MS);
  }

  /** This runner wrote a piece of work. */
  worked(): void {
    this.patience = FIRST_PATIENCE_MS;
  }
}
