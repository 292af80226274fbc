import { decideAppend, holds } from '../event-store/append-decision.js';
import {
  type Append,
  type AppendResult,
  DuplicateEventId,
  type EventStore,
  EventStoreError,
  EventStoreUnavailable,
  type ExpectedRevision,
  type NewRecord,
  RecordedAtBehind,
  WrongExpectedRevision,
} from '../event-store/event-store.js';
import type { Codec, SplitFact } from './codec.js';
import type { RecordingClock } from './recording-clock.js';
import type { SealedValues } from './sealed-values.js';
import { type Head, StreamHeads, after } from './stream-heads.js';

const ATTEMPTS = 100;

/** Sealed facts for the end of one stream, all or none. */
export interface SealedAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly facts: readonly { readonly split: SplitFact; readonly sealed: SealedValues | undefined }[];
}

type Answer = AppendResult | EventStoreError;

/**
 * Puts facts at the end of their streams, each chained to the one before it. An event's hash rests on the one before it, so every append
 * names the exact revision that it was chained to; when somebody else was first, it is chained anew.
 */
export class StreamWriter {
  private readonly heads: StreamHeads;

  /**
   * @param rememberedStreams for how many streams the head is kept in memory
   * @param onAppended told of what was written and where its last record stands
   */
  constructor(
    private readonly store: EventStore,
    private readonly codec: Codec,
    private readonly clock: RecordingClock,
    rememberedStreams: number,
    private readonly onAppended: (append: Append, answer: AppendResult) => void,
  ) {
    this.heads = new StreamHeads(store, rememberedStreams, (recordedAt) => clock.notBefore(recordedAt));
  }

  /**
   * Writes the appends in this order; an error stands in the place of its answer.
   * @param register the register's id, while the log may still be empty: it goes into every event, so that the first one has it
   */
  async write(appends: readonly SealedAppend[], register: string | undefined): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const segment of segments(appends, this.store.checksChain === true)) {
      const streams = new Set(segment.map(([{ stream }]) => stream));
      answers.push(...(await this.heads.inTurn(streams, () => this.writeSegment(segment, register))));
    }
    return answers;
  }

  /** Either a stream comes once in a segment, or the store checks that each append stands on the one that it was chained to. */
  private async writeSegment(runs: readonly Run[], register: string | undefined): Promise<Answer[]> {
    const unknown = new Set(runs.filter(([{ stream, expected }]) => expected !== 'NO_STREAM' && !this.heads.known(stream)).map(([{ stream }]) => stream));
    await Promise.all([...unknown].map((stream) => this.heads.fetch(stream)));

    const recordedAt = this.clock.stamp();
    const sentHeads = new Map<string, Head>();
    const chained = runs.map((run) => this.chain(run, sentHeads, recordedAt, register));
    const sent = chained.filter((append) => append !== undefined);
    const received = sent.length === 0 ? [] : await this.store.appendAll(sent);
    const answers: Answer[] = [];
    let next = 0;
    for (const [index, run] of runs.entries()) {
      const append = chained[index];
      const answer = append && received[next++];
      if (append && answer && !(answer instanceof EventStoreError) && !answer.already) answers.push(...(await this.accepted(run, append, answer)));
      else for (const one of run) answers.push(await this.writeAlone(one, register));
    }
    return answers;
  }

  /** Chains a run to what was just sent to its stream, else to the remembered head; undefined when the writer expects the stream elsewhere. */
  private chain(run: Run, sentHeads: Map<string, Head>, recordedAt: string, register: string | undefined): Append | undefined {
    const [{ stream, expected }] = run;
    const sent = sentHeads.get(stream);
    const head = sent ?? (expected === 'NO_STREAM' ? undefined : this.heads.known(stream));
    if (!holds(expected, head?.revision)) return undefined;
    const append = this.chainTo(head, stream, run.flatMap(({ facts }) => facts), recordedAt, register);
    sentHeads.set(stream, { revision: (head?.revision ?? -1n) + BigInt(append.records.length), hash: append.records.at(-1)!.hash });
    return sent ? { ...append, chainedTo: sent.hash } : append;
  }

  private chainTo(head: Head | undefined, stream: string, facts: SealedAppend['facts'], recordedAt: string, register: string | undefined): Append {
    const records: NewRecord[] = [];
    let { revision, previous } = after(head);
    for (const { split, sealed } of facts) {
      const record = this.codec.encode(split, sealed, { revision, recordedAt, previous, register });
      records.push(record);
      previous = record.hash;
      revision += 1n;
    }
    return { stream, expected: head ? head.revision : 'NO_STREAM', records };
  }

  private async accepted(run: Run, append: Append, answer: AppendResult): Promise<Answer[]> {
    this.heads.set(append.stream, { revision: answer.revision, hash: append.records.at(-1)!.hash });
    this.onAppended(append, answer);
    if (run.length === 1) return [answer];
    const lasts = run.map(({ facts }) => facts.at(-1)!.split.fact.id);
    const places = this.store.gapless ? undefined : await this.store.find(lasts);
    let behind = append.records.length;
    return run.map(({ facts }, index) => {
      behind -= facts.length;
      const position = places ? places.get(lasts[index]!)!.position : answer.position - BigInt(behind);
      return { revision: answer.revision - BigInt(behind), position, already: false };
    });
  }

  /** The careful way, when something stood in the way: look where the stream and the ids stand, decide, and try again. */
  private async writeAlone({ stream, expected, facts }: SealedAppend, register: string | undefined): Promise<Answer> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const head = await this.heads.fetch(stream);
      const places = await this.store.find(facts.map(({ split }) => split.fact.id));
      const append = this.chainTo(head, stream, facts, this.clock.stamp(), register);
      const decision = decideAppend({ ...append, expected }, head?.revision, (id) => places.get(id));
      if (decision instanceof EventStoreError) return decision;
      if (decision) return { revision: decision.revision, position: decision.position, already: true };

      const [answer] = await this.store.appendAll([append]);
      if (answer instanceof RecordedAtBehind) this.clock.notBefore(answer.last);
      else if (!(answer instanceof EventStoreError)) {
        if (answer!.already) this.heads.forget(stream);
        else this.heads.set(stream, { revision: answer!.revision, hash: append.records.at(-1)!.hash });
        return answer!;
      } else if (!(answer instanceof WrongExpectedRevision || answer instanceof DuplicateEventId)) return answer;
    }
    return new EventStoreUnavailable(`others wrote to ${stream} all the time`);
  }
}

/** Appends to one stream that stand next to each other and are written as one. */
type Run = readonly [SealedAppend, ...SealedAppend[]];

/**
 * Cuts appends into runs, and the runs into segments. A store that checks the chain takes all at once. With another one an append must
 * be certain before the next is chained to it: neighbours are written as one, and no stream comes twice in a segment.
 */
function segments(appends: readonly SealedAppend[], checksChain: boolean): Run[][] {
  if (checksChain) return appends.length === 0 ? [] : [appends.map((append): Run => [append])];
  const result: Run[][] = [];
  let segment: [SealedAppend, ...SealedAppend[]][] = [];
  let streams = new Set<string>();
  for (const append of appends) {
    const last = segment.at(-1);
    if (last?.[0].stream === append.stream && (append.expected === 'ANY' || append.expected === 'STREAM_EXISTS')) {
      last.push(append);
      continue;
    }
    if (streams.has(append.stream)) {
      result.push(segment);
      segment = [];
      streams = new Set();
    }
    segment.push([append]);
    streams.add(append.stream);
  }
  if (segment.length > 0) result.push(segment);
  return result;
}
