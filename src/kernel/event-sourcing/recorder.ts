import {
  type AppendResult,
  ClockOff,
  type EventStore,
  EventStoreError,
  type ExpectedRevision,
} from '../event-store/event-store.js';
import type { KeyStore, SearchTerm } from '../privacy/key-store.js';
import { KeyStoreError } from '../privacy/key-store-error.js';
import type { Clock } from '../time/clock.js';
import { ClockOffset } from '../time/clock-offset.js';
import { ClosedLog } from './closed-log.js';
import { Codec, type SplitFact } from './codec.js';
import type { EventCatalogue } from './event-catalogue.js';
import type { LoggedEntry, RecordedEvent } from './envelope.js';
import {
  type EventLog,
  type FactToRecord,
  type FactsForStream,
  type LogPage,
  type OpenedEvent,
  PersonForgottenError,
} from './event-log.js';
import { InvalidFact, checkFact, subjectOf } from './fact-check.js';
import { RecordingClock } from './recording-clock.js';
import { RememberedStreams } from './remembered-streams.js';
import { readBody } from './stored-body.js';
import { type SealedAppend, StreamWriter } from './stream-writer.js';

const REMEMBERED_STREAMS = 30_000;
/** By so much this process's clock may differ from that of the server that keeps the log. */
const MOST_OFF_SECONDS = 10;

/** By what the person a fact is about is to be found from now on. */
export interface SearchTermsChange {
  readonly add: readonly SearchTerm[];
  /** Earlier terms of these kinds no longer find the person, and what was claimed before is given up. */
  readonly dropKinds?: readonly string[];
  /** What only one person can have: it becomes this person's unless somebody has it. */
  readonly claims?: readonly SearchTerm[];
}

export interface RecorderOptions {
  /** What makes a person findable; the kernel does not know which fields these are. */
  readonly searchTermsOf?: (fact: FactToRecord) => SearchTermsChange | undefined;
  /** Types that can be recorded about a person who was forgotten: the entry that says so. */
  readonly afterForgetting?: readonly string[];
  /** For how many streams the head is kept in memory. Default 30,000. */
  readonly rememberedStreams?: number;
  /** How many events of streams that were read are kept to be read again, for a process that serves. Default none. */
  readonly rememberedEvents?: number;
  /** Whether nothing is recorded while the clock lies too far from the store's; for the clock of the system. */
  readonly refuseWrongClock?: boolean;
}

/** The key of a person is damaged: nothing about them can be sealed until a backup of the key store is restored. */
export class PersonKeyDamaged extends EventStoreError {
  readonly code = 'PERSON_KEY_DAMAGED';
  constructor(readonly subject: string) {
    super(`the key of ${subject} is damaged; restore a backup of the key store`);
  }
}

/** The event log over an event store and a key store: checks, stamps, seals and chains what goes in. */
export class Recorder implements EventLog {
  readonly codec: Codec;
  private readonly clock: RecordingClock;
  private readonly writer: StreamWriter;
  private readonly closed: ClosedLog;
  private readonly remembered: RememberedStreams | undefined;
  private readonly afterForgetting: ReadonlySet<string>;
  private started: Promise<void> | undefined;
  private lastAcknowledged = 0n;
  private readonly offset: ClockOffset;
  /** True until it is certain that the log has a first event, which carries the register's id. */
  private mayBeEmpty = true;

  constructor(
    private readonly store: EventStore,
    private readonly keys: KeyStore,
    private readonly catalogue: EventCatalogue,
    private readonly wall: Clock,
    private readonly options: RecorderOptions = {},
  ) {
    this.codec = new Codec(catalogue);
    this.closed = new ClosedLog(store, this.codec);
    this.remembered = options.rememberedEvents
      ? new RememberedStreams(store, this.closed, this.codec, options.rememberedEvents)
      : undefined;
    this.clock = new RecordingClock(wall, () => store.latestSeen?.());
    this.offset = new ClockOffset(wall);
    this.writer = new StreamWriter(
      store,
      this.codec,
      this.clock,
      options.rememberedStreams ?? REMEMBERED_STREAMS,
      (append, answer) => this.remembered?.appended(append, answer),
    );
    this.afterForgetting = new Set(options.afterForgetting);
  }

