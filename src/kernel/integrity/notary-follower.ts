import type { EventStore, Subscription } from '../event-store/event-store.js';
import type { Notary } from './notary.js';

export interface SealingPace {
  /** A checkpoint at the latest after so many events. */
  readonly everyEvents: number;
  /** A checkpoint at the latest so many milliseconds after an event that is not under one. */
  readonly everyMs: number;
}

/** Seals the log by time and count while the register is open. */
export class NotaryFollower {
  private unsealed = 0;
  private timer: NodeJS.Timeout | undefined;
  private subscription: Subscription | undefined;
  private sealing: Promise<void> = Promise.resolve();

  /** @param onError called when sealing fails; it is tried again with the next events */
  constructor(
    private readonly store: EventStore,
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
    const after = BigInt(this.notary.lastCheckpoint()?.checkpoint.lastPosition ?? '0');
    this.subscription = this.store.subscribe(after, async (records) => this.count(records.length), {
      onError: this.onError,
    });
  }

  /** Seals what is left and ends. */
  async stop(): Promise<void> {
    await this.subscription?.stop();
    clearTimeout(this.timer);
    await this.sealing;
    if (this.unsealed > 0) await this.seal();
  }

  private count(events: number): void {
    this.unsealed += events;
    if (this.unsealed >= this.pace.everyEvents) this.sealNext();
    else this.timer ??= setTimeout(() => this.sealNext(), this.pace.everyMs).unref();
  }

  private sealNext(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.sealing = this.sealing.then(() => this.seal());
  }

  private async seal(): Promise<void> {
    const taken = this.unsealed;
    if (taken === 0) return;
    this.unsealed = 0;
    try {
      await this.notary.seal();
    } catch (error) {
      this.unsealed += taken;
      this.onError(error);
    }
  }
}
