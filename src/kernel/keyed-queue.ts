/**
 * Runs tasks that share a key one after another, in the order in which they came, and the others at the same time, up
 * to a limit.
 */
export class KeyedQueue {
  private readonly last = new Map<string, Promise<void>>();
  private readonly blocked: (() => void)[] = [];
  private running = 0;

  /** @param limit so many tasks run at the same time */
  constructor(private readonly limit: number) {}

  /**
   * Runs the task when those that came before it with one of its keys are over; gives what it gives, or throws what it
   * throws.
   */
  async run<T>(keys: readonly string[], task: () => Promise<T>): Promise<T> {
    const before = Promise.all(keys.map((key) => this.last.get(key)));
    const mine = before.then(() => this.runWithin(task));
    const over = mine.then(
      () => undefined,
      () => undefined,
    );
    for (const key of keys) this.last.set(key, over);
    try {
      return await mine;
    } finally {
      for (const key of keys) if (this.last.get(key) === over) this.last.delete(key);
    }
  }

  /** Resolves when nothing runs or waits. */
  async idle(): Promise<void> {
    while (this.last.size > 0) await Promise.all(this.last.values());
  }

  private async runWithin<T>(task: () => Promise<T>): Promise<T> {
    // A place goes from hand to hand, so that nobody who comes in between takes it.
    if (this.running >= this.limit) await new Promise<void>((resolve) => this.blocked.push(resolve));
    else this.running++;
    try {
      return await task();
    } finally {
      const next = this.blocked.shift();
      if (next) next();
      else this.running--;
    }
  }
}
