import type { EventStore } from '../kernel/event-store/event-store.js';
import type { Reached } from '../kernel/projections/checkpointed-writer.js';
import type { Clock } from '../kernel/time/clock.js';
import type { Basis } from './read-model.js';
import type { IndexProjection } from './index/index-projection.js';

/** Says what an answer rests on. */
export class AnswerBasis {
  private since: string | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly index: IndexProjection,
    private readonly clock: Clock,
  ) {}

  /**
   * @param reached how far what was read had come. Of an earlier knowledge time, what was known then counts.
   * @param marks whether something that was read waits to be judged, or is parked; what the log holds beyond `reached`
   * makes it late as well
   */
  async of(
    reached: Reached,
    knownAt: string | undefined,
    marks: { readonly late: boolean; readonly parked: boolean },
  ): Promise<Basis> {
    const now = this.clock.now();
    // Time never runs backwards along the log: once something later was taken in, all that was known by then was.
    const mayLack = knownAt === undefined || reached.recordedAt <= knownAt;
    const late = marks.late || (mayLack && (await this.store.head()) > reached.position);
    const known = knownAt !== undefined && knownAt < now ? await this.index.knownBy(knownAt) : reached;
    const { position, facts } = known.position < reached.position ? known : reached;
    // The clock was turned back when what was read is later than now; an answer is not known before what it rests on.
    const latest = now < reached.recordedAt ? reached.recordedAt : now;
    return {
      knownAt: knownAt ?? latest,
      position,
      facts,
      registerSince: await this.registerSince(),
      late,
      parked: marks.parked,
    };
  }

  /** recordedAt of the first event; it never changes once there is one. */
  private async registerSince(): Promise<string | undefined> {
    if (this.since === undefined) this.since = (await this.store.readLog({ limit: 1 }))[0]?.recordedAt;
    return this.since;
  }
}
