/**
 * The event store as the register needs it: streams of opaque, already sealed and chained bytes, and one log over all
 * of them.
 * Every adapter passes `test/contract/event-store.contract.ts`; above this port nobody can tell which store it is.
 */
export interface EventStore {
  readonly name: string;
  /**
   * True when all appends pass in one order: positions are 1, 2, 3 … without gaps, and times never run backwards.
   * Elsewhere writers reach the log past each other, and times are in order within each stream only. Nothing above the
   * port may need it.
   */
  readonly gapless: boolean;
  /**
   * True when `Append.chainedTo` is checked. The recorder then need not wait for an append before it sends the next one
   * of the same stream.
   */
  readonly checksChain?: boolean;

  /**
   * Appends the records of each to one stream, all or none, and resolves when they are durable. They are carried out in
   * this order per stream; an adapter that can shares one flush. One that fails is an error in its place of the answer
   * and does not stop the others: WrongExpectedRevision, RecordedAtBehind, DuplicateEventId, AppendTooLarge,
   * EventStoreUnavailable, EventStoreUnusable.
   * Appending the same ids to the same stream again is no error: the answer is that of the first time, marked
   * `already`.
   */
  appendAll(appends: readonly Append[]): Promise<(AppendResult | EventStoreError)[]>;

  /** The last record's place in a stream, or undefined for a stream that is not there. */
  streamHead(stream: string): Promise<StreamHead | undefined>;

  /**
   * A stream's records; forwards from revision `from` (default its first), or backwards from `from` (default its last),
   * both inclusive. A stream that is not there is empty.
   */
  readStream(stream: string, options?: ReadStreamOptions): Promise<StoredRecord[]>;

  /**
   * A whole stream from its first record up to a log position, in one piece; undefined when it is too long for one. For
   * stores that can give it so in less time than {@link readStream} takes. Nothing is told of what is kept beside the
   * bodies, so whoever asks judges by the bodies alone.
   */
  readTexts?(stream: string, upTo: bigint): Promise<StreamTexts | undefined>;

  /**
   * A page of the log; forwards the records *after* position `from` (default the start), backwards those *before* it
   * (default the end).
   */
  readLog(options: ReadLogOptions): Promise<StoredRecord[]>;

  /** Where the events with these ids stand; ids that are not in the log are left out. */
  find(ids: readonly string[]): Promise<Map<string, RecordPlace>>;

  /**
   * The positions behind `after`, up to and including `to`, at which a record lies that is not found there by its id:
   * the id stands in the log twice, or what ids are found by is damaged. For stores that can tell it in less time than
   * {@link find} takes.
   */
  misplaced?(after: bigint, to: bigint): Promise<bigint[]>;

  /**
   * What the store finds wrong with its own file, in its own words, without anything of a record; reads all of it. For
   * stores in files.
   */
  checkFile?(): Promise<string[]>;

  /** What of the store's own form is not as this program made it, such as a trigger that is gone; undefined when all is. */
  checkSchema?(): Promise<string | undefined>;

  /**
   * What others did to the register's own streams; reads all of the log. For stores that others can write to. What is wrong with a record's
   * bytes is not its business.
   */
  disturbances?(): Promise<Disturbance[]>;

  /**
   * The latest recordedAt that this process has seen come by in the log; for stores that do not refuse what is stamped
   * behind it themselves.
   */
  latestSeen?(): string | undefined;

  /** The position of the last record in the log, 0n when it is empty. */
  head(): Promise<bigint>;

  /** How many records the log holds up to and including a position (default all). */
  count(upTo?: bigint): Promise<number>;

  /**
   * Calls back whenever the log may have grown, by this process or another: at the latest a second after an append, and
   * after a lost connection. It may call for nothing, and says nothing of what came: read on from where you are. While
   * nothing is appended it costs next to nothing.
   */
  watch(onGrown: () => void): Watch;

  close(): Promise<void>;
}

export type ExpectedRevision = 'ANY' | 'NO_STREAM' | 'STREAM_EXISTS' | bigint;

/** A record as it is handed over: the exact bytes that the chain covers, and what a store indexes beside them. */
export interface NewRecord {
  readonly id: string;
  readonly type: string;
  /** RFC 3339 UTC with milliseconds. */
  readonly recordedAt: string;
  readonly body: Uint8Array;
  /** The stream's chain up to and including this record, 32 bytes. */
  readonly hash: Uint8Array;
}

export interface StoredRecord extends NewRecord {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
}

/** A stream in one piece, oldest first: each a JSON array, as it is in the store and unchecked. */
export interface StreamTexts {
  readonly positions: string;
  readonly bodies: string;
}

