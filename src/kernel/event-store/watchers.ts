import type { Watch } from './event-store.js';

/** Those who want to know when a log grows; the first that comes and the last that goes are told to the store. */
export class Watchers {
  private readonly listening = new Set<{ readonly onGrown: () => void }>();

  constructor(
    private readonly begin: () => void = () => undefined,
    private readonly end: () => void = () => undefined,
  ) {}

  add(onGrown: () => void): Watch {
    const one = { onGrown };
    if (this.listening.size === 0) this.begin();
    this.listening.add(one);
    return {
      stop: () => {
        if (this.listening.delete(one) && this.listening.size === 0) this.end();
      },
    };
  }

  /** The log may have grown. */
  tell(): void {
    for (const { onGrown } of this.listening) onGrown();
  }

  /** The store closes: nobody is told anything any more. */
  close(): void {
    if (this.listening.size > 0) this.end();
    this.listening.clear();
  }
}