  /**
   * Sees whether log and keys belong together and at what time the log stands. To be awaited before anything is served;
   * the first append does it otherwise.
   * @throws KeyStoreError KEY_STORE_MISMATCH, EventStoreError
   */
  start(): Promise<void> {
    this.started ??= this.checkLog().catch((error: unknown) => {
      this.started = undefined;
      throw error;
    });
    return this.started;
  }

  /** How far this process's clock lies from the store's, in seconds; undefined where the store has none. */
  get clockOffsetSeconds(): number | undefined {
    const { milliseconds } = this.offset;
    return milliseconds === undefined ? undefined : milliseconds / 1000;
  }

  /** Why nothing is recorded by this clock. */
  clockOff(): ClockOff | undefined {
    const seconds = this.clockOffsetSeconds ?? 0;
    return this.options.refuseWrongClock && Math.abs(seconds) > MOST_OFF_SECONDS ? new ClockOff(seconds) : undefined;
  }

  private noteOffset(before: number, answers: readonly (AppendResult | EventStoreError)[]): void {
    const stored = answers.flatMap((answer) =>
      answer instanceof EventStoreError || answer.storedAt === undefined ? [] : [answer.storedAt],
    );
    const [last] = stored.slice(-1);
    if (last !== undefined) this.offset.observe(before, last, this.offset.now());
  }

  async append(stream: string, expected: ExpectedRevision, facts: readonly FactToRecord[]): Promise<AppendResult> {
    const [answer] = await this.appendAll([{ stream, expected, facts }]);
    if (answer instanceof EventStoreError) throw answer;
    return answer!;
  }

  async appendAll(batch: readonly FactsForStream[]): Promise<(AppendResult | EventStoreError)[]> {
    await this.start();
    const prepared = batch.map((group) => this.prepare(group));
    const sealed = await this.sealAll(prepared);
    const good = sealed.filter((append): append is SealedAppend => !(append instanceof EventStoreError));
    const off = this.clockOff();
    const before = this.offset.now();
    const written = off ? good.map(() => off) : await this.writeAll(good);
    this.noteOffset(before, written);
    let next = 0;
    const answers = sealed.map((append) => (append instanceof EventStoreError ? append : written[next++]!));
    for (const answer of answers)
      if (!(answer instanceof EventStoreError) && answer.position > this.lastAcknowledged)
        this.lastAcknowledged = answer.position;
    await this.dropTerms(batch, answers);
    return answers;
  }

  /** The last position of what was recorded here, or was found to be recorded already. */
  get acknowledged(): bigint {
    return this.lastAcknowledged;
  }

  async readStream(
    stream: string,
    options: { readonly upTo?: bigint; readonly from?: bigint; readonly limit?: number } = {},
  ): Promise<RecordedEvent[]> {
    const { upTo, from, limit } = options;
    if (!this.remembered || from !== undefined || limit !== undefined) return this.closed.readStream(stream, options);
    return (await this.remembered.read(stream)).filter(({ position }) => upTo === undefined || position <= upTo);
  }

  /** What is remembered anyway is not read again; what is read for judging alone is not remembered. */
  async readEntries(stream: string, upTo: bigint): Promise<readonly LoggedEntry[]> {
    return this.remembered?.has(stream) ? this.readStream(stream, { upTo }) : this.closed.readEntries(stream, upTo);
  }

  /**
   * As {@link EventLog.register}: the keys know it before the log has its first event, and both are the same from
   * {@link start} on.
   */
  async register(): Promise<string> {
    return this.keys.register;
  }

  readPage(after: bigint, limit: number): Promise<LogPage> {
    return this.closed.readPage(after, limit);
  }

  async open(events: readonly RecordedEvent[]): Promise<OpenedEvent[]> {
    const subjects = new Set(events.filter(({ sealed }) => sealed !== undefined).map(subjectOf));
    const keys = await this.keys.openingKeys(subjects);
    return events.map((event) => this.codec.open(event, keys.get(subjectOf(event))));
  }

