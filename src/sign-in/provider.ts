import { createRemoteJWKSet, type RemoteJWKSet } from 'jose';
import type { Configuration } from 'openid-client';
import { httpProblems } from '../kernel/http/http-problems.js';
import { Problem } from '../kernel/http/problem.js';

/** Told to who comes while the provider is away; in seconds. */
const RETRY_AFTER = '5';

/** What a provider says of itself is asked for again no sooner than this, in milliseconds. */
const ASK_AGAIN_MS = 5_000;

/** How long the provider may take to answer, in milliseconds. */
export const PROVIDER_PATIENCE_MS = 5_000;

export interface ProviderOptions {
  /** Asks the provider what it says of itself. */
  readonly discover: () => Promise<Configuration>;
  /** Told why the provider cannot be used, each time that it was asked in vain. */
  readonly onTrouble: (error: unknown) => void;
  readonly askAgainMs?: number;
  /** For how long an unknown key is not looked for again, and how old known keys may be; in milliseconds. */
  readonly keys?: { readonly cooldownMs: number; readonly maxAgeMs: number };
}

/**
 * The OpenID provider, which may be away when the register starts: until it has been reached once nobody is known, and
 * everything but health is answered with IDENTITY_UNAVAILABLE.
 */
export class Provider {
  private known: Promise<Configuration> | undefined;
  private failedAt = -Infinity;
  private keySet: RemoteJWKSet | undefined;

  constructor(private readonly options: ProviderOptions) {}

  /** What the provider said of itself, and how it is asked. @throws Problem IDENTITY_UNAVAILABLE */
  async configuration(): Promise<Configuration> {
    if (!this.known && performance.now() - this.failedAt < (this.options.askAgainMs ?? ASK_AGAIN_MS)) throw away();
    // Everybody who comes meanwhile waits for the same answer.
    this.known ??= this.options.discover();
    const asked = this.known;
    try {
      return await asked;
    } catch (error) {
      if (this.known === asked) {
        this.known = undefined;
        this.failedAt = performance.now();
        this.options.onTrouble(error);
      }
      throw away();
    }
  }

  /** The keys that the provider signs with; they are fetched when they are needed, and again when one is unknown. */
  async keys(): Promise<RemoteJWKSet> {
    if (this.keySet) return this.keySet;
    const { jwks_uri } = (await this.configuration()).serverMetadata();
    if (jwks_uri === undefined) throw this.unavailable(new Error('the provider names no keys'));
    const { cooldownMs, maxAgeMs } = this.options.keys ?? { cooldownMs: 30_000, maxAgeMs: 600_000 };
    this.keySet ??= createRemoteJWKSet(new URL(jwks_uri), {
      timeoutDuration: PROVIDER_PATIENCE_MS,
      cooldownDuration: cooldownMs,
      cacheMaxAge: maxAgeMs,
    });
    return this.keySet;
  }

  /** The problem of a provider that was known and cannot be used now. */
  unavailable(error: unknown): Problem {
    this.options.onTrouble(error);
    return away();
  }
}

function away(): Problem {
  return new Problem(httpProblems.IDENTITY_UNAVAILABLE, { headers: { 'retry-after': RETRY_AFTER } });
}
