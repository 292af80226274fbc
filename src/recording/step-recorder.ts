import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { accessGivenBy } from '../facts/access-given.js';
import type { EventCatalogue } from '../kernel/event-sourcing/event-catalogue.js';
import type { RecordedEvent } from '../kernel/event-sourcing/envelope.js';
import { PersonForgottenError } from '../kernel/event-sourcing/event-log.js';
import { commandIdOf, eventIdOf, type IdSource } from '../kernel/event-sourcing/ids.js';
import { type AppendResult, DuplicateEventId, WrongExpectedRevision } from '../kernel/event-store/event-store.js';
import { consistencyToken } from '../kernel/http/consistency-token.js';
import { etagOf, requireMatch } from '../kernel/http/etag.js';
import { httpProblems } from '../kernel/http/http-problems.js';
import { Problem } from '../kernel/http/problem.js';
import { KeyedQueue } from '../kernel/keyed-queue.js';
import { civilDateOf, today as todayOf } from '../kernel/time/clock.js';
import { Consideration } from './consideration.js';
import { type Draft, draftOf } from './draft.js';
import { NumberClaims, numberOf } from './number-claims.js';
import { accessRefused } from './own-access.js';
import { problemOfRefusal, recordingProblems } from './recording-problems.js';
import { isSameFact } from './same-fact.js';
import type { StepAnswer, StepRequest, StepResult } from './step-command.js';
import type { StepRegister } from './step-register.js';
import type { Step } from './step.js';
import { ownerOf, type StreamOwner, streamOf, unknownStream } from './target.js';

/** How often a step is decided anew when other processes write to its stream in between. */
const ATTEMPTS = 40;
/** The longest pause before one of the first of them, in milliseconds; whoever meets again and again waits longer. */
const PAUSE_MS = 5;
/** Before this much time a command can have come of which the recording fell on the next day. */
const UNDER_WAY_MS = 3_600_000;
/**
 * So many entries a stream takes from commands: each command and each answer reads all of them. Corrections are taken
 * always.
 */
export const EVENTS_A_STREAM = 10_000;
/** Behind every position that a store can give. */
const END_OF_LOG = 2n ** 63n - 1n;

interface Work {
  readonly step: Step;
  readonly request: StepRequest;
  readonly commandId: string;
  readonly stream: string;
}

/**
 * Records steps: reads the stream, decides, appends with the revision that was decided on, answers. A command that was
 * sent before is found by its event's id in the stream itself, so it is answered as it was then, whatever broke in
 * between. Commands on one stream are worked on one after the other: of several at once only one could be appended.
 */
export class StepRecorder {
  private readonly turns = new KeyedQueue(Infinity);
  private readonly consideration: Consideration;
  private readonly numbers: NumberClaims;

  constructor(
    private readonly register: StepRegister,
    private readonly catalogue: EventCatalogue,
    private readonly ids: IdSource,
  ) {
    this.consideration = new Consideration(register, catalogue);
    this.numbers = new NumberClaims(register);
  }

  /** @throws Problem for everything for which a step is not recorded */
  async record(step: Step, request: StepRequest): Promise<StepResult> {
    const key = request.dryRun ? undefined : request.idempotencyKey;
    const commandId = key === undefined ? this.ids() : commandIdOf(request.context.actor.id, key);
    const stream = await streamOf(step, request, commandId, this.register.store);
    const work = { step, request, commandId, stream };
    if (key !== undefined) await this.mustNotStandElsewhere(work);
    return request.dryRun ? this.decided(work) : this.turns.run([stream], () => this.decided(work));
  }

