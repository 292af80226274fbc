import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { seal, unseal } from '../kernel/privacy/cipher.js';
import type { SessionStore } from '../kernel/sessions/session-store.js';
import type { Identity } from './identity.js';

/** A session that nobody uses for so long is over, in milliseconds. */
export const IDLE_MS = 30 * 60_000;
/** So long a session lasts however much it is used, in milliseconds: a working day. */
export const LONGEST_MS = 10 * 3_600_000;

/** A use is noted no more often than this: a page with its parts would else write a row for each. */
const NOTED_MS = 60_000;
const SWEPT_MS = 60_000;
const COOKIE_BYTES = 32;
const CSRF_BYTES = 18;

/** What is kept of somebody who has signed in. */
export interface SessionData {
  readonly identity: Identity;
  /** Hint to the provider of which of its sessions is to be ended. */
  readonly idToken?: string;
}

/** A session that holds. */
export interface Session extends SessionData {
  /** By which it lies in the store; says nothing of its cookie. */
  readonly id: string;
  /** What the tokens of the session's forms are made from, under the name that `@fastify/csrf-protection` looks for. */
  readonly _csrf: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    session?: Session;
  }
}

/**
 * The sessions of people who have signed in to the pages. A browser holds a random number and nothing else; what it
 * stands for lies in the store, sealed under a key that is made of that number: who copies the store learns neither
 * names nor how to come in.
 */
export class Sessions {
  private sweptAt = -Infinity;

  constructor(
    private readonly store: SessionStore,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Begins a session, always under a new number.
   * @returns what the browser is to hold, and by what the session lies in the store
   * @throws SessionsUnavailable, as all of these
   */
  async begin(data: SessionData): Promise<{ readonly cookie: string; readonly id: string }> {
    const now = this.now();
    await this.sweep(now);
    const cookie = randomBytes(COOKIE_BYTES).toString('base64url');
    const kept = JSON.stringify({ ...data, _csrf: randomBytes(CSRF_BYTES).toString('base64url') });
    const id = idOf(cookie);
    await this.store.add({ id, startedAt: now, usedAt: now, sealed: seal(keyOf(cookie), kept, id) });
    return { cookie, id };
  }

  /** The session that a browser's cookie stands for, and notes that it was used; undefined when it is over. */
  async find(cookie: string): Promise<Session | undefined> {
    const id = idOf(cookie);
    const stored = await this.store.read(id);
    if (!stored) return undefined;
    const now = this.now();
    if (now - stored.usedAt >= IDLE_MS || now - stored.startedAt >= LONGEST_MS) {
      await this.store.remove(id);
      return undefined;
    }
    const kept = unseal(keyOf(cookie), stored.sealed, id);
    if (!kept) return undefined;
    if (now - stored.usedAt >= NOTED_MS) await this.store.touch(id, now);
    return { ...(JSON.parse(kept.toString()) as Omit<Session, 'id'>), id };
  }

  /** Ends a session. Again is no error. */
  async end(cookie: string): Promise<void> {
    await this.store.remove(idOf(cookie));
  }

  private async sweep(now: number): Promise<void> {
    if (now - this.sweptAt < SWEPT_MS) return;
    this.sweptAt = now;
    await this.store.sweep(now - LONGEST_MS, now - IDLE_MS);
  }
}

function idOf(cookie: string): string {
  return createHash('sha256').update(cookie).digest('base64url');
}

function keyOf(cookie: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', cookie, '', 'fok session', 32));
}
