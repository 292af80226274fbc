/** What was asked of a double, and how much it sent. */
export class Ledger {
  /** How many calls of each method came. */
  readonly calls = new Map<string, number>();
  /** The same by what they were about: `append STREAM`, `read STREAM`, `read $all`, `subscribe $all`, `delete STREAM` … */
  readonly asked = new Map<string, number>();
  /** How many messages went out in answers to reads and subscriptions: events, checkpoints, and what stands around them. */
  messages = 0;

  count(counts: Map<string, number>, what: string): void {
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }

  /** Begins anew. */
  clear(): void {
    this.calls.clear();
    this.asked.clear();
    this.messages = 0;
  }
}
