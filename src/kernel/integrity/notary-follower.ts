import type { EventStore, Watch } from '../event-store/event-store.js';
import { IntegrityError } from './integrity-error.js';
import { LEASE_MS, type Notary } from './notary.js';

export interface SealingPace {
  /** A checkpoint at the latest after so many events, seen once a `lookMs`. */
  readonly everyEvents: number;
  /** A checkpoint at the latest so many milliseconds after an event that is not under one. */
  readonly everyMs: number;
  /** How long the log may grow before it is looked how much; counting costs a server a read. */
  readonly lookMs: number;
}

/** The right to sign is asked for so often: in time to hold on to it, and soon enough after another let go of it. */
const ASK_MS = LEASE_MS / 3;

/** Seals the log by time and count while the register is open, as long as no other process of it does. */
export class NotaryFollower {
  private watch: Watch | undefined;
  private look: NodeJS.Timeout | undefined;
  private due: NodeJS.Timeout | undefined;
  private asking: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  /** Whether this process is the one that signs. */
  inOffice = false;

  /**
   * @param onError called when sealing fails; it is tried again with the next events
   * @param onSealed called after each checkpoint
   */
  constructor(
    private readonly store: Pick<EventStore, 'watch' | 'count'>,
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
    this.watch = this.store.watch(() => this.lookSoon());
    this.lookSoon();
  }

  /** Seals what is left and ends. */
  async stop(): Promise<void> {
    this.watch?.stop();
    clearTimeout(this.look);
    clearInterval(this.asking);
    await this.next(async () => {
      if ((await this.unsealed()) > 0) await this.seal();
    });
    clearTimeout(this.due);
    await this.notary.leaveOffice();
  }

  private async ask(): Promise<void> {
    // Who cannot ask does not know that it still is.
    this.inOffice = await this.notary.holdsOffice().catch((error: unknown) => {
      this.inOffice = false;
      throw error;
    });
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
    else if (unsealed > 0) this.sealLater();
  }

  private sealLater(): void {
    this.due ??= setTimeout(() => void this.next(() => this.seal()), this.pace.everyMs).unref();
  }

  private async seal(): Promise<void> {
    clearTimeout(this.due);
    this.due = undefined;
    try {
      await this.notary.seal();
      this.onSealed();
    } catch (error) {
      if (!(error instanceof IntegrityError && error.code === 'NOT_THE_NOTARY')) throw error;
      // Whoever signs now signs for this process too; should it end, this one comes to it when it is due again.
      this.sealLater();
    }
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
