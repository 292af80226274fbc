import type { EventStore } from '../../kernel/event-store/event-store.js';
import type { Reached } from '../../kernel/projections/checkpointed-writer.js';
import type { Clock } from '../../kernel/time/clock.js';
import type { Basis } from '../read-model.js';

/** Says what an answer rests on. */
export class AnswerBasis {
  private since: string | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  async of(reached: Reached, knownAt: string | undefined, marks: { readonly late: boolean; readonly parked: boolean }): Promise<Basis> {
    return { knownAt: knownAt ?? this.clock.now(), position: reached.position, facts: reached.facts, registerSince: await this.registerSince(), ...marks };
  }

  /** recordedAt of the first event; it never changes once there is one. */
  private async registerSince(): Promise<string | undefined> {
    if (this.since === undefined) this.since = (await this.store.readLog({ limit: 1 }))[0]?.recordedAt;
    return this.since;
  }
}