export interface Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly records: readonly NewRecord[];
  /**
   * The hash that the stream's last record must have, where the writer cannot be certain of it: it is that of an append
   * sent just before.
   * Another hash at the expected revision is a WrongExpectedRevision: somebody else wrote there.
   */
  readonly chainedTo?: Uint8Array;
  /** The records are those of another log, as they are: their times are that log's, and may run backwards. */
  readonly copied?: true;
}

export interface AppendResult {
  /** Revision and position of the last record of this append. */
  readonly revision: bigint;
  readonly position: bigint;
  /** True when the same ids stood there before and nothing was written. */
  readonly already: boolean;
  /** When the store stored it by a clock of its own, milliseconds since 1970; absent where it has none. */
  readonly storedAt?: number;
}

export interface StreamHead {
  readonly revision: bigint;
  readonly position: bigint;
  readonly hash: Uint8Array;
  readonly recordedAt: string;
}

export interface RecordPlace {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  readonly type: string;
}

export type Direction = 'forwards' | 'backwards';

export interface ReadStreamOptions {
  readonly direction?: Direction;
  readonly from?: bigint;
  readonly limit?: number;
}

export interface ReadLogOptions {
  readonly direction?: Direction;
  readonly from?: bigint;
  readonly limit: number;
}

export interface Watch {
  /** Ends it: no further call comes. */
  stop(): void;
}

/**
 * How a stream is not whole: its beginning was cut off, it was deleted, or it may hold only so many events or only such
 * as are not too old.
 */
export type StreamFault = 'STREAM_TRUNCATED' | 'STREAM_DELETED' | 'STREAM_LIMITED';

/** What others did: to a stream as a whole, or by an event of theirs in it, which is passed over. */
export interface Disturbance {
  readonly code: StreamFault | 'FOREIGN_EVENT';
  readonly stream: string;
  readonly position?: bigint;
  /** Of the foreign event. */
  readonly revision?: bigint;
  /** In English, without anything of the event but its type. */
  readonly message: string;
}

/** The errors of an event store: typed, with a stable code, without personal data. */
export abstract class EventStoreError extends Error {
  abstract readonly code: string;
}

/** The stream stands at another revision than the writer thought. */
export class WrongExpectedRevision extends EventStoreError {
  readonly code = 'WRONG_EXPECTED_REVISION';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: bigint | undefined,
  ) {
    super(`stream ${stream} stands at ${actual ?? 'nothing'}, expected ${expected}`);
  }
}

/**
 * Somebody wrote with a later time in between: stamp again with at least `last`. Only stores that order all writers say
 * so.
 */
export class RecordedAtBehind extends EventStoreError {
  readonly code = 'RECORDED_AT_BEHIND';
  constructor(readonly last: string) {
    super(`the log already stands at ${last}`);
  }
}

/** This process's clock lies too far from that of the store: what it recorded would be known at the wrong time. */
export class ClockOff extends EventStoreError {
  readonly code = 'CLOCK_OFF';
  constructor(readonly seconds: number) {
    super(`the clock of this machine lies ${seconds.toFixed(1)} s from that of the event store: put it right`);
  }
}

/** One of the ids stands in the log already, in another stream or as part of another append. */
export class DuplicateEventId extends EventStoreError {
  readonly code = 'DUPLICATE_EVENT_ID';
  constructor(readonly id: string) {
    super(`event ${id} is in the log already`);
  }
}

/** The store cannot be reached, or is too busy, right now. Trying again later with the same ids is safe. */
export class EventStoreUnavailable extends EventStoreError {
  readonly code = 'EVENT_STORE_UNAVAILABLE';
}

/** The store is there but cannot be used: not ours, newer than the program, read-only, full, damaged. */
export class EventStoreUnusable extends EventStoreError {
  readonly code = 'EVENT_STORE_UNUSABLE';
}

/** The store does not let this user in, or not do this, now; somebody can change that at any time. */
export class EventStoreRefused extends EventStoreUnusable {}

const HOW: Readonly<Record<StreamFault, string>> = {
  STREAM_TRUNCATED: 'was truncated',
  STREAM_DELETED: 'was deleted',
  STREAM_LIMITED: 'is limited in number or age of its events',
};

/** Others hid a stream, or part of it, on the server. It is never answered from, nor written to. */
export class StreamNotWhole extends EventStoreError {
  constructor(
    readonly code: StreamFault,
    readonly stream: string,
  ) {
    super(`stream ${stream} ${HOW[code]} on the server; see docs/how-to/run-it-on-servers.md`);
  }
}

/**
 * The append carries more bytes than the store takes at once. Trying again is useless; SQLite and memory have no such
 * limit.
 */
export class AppendTooLarge extends EventStoreError {
  readonly code = 'APPEND_TOO_LARGE';
}
