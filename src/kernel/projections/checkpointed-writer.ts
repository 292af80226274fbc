import { type Checkpoint, CheckpointMoved, type ViewVersion, type WriteBatch } from '../view-store/view-store.js';
import { checkPosition, checkRegister, type ViewOrigin } from './view-origin.js';

export type Reached = Pick<Checkpoint, 'position' | 'recordedAt' | 'facts'>;

const NOTHING: Reached = { position: 0n, recordedAt: '', facts: 0 };

/**
 * The one way a runner writes a version of a view: rows and checkpoint together, fenced. Whoever takes over raises the
 * fence; from then on the writes of the one before are refused, so that two runners can never corrupt or double
 * anything. Each write says whose rows these are, and rows of another register are refused wherever they are met.
 */
export class CheckpointedWriter {
  private running = false;

  private constructor(
    readonly version: ViewVersion,
    private readonly log: ViewOrigin,
    private register: string | undefined,
    private current: Checkpoint | undefined,
  ) {}

  /**
   * A writer that has seen where the version stands and may not write yet.
   * @param log what the rows are made from
   * @throws ViewsOfAnotherRegister
   */
  static async open(version: ViewVersion, log: ViewOrigin): Promise<CheckpointedWriter> {
    const seen = await version.checkpoint();
    const register = await log.register();
    checkRegister(version, seen, register);
    return new CheckpointedWriter(version, log, register, seen);
  }

  get reached(): Reached {
    return this.current ?? NOTHING;
  }

  /** False for a version that nobody has ever written. */
  get begun(): boolean {
    return this.current !== undefined;
  }

  /** Whether this is the runner, as far as it knows: another may have taken over since its last write. */
  get runs(): boolean {
    return this.running;
  }

  /**
   * Sees whether the log has the event that the version stands at.
   * @throws ViewsDoNotFit when it was made from another log
   */
  assertFits(): Promise<void> {
    return checkPosition(this.version, this.current, this.log);
  }

  /** Becomes the runner: raises the fence on top of whatever stands there now. @throws ViewsOfAnotherRegister */
  async takeOver(): Promise<void> {
    for (;;) {
      const seen = await this.version.checkpoint();
      this.register ??= await this.log.register();
      checkRegister(this.version, seen, this.register);
      const next = this.signed({ ...(seen ?? NOTHING), fence: (seen?.fence ?? 0) + 1 });
      try {
        await this.version.write({ expected: seen, next });
        this.current = next;
        this.running = true;
        return;
      } catch (error) {
        if (!(error instanceof CheckpointMoved)) throw error;
      }
    }
  }

  /**
   * Looks where the version stands: what another runner has reached, when there is one. Whoever was overtaken learns it
   * here.
   * @throws ViewsOfAnotherRegister when that runner is another register's: both began in one place at the same moment
   */
  async refresh(): Promise<Reached> {
    const known = this.current;
    const seen = await this.version.checkpoint();
    checkRegister(this.version, seen, this.register);
    // What was written or taken over while the look was under way is newer than what was seen.
    if (this.current !== known) return this.reached;
    if (this.running && seen?.fence === known?.fence) return this.reached;
    this.running = false;
    this.current = seen;
    return this.reached;
  }

  /** @throws CheckpointMoved when another runner took over, or this one never did; nothing was written then. */
  async write(reached: Reached, rows: Pick<WriteBatch, 'puts' | 'deletes'>): Promise<void> {
    // Also where a look in between found the other runner: whoever was about to write learns it as if the store had
    // refused.
    if (!this.current || !this.running) throw new CheckpointMoved(this.version.projection, this.current);
    const next = this.signed({ ...reached, fence: this.current.fence });
    try {
      await this.version.write({ expected: this.current, next, ...rows });
    } catch (error) {
      if (error instanceof CheckpointMoved) this.running = false;
      throw error;
    }
    this.current = next;
  }

  /** Rows that nobody has signed yet become this register's. */
  private signed(next: Checkpoint): Checkpoint {
    return this.register === undefined ? next : { ...next, register: this.register };
  }
}
