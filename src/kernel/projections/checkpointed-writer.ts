import { type Checkpoint, CheckpointMoved, type ViewVersion, type WriteBatch } from '../view-store/view-store.js';

export type Reached = Pick<Checkpoint, 'position' | 'recordedAt' | 'facts'>;

const NOTHING: Reached = { position: 0n, recordedAt: '', facts: 0 };

/**
 * The one way a runner writes a version of a view: rows and checkpoint together, fenced. Whoever takes over raises the fence;
 * from then on the writes of the one before are refused, so that two runners can never corrupt or double anything.
 */
export class CheckpointedWriter {
  private running = false;

  private constructor(
    readonly version: ViewVersion,
    private current: Checkpoint | undefined,
  ) {}

  /** A writer that has seen where the version stands and may not write yet. */
  static async open(version: ViewVersion): Promise<CheckpointedWriter> {
    return new CheckpointedWriter(version, await version.checkpoint());
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

  /** Becomes the runner: raises the fence on top of whatever stands there now. */
  async takeOver(): Promise<void> {
    for (;;) {
      const seen = await this.version.checkpoint();
      const next = { ...(seen ?? NOTHING), fence: (seen?.fence ?? 0) + 1 };
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

  /** Looks where the version stands: what another runner has reached, when there is one. Whoever was overtaken learns it here. */
  async refresh(): Promise<Reached> {
    const known = this.current;
    const seen = await this.version.checkpoint();
    // What was written or taken over while the look was under way is newer than what was seen.
    if (this.current !== known) return this.reached;
    if (this.running && seen?.fence === known?.fence) return this.reached;
    this.running = false;
    this.current = seen;
    return this.reached;
  }

  /** @throws CheckpointMoved when another runner took over; nothing was written then. */
  async write(reached: Reached, rows: Pick<WriteBatch, 'puts' | 'deletes'>): Promise<void> {
    if (!this.current || !this.running) throw new Error('a writer takes over before it writes');
    const next = { ...reached, fence: this.current.fence };
    try {
      await this.version.write({ expected: this.current, next, ...rows });
    } catch (error) {
      if (error instanceof CheckpointMoved) this.running = false;
      throw error;
    }
    this.current = next;
  }
}
