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
  type RecordPlace,
  WrongExpectedRevision,
} from '../event-store/event-store.js';
import type { Codec, SplitFact } from './codec.js';
import type { RecordingClock } from './recording-clock.js';
import type { SealedValues } from './sealed-values.js';
import { type Head, StreamHeads, after } from './stream-heads.js';

const ATTEMPTS = 100;
/**
 * Of what others wrote to a stream between two attempts so many are looked through; where there are more, everything is
 * asked anew.
 */
const MOST_SINCE = 500;

/** So many appends to one stream are written as one: a server takes only so many bytes at once. */
const LONGEST_RUN = 100;

/** Sealed facts for the end of one stream, all or none. */
export interface SealedAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly facts: readonly { readonly split: SplitFact; readonly sealed: SealedValues | undefined }[];
}

type Answer = AppendResult | EventStoreError;

/**
 * Puts facts at the end of their streams, each chained to the one before it. An event's hash rests on the one before
 * it, so every append names the exact revision that it was chained to; when somebody else was first, it is chained
 * anew.
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
   * Writes the appends, those to one stream in this order; an error stands in the place of its answer.
   * @param register the register's id, while the log may still be empty: it goes into every event, so that the first
   * one has it
   */
  async write(appends: readonly SealedAppend[], register: string | undefined): Promise<Answer[]> {
    const answers = new Map<SealedAppend, Answer>();
    for (const segment of segments(appends, this.store.checksChain === true)) {
      const streams = new Set(segment.map(([{ stream }]) => stream));
      await this.heads.inTurn(streams, () => this.writeSegment(segment, register, answers));
    }
    return appends.map((append) => answers.get(append)!);
  }

  /**
   * Either a stream comes once in a segment, or the store checks that each append stands on the one that it was chained
   * to.
   */
  private async writeSegment(
    runs: readonly Run[],
    register: string | undefined,
    answers: Map<SealedAppend, Answer>,
  ): Promise<void> {
    const unknown = new Set(
      runs
        .filter(([{ stream, expected }]) => expected !== 'NO_STREAM' && !this.heads.known(stream))
        .map(([{ stream }]) => stream),
    );
    await Promise.all([...unknown].map((stream) => this.heads.fetch(stream)));

    const recordedAt = this.clock.stamp();
    const sentHeads = new Map<string, Head>();
    const chained = runs.map((run) => this.chain(run, sentHeads, recordedAt, register));
    const sent = chained.filter((append) => append !== undefined);
    const received = sent.length === 0 ? [] : await this.store.appendAll(sent);
    const accepted: Accepted[] = [];
    const alone: SealedAppend[] = [];
    let next = 0;
    for (const [index, run] of runs.entries()) {
      const append = chained[index];
      const answer = append && received[next++];
      if (append && answer && !(answer instanceof EventStoreError) && !answer.already)
        accepted.push({ run, append, answer });
      else alone.push(...run);
    }
    await this.takeAccepted(accepted, answers);
    for (const one of alone) answers.set(one, await this.writeAlone(one, register));
  }

  /**
   * Chains a run to what was just sent to its stream, else to the remembered head; undefined when the writer expects
   * the stream elsewhere.
   */
  private chain(
    run: Run,
    sentHeads: Map<string, Head>,
    recordedAt: string,
    register: string | undefined,
  ): Append | undefined {
    const [{ stream, expected }] = run;
    const sent = sentHeads.get(stream);
    const head = sent ?? (expected === 'NO_STREAM' ? undefined : this.heads.known(stream));
    if (!holds(expected, head?.revision)) return undefined;
    const append = this.chainTo(
      head,
      stream,
      run.flatMap(({ facts }) => facts),
      recordedAt,
      register,
    );
    sentHeads.set(stream, {
      revision: (head?.revision ?? -1n) + BigInt(append.records.length),
      hash: append.records.at(-1)!.hash,
    });
    return sent ? { ...append, chainedTo: sent.hash } : append;
  }

  private chainTo(
    head: Head | undefined,
    stream: string,
    facts: SealedAppend['facts'],
    recordedAt: string,
    register: string | undefined,
  ): Append {
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

  private async takeAccepted(accepted: readonly Accepted[], answers: Map<SealedAppend, Answer>): Promise<void> {
    for (const { append, answer } of accepted) {
      this.heads.set(append.stream, { revision: answer.revision, hash: append.records.at(-1)!.hash });
      this.onAppended(append, answer);
    }
    // The answer tells of a run's last event. Where the others of it stand follows only where positions have no gaps.
    const asked = accepted.flatMap(({ run }) => run.slice(0, -1).map(lastIdOf));
    const places = this.store.gapless || asked.length === 0 ? undefined : await this.store.find(asked);
    for (const { run, append, answer } of accepted) {
      let behind = append.records.length;
      for (const one of run) {
        behind -= one.facts.length;
        const position =
          behind === 0
            ? answer.position
            : places
              ? places.get(lastIdOf(one))?.position
              : answer.position - BigInt(behind);
        // Never a guessed position. Whoever sends the same facts again is answered from the log.
        if (position === undefined)
          answers.set(one, new EventStoreUnavailable(`what was written to ${append.stream} is not found there yet`));
        else answers.set(one, { ...answer, revision: answer.revision - BigInt(behind), position });
      }
    }
  }

  /**
   * The careful way, when something stood in the way: look where the stream and the ids stand, decide, and try again.
   * Looking for ids may take so long that others are always first, so once they are known not to be there, only what
   * others wrote meanwhile is looked through.
   */
  private async writeAlone({ stream, expected, facts }: SealedAppend, register: string | undefined): Promise<Answer> {
    const ids = facts.map(({ split }) => split.fact.id);
    let head: Head | undefined = await this.heads.fetch(stream);
    let places: ReadonlyMap<string, RecordPlace> | undefined;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      places ??= await this.store.find(ids);
      const append = this.chainTo(head, stream, facts, this.clock.stamp(), register);
      const decision = decideAppend({ ...append, expected }, head?.revision, (id) => places?.get(id));
      if (decision instanceof EventStoreError) return decision;
      if (decision) return { revision: decision.revision, position: decision.position, already: true };

      const [answer] = await this.store.appendAll([append]);
      if (answer instanceof RecordedAtBehind) this.clock.notBefore(answer.last);
      else if (!(answer instanceof EventStoreError)) {
        if (answer!.already) this.heads.forget(stream);
        else this.heads.set(stream, { revision: answer!.revision, hash: append.records.at(-1)!.hash });
        return answer!;
      } else if (!(answer instanceof WrongExpectedRevision || answer instanceof DuplicateEventId)) return answer;

      const since = await this.store.readStream(stream, { from: (head?.revision ?? -1n) + 1n, limit: MOST_SINCE });
      const last = since.at(-1);
      if (last && since.length < MOST_SINCE && !since.some(({ id }) => ids.includes(id))) {
        this.clock.notBefore(last.recordedAt);
        head = last;
      } else {
        head = await this.heads.fetch(stream);
        places = undefined;
      }
    }
    return new EventStoreUnavailable(`others wrote to ${stream} all the time`);
  }
}

