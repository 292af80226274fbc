/** Who did it, and for whom. Ids only: a name would be personal data outside the sealed fields. */
export interface Actor {
  readonly id: string;
  readonly role: string;
  readonly unit?: string;
  readonly onBehalfOf?: string;
}

/** Where an imported fact comes from: the source's name and its own reference. */
export interface Origin {
  readonly source: string;
  readonly ref: string;
}

/**
 * What is said of a fact besides its data. None of it is personal data, save `lateReason`, which is sealed with the
 * data.
 */
export interface FactHeader {
  /** A UUID: version 5 of source and ref, or of command id and index. */
  readonly id: string;
  readonly type: string;
  /** `<category>-<uuid>`. */
  readonly stream: string;
  /** Civil date `YYYY-MM-DD` in Stockholm: the day on which it became true; for an end, the first day without it. */
  readonly effectiveOn: string;
  /** What the source claims, RFC 3339 UTC. Shown beside `recordedAt`, never instead of it. */
  readonly documentedAt?: string;
  readonly lateReason?: string;
  readonly actor: Actor;
  /** The personuppgiftsansvarige whose register this is about. */
  readonly controller?: string;
  /**
   * The person whose key seals the marked fields: recipient, employee, or the stream's own id where it is about no
   * person.
   */
  readonly subject?: string;
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly commandId?: string;
  readonly origin?: Origin;
}

/** A fact to be recorded: header and whole, readable data. */
export interface NewFact extends FactHeader {
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * A recorded event. In `data` a sealed field that has not been opened stands as `null` (no schema allows null
 * otherwise), so that whoever judges can see *that* it was given without being able to read it.
 */
export interface RecordedEvent extends FactHeader {
  readonly schemaVersion: number;
  readonly revision: bigint;
  /** Rises along the log; means something only inside one store. */
  readonly position: bigint;
  /** RFC 3339 UTC with milliseconds; never runs backwards along the log. */
  readonly recordedAt: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Of a correction with data: the type that it corrects, then the type that one corrects, and so on. */
  readonly correctedTypes?: readonly string[];
  /** The ciphertext of the marked fields, base64; absent when the event has none. */
  readonly sealed?: string;
  /** There is a `lateReason`, and it has not been opened. */
  readonly lateReasonSealed?: true;
  /** What stands in the log where today's version of the type differs from it. */
  readonly asWritten?: {
    readonly schemaVersion: number;
    readonly data: Readonly<Record<string, unknown>>;
    /** For a correction: the types and versions it corrects. */
    readonly correctedTypes: readonly { readonly type: string; readonly schemaVersion: number }[];
  };
}

/** What judging reads of an event; nothing of it was ever sealed, or it stands as null. */
export interface LoggedEntry extends Pick<
  RecordedEvent,
  'id' | 'type' | 'stream' | 'position' | 'recordedAt' | 'effectiveOn' | 'data'
> {
  readonly correctedTypes?: readonly string[] | undefined;
}

/** The part of a stream name before the first dash. */
export function categoryOf(stream: string): string {
  return stream.slice(0, stream.indexOf('-'));
}

/** The UUID after the first dash of a stream name. */
export function streamIdOf(stream: string): string {
  return stream.slice(stream.indexOf('-') + 1);
}
