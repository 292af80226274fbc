import type { Access, AccessRecord, ChainPlace, StoredAccess } from './access-record.js';

/** Which records; without a limit on any of it, all of them. */
export interface AccessQuery {
  /** Ids of recipients; a record that names one of them. Registrations of one person are asked for together. */
  readonly persons?: readonly string[];
  /** The id in `who`. */
  readonly subject?: string;
  /** Instants, RFC 3339 UTC with milliseconds; the second is left out. */
  readonly from?: string;
  readonly to?: string;
}

/** Where a node's chain ends. */
export type AccessHead = ChainPlace;

/** What went when its time was over: the records of a node up to and including one, and what their chain came to. */
export interface DisposedAccess extends AccessHead {
  /** The first instant that was kept. */
  readonly before: string;
  /** How many records went with this disposal. */
  readonly count: number;
  readonly at: string;
}

/** A record as it lies in its store, whatever somebody has made of it. */
export interface RawAccess {
  readonly node: string;
  readonly n: number;
  readonly at: string;
  readonly bytes: Uint8Array;
  readonly hash: Uint8Array;
  /** Undefined when the bytes are no record. */
  readonly record: AccessRecord | undefined;
}

/**
 * Who looked at whom. Records are added and never changed; each node (a server, or a data folder) has a chain of its own,
 * so that no two servers wait for each other.
 */
export interface AccessLog {
  /**
   * Adds a record. It is durable when the promise resolves; whoever shows a person's data waits for that.
   * @throws AccessLogUnavailable having kept nothing of it, or without knowing whether it was kept
   */
  append(access: Access): Promise<StoredAccess>;
  /** The records that a query asks for, each node's in its order, oldest first. @throws AccessLogUnavailable */
  read(query?: AccessQuery): AsyncIterable<StoredAccess>;
  /** Each node's end, by name. @throws AccessLogUnavailable */
  heads(): Promise<readonly AccessHead[]>;
  /** How many records it holds. @throws AccessLogUnavailable */
  count(): Promise<number>;
  /** What went, oldest first. @throws AccessLogUnavailable */
  disposed(): Promise<readonly DisposedAccess[]>;
  /**
   * Removes what was recorded before an instant, and keeps of each node where its chain had come to.
   * @returns what went by this call @throws AccessLogUnavailable
   */
  dispose(before: string): Promise<readonly DisposedAccess[]>;
  /** Every record as it lies there, in the order in which it lies there, for whoever verifies it. @throws AccessLogUnavailable */
  raw(): AsyncIterable<RawAccess>;
  /** What is wrong with the place it is kept in, as `verify` reads it: nothing of it shows in the records themselves. */
  misplaced(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** The access log cannot be read or written now: no person's data are shown meanwhile. */
export class AccessLogUnavailable extends Error {}

/** Whether a query asks for a record: what every store's answer is held against. */
export function isAskedFor({ persons, subject, from, to }: AccessQuery, record: AccessRecord): boolean {
  return (
    (persons === undefined || record.persons.some((person) => persons.includes(person))) &&
    (subject === undefined || record.who.id === subject) &&
    (from === undefined || record.at >= from) &&
    (to === undefined || record.at < to)
  );
}

/** The time of the next record: a clock that was set back does not put it before the one that stands there. */
export function timeAfter(last: string | undefined, now: string): string {
  return last !== undefined && last > now ? last : now;
}