/** Appends to one stream that are written as one. */
type Run = readonly [SealedAppend, ...SealedAppend[]];

interface Accepted {
  readonly run: Run;
  readonly append: Append;
  readonly answer: AppendResult;
}

function lastIdOf({ facts }: SealedAppend): string {
  return facts.at(-1)!.split.fact.id;
}

/**
 * Gathers appends into runs, and the runs into segments. A store that checks the chain takes all at once, in their
 * order. With another one an append must be certain before the next is chained to it: all to one stream are written as
 * one where their writers name no revision, and no stream comes twice in a segment.
 */
function segments(appends: readonly SealedAppend[], checksChain: boolean): Run[][] {
  if (checksChain) return appends.length === 0 ? [] : [appends.map((append): Run => [append])];
  const result: [SealedAppend, ...SealedAppend[]][][] = [];
  const last = new Map<string, { readonly segment: number; readonly run: [SealedAppend, ...SealedAppend[]] }>();
  for (const append of appends) {
    const before = last.get(append.stream);
    if (
      before &&
      before.run.length < LONGEST_RUN &&
      (append.expected === 'ANY' || append.expected === 'STREAM_EXISTS')
    ) {
      before.run.push(append);
      continue;
    }
    const segment = before ? before.segment + 1 : 0;
    const run: [SealedAppend, ...SealedAppend[]] = [append];
    (result[segment] ??= []).push(run);
    last.set(append.stream, { segment, run });
  }
  return result;
}
