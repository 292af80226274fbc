import type { EventStore, Subscription } from '../event-store/event-store.js';
import { IntegrityError } from './integrity-error.js';
import { LEASE_MS, type Notary } from './notary.js';

export interface SealingPace {
  /** A checkpoint at the latest after so many events. */
  readonly everyEvents: number;
  /** A checkpoint at the latest so many milliseconds after an event that is not under one. */
  readonly everyMs: number;
}

/** The right to sign is asked for so often: in time to hold on to it, and soon enough after another let go of it. */
const ASK_MS = LEASE_MS / 3;

/** Seals the log by time and count while the register is open, as long as no other process of it does. */
export class NotaryFollower {
  private unsealed = 0;
  private timer: NodeJS.Timeout | undefined;
  private subscription: Subscription | undefined;
  private sealing: Promise<void> = Promise.resolve();
  private asking: NodeJS.Timeout | undefined;
  /** Whether this process is the one that signs. */
  inOffice = false;

  /**
   * @param onError called when sealing fails; it is tried again with the next events
   * @param onSealed called after each checkpoint */
  constructor(
    private readonly store: EventStore,
    private readonly notary: Notary,
    private readonly pace: SealingPace,
    private readonly onError: (error: unknown) => void,
    private readonly onSealed: () => void = () => undefined,
  ) {}

  /**
   * @throws IntegrityError LOG_NOT_CONTINUED when the log does not go on where it was sealed last: it must not start
   * silently
   */
  async start(): Promise<void> {
    await this.notary.assertContinued();
    await this.ask();
    this.asking = setInterval(() => void this.ask().catch(this.onError), ASK_MS).unref();
    const after = BigInt(this.notary.lastCheckpoint()?.checkpoint.lastPosition ?? '0');
    this.subscription = this.store.subscribe(after, async (records) => this.count(records.length), {
      onError: this.onError,
    });
  }

  /** Seals what is left and ends. */
  async stop(): Promise<void> {
    await this.subscription?.stop();
    clearTimeout(this.timer);
    clearInterval(this.asking);
    await this.sealing;
    if (this.unsealed > 0) await this.seal();
    await this.notary.leaveOffice();
  }

  private async ask(): Promise<void> {
    this.inOffice = await this.notary.holdsOffice();
  }

  private count(events: number): void {
    this.unsealed += events;
    if (this.unsealed >= this.pace.everyEvents) this.sealNext();
    else this.sealLater();
  }

  private sealLater(): void {
    this.timer ??= setTimeout(() => this.sealNext(), this.pace.everyMs).unref();
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
      this.onSealed();
    } catch (error) {
      this.unsealed += taken;
      // Whoever signs now signs for this process too; should it end, this one comes to it at the next event or the next time it asks.
      if (error instanceof IntegrityError && error.code === 'NOT_THE_NOTARY') this.sealLater();
      else this.onError(error);
    }
  }
}
