import type { RecordedEvent } from '../kernel/event-sourcing/envelope.js';
import { type EventLog, type FactToRecord, PersonForgottenError } from '../kernel/event-sourcing/event-log.js';
import type { AppendResult, EventStore, EventStoreError } from '../kernel/event-store/event-store.js';
import { CheckpointMoved } from '../kernel/view-store/view-store.js';
import { isShared } from '../judgement/index/index-page.js';
import type { IndexProjection } from '../judgement/index/index-projection.js';
import { eventCatalogue } from '../facts/event-catalogue.js';
import type { FactOfLine, TurnedAway } from './line-checker.js';
import { Reject } from './reject.js';

/** Records facts as an {@link EventLog} does. */
export type FactRecorder = Pick<EventLog, 'appendAll'>;

/** What became of a batch in the log. */
export interface Recorded {
  readonly facts: (FactOfLine & { readonly result: AppendResult })[];
  readonly refused: TurnedAway[];
}

export const NOTHING_RECORDED: Recorded = { facts: [], refused: [] };

/** Puts the facts of a batch into the log, and what they say of streams and names into the index. */
export class FactWriter {
  constructor(
    private readonly register: { readonly store: EventStore; readonly log: EventLog; readonly index: IndexProjection },
    private readonly recorder: FactRecorder,
  ) {}

  /**
   * @throws EventStoreError for everything but a person who was forgotten, and a fact that is larger than the store
   * takes
   */
  async record(batch: readonly FactOfLine[]): Promise<Recorded> {
    if (batch.length === 0) return NOTHING_RECORDED;
    const answers = await this.recorder.appendAll(
      batch.map(({ fact }) => ({ stream: fact.stream, expected: expectedOf(fact), facts: [fact] })),
    );
    const recorded: Recorded = { facts: [], refused: [] };
    for (const [at, answer] of answers.entries()) {
      const { fact, line } = batch[at] as FactOfLine;
      if (!(answer instanceof Error)) recorded.facts.push({ fact, line, result: answer });
      else if (answer instanceof PersonForgottenError)
        recorded.refused.push({
          line,
          reject: new Reject('PERSON_FORGOTTEN', 'the person was forgotten in this register'),
        });
      else if (answer.code === 'APPEND_TOO_LARGE')
        recorded.refused.push({
          line,
          reject: new Reject('TOO_LONG', `is, sealed, more than the store takes: ${answer.message}`),
        });
      else throw answer satisfies EventStoreError;
    }
    return recorded;
  }

  /**
   * Brings the index up to what was recorded. Facts need not be read again for that, unless somebody else's lie between
   * them.
   */
  async index(landed: Recorded['facts']): Promise<void> {
    if (landed.length === 0) return;
    const { index, store, log } = this.register;
    const { position, facts } = index.reached;
    const alone =
      store.gapless &&
      landed.every(({ result }, at) => !result.already && result.position === position + BigInt(at) + 1n);
    const last = position + BigInt(landed.length);
    const [first, end] = alone ? [await this.recordedAt(position), await this.recordedAt(last - 1n)] : [];
    // Own writes never run backwards where positions have no gaps, so equal ends mean that all of them were recorded at
    // one instant.
    if (end === undefined || first !== end) return index.reach();
    const shared: RecordedEvent[] = [];
    for (const { fact, result } of landed)
      if (isShared(fact)) shared.push(...(await log.readStream(fact.stream, { from: result.revision, limit: 1 })));
    try {
      const stamps = [{ stamp: Date.parse(end), first: position + 1n, last, count: landed.length }];
      await index.apply(
        landed.map(({ fact }) => fact),
        shared,
        stamps,
        { position: last, recordedAt: end, facts: facts + landed.length },
      );
    } catch (error) {
      if (!(error instanceof CheckpointMoved)) throw error;
      await index.reach();
    }
  }

  private async recordedAt(after: bigint): Promise<string | undefined> {
    return (await this.register.store.readLog({ from: after, limit: 1 }))[0]?.recordedAt;
  }
}

function expectedOf(fact: FactToRecord): 'ANY' | 'NO_STREAM' | 'STREAM_EXISTS' {
  if (eventCatalogue.get(fact.type)?.opens) return 'NO_STREAM';
  return fact.stream.startsWith('policy-') ? 'ANY' : 'STREAM_EXISTS';
}
