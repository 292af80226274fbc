/**
 * Lets pieces of work that keep the thread for long come one at a time: between two of them everything else that waits
 * has its turn. Without it all that are ready are worked on in one go, and a sign of life waits for the sum of them.
 */
export class OneATurn {
  private readonly waiting: (() => void)[] = [];

  /** @param work what it throws is nobody's to catch */
  run(work: () => void): void {
    this.waiting.push(work);
    if (this.waiting.length === 1) setImmediate(() => this.next());
  }

  private next(): void {
    const [work] = this.waiting;
    try {
      work?.();
    } finally {
      this.waiting.shift();
      if (this.waiting.length > 0) setImmediate(() => this.next());
    }
  }
}
