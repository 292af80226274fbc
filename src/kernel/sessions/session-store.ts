/** A session as it lies in a store: when it began and was used last, and what only its holder's cookie opens. */
export interface StoredSession {
  /** A hash of the cookie: who reads the store cannot make the cookie of it. */
  readonly id: string;
  /** Milliseconds since 1970, as is the next. */
  readonly startedAt: number;
  readonly usedAt: number;
  readonly sealed: Uint8Array;
}

/** Where sessions lie. Every promise may reject with {@link SessionsUnavailable}. */
export interface SessionStore {
  add(session: StoredSession): Promise<void>;
  read(id: string): Promise<StoredSession | undefined>;
  /** Notes that a session was used; nothing happens to one that is gone, or was used later. */
  touch(id: string, usedAt: number): Promise<void>;
  /** Ends a session. Again is no error. */
  remove(id: string): Promise<void>;
  /** Removes those that began or were used last before these instants. */
  sweep(startedBefore: number, usedBefore: number): Promise<void>;
  close(): Promise<void>;
}

/** The sessions cannot be read or written now. */
export class SessionsUnavailable extends Error {}
