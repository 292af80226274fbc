import { type AppendResult, EventStoreError, type ExpectedRevision } from '../event-store/event-store.js';
import type { LoggedEntry, NewFact, RecordedEvent } from './envelope.js';

/** A fact on its way into the log. */
export interface FactToRecord extends NewFact {
  /**
   * For a correction: the type of the entry it corrects, then of the entry that one corrects, and so on. Says what to
   * seal. Required when a correction has data.
   */
  readonly correctedTypes?: readonly string[];
}

/** A page of the log: how far it goes, what can be read of it and what cannot. */
export interface LogPage {
  /** The last record of the page, readable or not; undefined at the end of the log. */
  readonly last?: { readonly position: bigint; readonly recordedAt: string };
  /** How many records it has, readable or not. */
  readonly count: number;
  readonly events: readonly RecordedEvent[];
  /** Where those stand that are damaged or written by a newer program. */
  readonly unreadable: readonly {
    readonly type: string;
    readonly stream: string;
    readonly position: bigint;
    readonly recordedAt: string;
    readonly error: string;
  }[];
}

export interface FactsForStream {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly facts: readonly FactToRecord[];
}

/** An event whose sealed fields were opened. */
export interface OpenedEvent extends RecordedEvent {
  /**
   * `CLEAR`: every field is readable. `DESTROYED`: the person's key was destroyed; the sealed fields stay null.
   * `DAMAGED`: the ciphertext or its key does not fit; the sealed fields stay null.
   */
  readonly seal: 'CLEAR' | 'DESTROYED' | 'DAMAGED';
  /** Paths of the fields that stay null, e.g. `name` or `attendees[0].name`; empty when clear. */
  readonly unreadable: readonly string[];
}

/**
 * The log as features see it: facts go in readable, are stamped (`recordedAt`), sealed per person, chained and stored;
 * events come out with their sealed fields as null until somebody opens them. The one way to the event store.
 */
export interface EventLog {
  /**
   * Records facts at the end of one stream, all or none. Resolves when they are durable.
   * With `ANY` or `STREAM_EXISTS` a conflict with another writer is resolved by trying again on the new head.
   * @throws WrongExpectedRevision, DuplicateEventId, EventStoreUnavailable, PersonForgottenError
   */
  append(stream: string, expected: ExpectedRevision, facts: readonly FactToRecord[]): Promise<AppendResult>;

  /** Many at once; each stream's facts all or none, in this order; an error stands in the place of its answer. */
  appendAll(batch: readonly FactsForStream[]): Promise<(AppendResult | EventStoreError)[]>;

  /**
   * One stream's events, oldest first, sealed. `upTo` leaves out what lies behind that log position; `from` is the
   * first revision, `limit` how many at most.
   */
  readStream(
    stream: string,
    options?: { readonly upTo?: bigint; readonly from?: bigint; readonly limit?: number },
  ): Promise<RecordedEvent[]>;

  /** One stream's entries up to a log position, oldest first: what is judged, and nothing else of them. */
  readEntries(stream: string, upTo: bigint): Promise<readonly LoggedEntry[]>;

  /**
   * The id of the register whose log this is, which views that are made from it carry; undefined while nobody can tell.
   */
  register(): Promise<string | undefined>;

  /**
   * The page of the log after a position, oldest first, sealed. One event that cannot be read does not hide the others.
   */
  readPage(after: bigint, limit: number): Promise<LogPage>;

  /** Opens the sealed fields of events; never throws for one that cannot be opened, but says so on it. */
  open(events: readonly RecordedEvent[]): Promise<OpenedEvent[]>;
}

/** The key of the person these facts are about was destroyed: nothing can be recorded about them any more. */
export class PersonForgottenError extends EventStoreError {
  readonly code = 'PERSON_FORGOTTEN';
  constructor(readonly subject: string) {
    super(`the person behind ${subject} was forgotten; nothing can be recorded about them`);
  }
}