  private async checkLog(): Promise<void> {
    // Asked before the log is read: another process may write the first event in between.
    const begun = await this.keys.logBegun();
    const [first] = await this.store.readLog({ limit: 1 });
    if (!first) {
      if (begun)
        throw new KeyStoreError(
          'KEY_STORE_MISMATCH',
          `the log is empty, but the key store belongs to register ${this.keys.register}, which has entries: the log was lost; bring it back, or restore a backup`,
        );
      return;
    }
    const body = readBody(first.body);
    const register = typeof body === 'string' ? undefined : body.register;
    if (register !== this.keys.register) {
      throw new KeyStoreError(
        'KEY_STORE_MISMATCH',
        `the key store belongs to register ${this.keys.register}, the log to ${register ?? 'none that can be told'}`,
      );
    }
    const [last] = await this.store.readLog({ direction: 'backwards', limit: 1 });
    if (!begun) await this.keys.noteLogBegun();
    if (last) this.clock.notBefore(last.recordedAt);
    this.mayBeEmpty = false;
  }

  private prepare({ stream, expected, facts }: FactsForStream): Prepared | EventStoreError {
    if (facts.length === 0) throw new RangeError('an append carries at least one fact');
    try {
      return {
        stream,
        expected,
        splits: facts.map((fact) => this.codec.split(checkFact(this.catalogue, fact, stream))),
      };
    } catch (error) {
      if (error instanceof EventStoreError) return error;
      if (error instanceof TypeError) return new InvalidFact(facts.map(({ type }) => type).join(', '), [error.message]);
      throw error;
    }
  }

  /** Seals what is personal, under keys that are durable by then. */
  private async sealAll(
    prepared: readonly (Prepared | EventStoreError)[],
  ): Promise<(SealedAppend | EventStoreError)[]> {
    const splits = prepared.flatMap((group) => (group instanceof EventStoreError ? [] : group.splits));
    const { searchTermsOf } = this.options;
    const changes = searchTermsOf
      ? splits.map(({ fact }) => ({ subject: subjectOf(fact), change: searchTermsOf(fact) }))
      : [];
    const { forgotten, keys } = await this.keys.admit({
      about: new Set(splits.map(({ fact }) => subjectOf(fact))),
      sealing: new Set(splits.filter(({ secret }) => secret !== undefined).map(({ fact }) => subjectOf(fact))),
      terms: changes.flatMap(({ subject, change }) => change?.add.map((term) => ({ ...term, subject })) ?? []),
      claims: changes.flatMap(
        ({ subject, change }) => change?.claims?.map((thing) => ({ ...thing, subject, at: this.wall.now() })) ?? [],
      ),
    });
    return prepared.map((group) => {
      if (group instanceof EventStoreError) return group;
      const facts: SealedAppend['facts'][number][] = [];
      for (const split of group.splits) {
        const subject = subjectOf(split.fact);
        if (forgotten.has(subject) && (split.secret !== undefined || !this.afterForgetting.has(split.fact.type)))
          return new PersonForgottenError(subject);
        const key = keys.get(subject);
        if (split.secret !== undefined && !key) return new PersonKeyDamaged(subject);
        facts.push({ split, sealed: split.secret === undefined ? undefined : this.codec.seal(split, key!) });
      }
      return { stream: group.stream, expected: group.expected, facts };
    });
  }

  /** The first event of the log is written before the others, so that it is certain to carry the register's id. */
  private async writeAll(appends: readonly SealedAppend[]): Promise<(AppendResult | EventStoreError)[]> {
    if (!this.mayBeEmpty) return this.writer.write(appends, undefined);
    const answers: (AppendResult | EventStoreError)[] = [];
    for (const [index, append] of appends.entries()) {
      const [answer] = await this.writer.write([append], this.keys.register);
      answers.push(answer!);
      if (answer instanceof EventStoreError) continue;
      await this.keys.noteLogBegun();
      this.mayBeEmpty = false;
      return [...answers, ...(await this.writer.write(appends.slice(index + 1), undefined))];
    }
    return answers;
  }

  private async dropTerms(
    batch: readonly FactsForStream[],
    answers: readonly (AppendResult | EventStoreError)[],
  ): Promise<void> {
    const { searchTermsOf } = this.options;
    if (!searchTermsOf) return;
    for (const [index, { facts }] of batch.entries()) {
      if (answers[index] instanceof EventStoreError) continue;
      for (const fact of facts) {
        const change = searchTermsOf(fact);
        if (!change?.dropKinds) continue;
        for (const kind of change.dropKinds) await this.keys.dropTerms(subjectOf(fact), kind, change.add);
        await this.keys.dropClaims(subjectOf(fact), change.claims ?? []);
      }
    }
  }
}

interface Prepared {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly splits: readonly SplitFact[];
}
