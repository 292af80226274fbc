/** Runs tasks of one key one after another, in the order in which they came, and tasks of different keys at the same time, up to a limit. */
export class KeyedQueue {
  private readonly last = new Map<string, Promise<void>>();
  private readonly blocked: (() => void)[] = [];
  private running = 0;

  constructor(private readonly limit: number) {}

  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.last.get(key);
    const mine = (before ?? Promise.resolve()).then(() => this.runWithin(task));
    const over = mine.then(() => undefined, () => undefined);
    this.last.set(key, over);
    try {
      return await mine;
    } finally {
      if (this.last.get(key) === over) this.last.delete(key);
    }
  }

  /** Resolves when nothing runs or waits. */
  async idle(): Promise<void> {
    while (this.last.size > 0) await Promise.all(this.last.values());
  }

  private async runWithin<T>(task: () => Promise<T>): Promise<T> {
    if (this.running >= this.limit) await new Promise<void>((resolve) => this.blocked.push(resolve));
    else this.running++;
    try {
      return await task();
    } finally {
      const next = this.blocked.shift();
      // The place goes from hand to hand, so that nobody who comes in between takes it.
      if (next) next();
      else this.running--;
    }
  }
}
