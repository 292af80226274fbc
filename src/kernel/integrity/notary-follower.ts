import type { EventStore, Watch } from '../event-store/event-store.js';
import type { Notary } from './notary.js';

export interface SealingPace {
  /** A checkpoint at the latest after so many events, seen once a {@link lookMs}. */
  readonly everyEvents: number;
  /** A checkpoint at the latest so many milliseconds after an event that is not under one. */
  readonly everyMs: number;
  /** How long the log may grow before it is looked how much; counting costs a server a read. */
  readonly lookMs: number;
}

/** Seals the log by time and count while the register is open. */
export class NotaryFollower {
  private watch: Watch | undefined;
  private look: NodeJS.Timeout | undefined;
  private due: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();

  /** @param onError called when sealing fails; it is tried again with the next events */
  constructor(
    private readonly store: Pick<EventStore, 'watch' | 'count'>,
    private readonly notary: Notary,
    private readonly pace: SealingPace,
    private readonly onError: (error: unknown) => void,
  ) {}

  /**
   * @throws IntegrityError LOG_NOT_CONTINUED when the log does not go on where it was sealed last: it must not start
   * silently
   */
  async start(): Promise<void> {
    await this.notary.assertContinued();
    this.watch = this.store.watch(() => this.lookSoon());
    this.lookSoon();
  }

  /** Seals what is left and ends. */
  async stop(): Promise<void> {
    this.watch?.stop();
    clearTimeout(this.look);
    clearTimeout(this.due);
    await this.next(async () => {
      if ((await this.unsealed()) > 0) await this.notary.seal();
    });
    clearTimeout(this.due);
  }

  private lookSoon(): void {
    this.look ??= setTimeout(() => {
      this.look = undefined;
      void this.next(() => this.sealWhenDue());
    }, this.pace.lookMs).unref();
  }

  private async sealWhenDue(): Promise<void> {
    const unsealed = await this.unsealed();
    if (unsealed >= this.pace.everyEvents) await this.seal();
    else if (unsealed > 0) this.due ??= setTimeout(() => void this.next(() => this.seal()), this.pace.everyMs).unref();
  }

  private async seal(): Promise<void> {
    clearTimeout(this.due);
    this.due = undefined;
    await this.notary.seal();
  }

  private async unsealed(): Promise<number> {
    return (await this.store.count()) - (this.notary.lastCheckpoint()?.checkpoint.size ?? 0);
  }

  /** One thing after another; a failure is told. */
  private next(work: () => Promise<void>): Promise<void> {
    this.working = this.working.then(work).catch(this.onError);
    return this.working;
  }
}