  private async decided(work: Work): Promise<StepResult> {
    const { commandId, stream } = work;
    const eventId = eventIdOf(commandId);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const history = await this.register.log.readStream(stream);
      const recorded = history.find(({ id }) => id === eventId);
      if (recorded) return this.answerAgain(work, history, recorded);
      const result = await this.attempt(work, history);
      if (result) return result;
      await sleep(Math.random() * PAUSE_MS * attempt);
    }
    // Whoever named a revision was told that it is another one. The others did nothing wrong.
    throw new Problem(httpProblems.OVERLOADED, { headers: { 'retry-after': '1' } });
  }

  /** @returns undefined when somebody else wrote to the stream in between */
  private async attempt(work: Work, history: readonly RecordedEvent[]): Promise<StepResult | undefined> {
    const { step, request, stream } = work;
    this.checkPreconditions(work, history);
    const today = todayOf(this.register.clock);
    const draft = draftOf(step, request, this.catalogue, { ...work, today, defaultDay: today, history });
    const owner = await ownerOf(stream, draft.data, history, (other) => this.register.log.readStream(other));
    const entry = this.imagined(work, draft, owner, history);
    await this.mustNotGiveOwnAccess(work, draft, history);
    const considered = await this.consideration.of(step, draft, { history, upTo: END_OF_LOG, today, entry });
    await this.mustBeOnceForNumber(work, draft, owner, today);
    if (request.dryRun) {
      const event = { type: step.records.type, stream, effectiveOn: draft.effectiveOn, data: draft.data };
      return {
        preview: { dryRun: true, events: [event], warnings: considered.warnings, ...(await considered.preview()) },
      };
    }
    const appended = await this.append(work, draft, owner, history.at(-1)?.revision);
    if (!appended || appended.already) return undefined;
    return { answer: await this.answerOf(work, draft, appended, considered.warnings), replayed: false };
  }

  /** @throws Problem OWN_ACCESS, ACCESS_BY_SYSTEM */
  private async mustNotGiveOwnAccess(
    { step, request }: Work,
    draft: Draft,
    history: readonly RecordedEvent[],
  ): Promise<void> {
    const entry = { ...draft, type: step.records.type };
    // Few steps do; for the others nothing is opened.
    if (!accessGivenBy(entry, history)) return;
    const { actor, acting } = request.context;
    const refusal = accessRefused(entry, await this.register.log.open(history), actor, acting);
    if (refusal) throw new Problem(problemOfRefusal(refusal.refused));
  }

  /** The last thing before the entry is written: from here on the number is this recipient's. */
  private async mustBeOnceForNumber(
    { step, request }: Work,
    draft: Draft,
    owner: StreamOwner,
    today: string,
  ): Promise<void> {
    if (!step.onceForNumber) return;
    const number = numberOf(draft.data, { effectiveOn: draft.effectiveOn, today });
    if (!number) return;
    const wanted = { ...number, recipient: owner.subject, controller: owner.controller };
    const recipient = await (request.dryRun ? this.numbers.holder(wanted) : this.numbers.take(wanted));
    if (recipient === undefined) return;
    const named = (await request.context.seesRecipient?.(recipient)) ?? true;
    throw new Problem(problemOfRefusal(step.onceForNumber), named ? { members: { recipient } } : {});
  }

  private checkPreconditions({ step, request, stream }: Work, history: readonly RecordedEvent[]): void {
    const last = history.at(-1);
    if (!last) {
      if (!step.records.opens && step.records.categories?.[0] !== 'policy') throw unknownStream(stream);
      if (request.ifMatch !== undefined) throw new Problem(httpProblems.PRECONDITION_FAILED);
      return;
    }
    if (step.records.opens)
      throw new Problem(
        recordingProblems.ALREADY_EXISTS,
        // Who may not see everything is not told what it is that has the id.
        request.context.seesRecipient ? {} : { headers: { etag: etagOf(last.revision) }, members: { stream } },
      );
    if (history.length >= EVENTS_A_STREAM && step.records.categories !== undefined)
      throw new Problem(recordingProblems.STREAM_FULL);
    if (!request.dryRun || request.ifMatch !== undefined) requireMatch(request.ifMatch, last.revision);
  }

  private async append(
    work: Work,
    draft: Draft,
    owner: StreamOwner,
    revision: bigint | undefined,
  ): Promise<AppendResult | undefined> {
    const { correctedTypes, thing: _thing, named: _named, ...fact } = draft;
    const { actor, correlationId } = work.request.context;
    try {
      return await this.register.log.append(work.stream, revision ?? 'NO_STREAM', [
        {
          ...fact,
          type: work.step.records.type,
          actor,
          ...owner,
          correlationId,
          commandId: work.commandId,
          ...(correctedTypes.length > 0 ? { correctedTypes } : {}),
        },
      ]);
    } catch (error) {
      if (error instanceof WrongExpectedRevision) return undefined;
      if (error instanceof DuplicateEventId) throw new Problem(httpProblems.IDEMPOTENCY_KEY_REUSED);
      if (error instanceof PersonForgottenError) {
        if (work.step.onceForNumber) await this.numbers.giveUp(owner.subject);
        throw new Problem(recordingProblems.PERSON_FORGOTTEN);
      }
      throw error;
    }
  }

  /**
   * The same command again: what it answered then, worked out anew on what stood before it. Another command under its
   * key is refused.
   */
  private async answerAgain(
    work: Work,
    history: readonly RecordedEvent[],
    recorded: RecordedEvent,
  ): Promise<StepResult> {
    // Whoever acts in another role or for somebody else sends another command: what it would record is not this.
    if (!isDeepStrictEqual({ ...recorded.actor }, { ...work.request.context.actor }))
      throw new Problem(httpProblems.IDEMPOTENCY_KEY_REUSED);
    const before = history.filter(({ revision }) => revision < recorded.revision);
    const today = civilDateOf(recorded.recordedAt);
    try {
      const draft = draftOf(work.step, work.request, this.catalogue, {
        ...work,
        today,
        defaultDay: dayMeant(recorded),
        history: before,
      });
      const [opened] = await this.register.log.open([recorded]);
      if (!opened || !isSameFact(this.catalogue, work.step.records.type, draft, opened))
        throw new Problem(httpProblems.IDEMPOTENCY_KEY_REUSED);
      const { warnings } = await this.consideration.again(work.step, draft, {
        history: before,
        upTo: recorded.position - 1n,
        today,
        entry: { ...recorded, data: draft.data },
      });
      return { answer: await this.answerOf(work, draft, recorded, warnings), replayed: true };
    } catch (error) {
      // A body that could not have been recorded then is not the one that was.
      if (error instanceof Problem && error.type.status < 500) throw new Problem(httpProblems.IDEMPOTENCY_KEY_REUSED);
      throw error;
    }
  }

  private async mustNotStandElsewhere({ commandId, stream }: Work): Promise<void> {
    const eventId = eventIdOf(commandId);
    const place = (await this.register.store.find([eventId])).get(eventId);
    if (place && place.stream !== stream) throw new Problem(httpProblems.IDEMPOTENCY_KEY_REUSED);
  }

  private imagined(
    { step, request }: Work,
    draft: Draft,
    owner: StreamOwner,
    history: readonly RecordedEvent[],
  ): RecordedEvent {
    const last = history.at(-1);
    return {
      id: draft.id,
      type: step.records.type,
      ...(draft.correctedTypes.length > 0 ? { correctedTypes: draft.correctedTypes } : {}),
      stream: draft.stream,
      effectiveOn: draft.effectiveOn,
      actor: request.context.actor,
      ...owner,
      schemaVersion: step.records.schemaVersion,
      revision: last ? last.revision + 1n : 0n,
      position: END_OF_LOG,
      recordedAt: this.register.clock.now(),
      data: draft.data,
    };
  }

  private async answerOf(
    { step }: Work,
    draft: Draft,
    { revision, position }: Pick<AppendResult, 'revision' | 'position'>,
    warnings: StepAnswer['warnings'],
  ): Promise<StepAnswer> {
    return {
      eventId: draft.id,
      type: step.records.type,
      stream: draft.stream,
      revision: String(revision),
      position: String(position),
      ...(draft.thing === undefined ? {} : { id: draft.thing }),
      warnings,
      consistencyToken: consistencyToken((await this.register.log.register()) ?? '', position),
    };
  }
}

/** The day that a command meant which named none: the one on which it came, which its event need not have kept. */
function dayMeant({ recordedAt, effectiveOn }: RecordedEvent): string {
  const came = [recordedAt, new Date(Date.parse(recordedAt) - UNDER_WAY_MS).toISOString()].map(civilDateOf);
  return came.includes(effectiveOn) ? effectiveOn : civilDateOf(recordedAt);
}
