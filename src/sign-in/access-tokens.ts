import { createHash } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { httpProblems } from '../kernel/http/http-problems.js';
import { Problem } from '../kernel/http/problem.js';
import { type Identity, identityOf, type Vocabulary } from './identity.js';
import type { Provider } from './provider.js';

/** So many verified tokens are remembered: each is some hundred bytes. */
const REMEMBERED = 5_000;

/** No longer than this is a signature taken on trust that was checked once, in milliseconds. */
const REMEMBERED_MS = 300_000;

/** How far the provider's clock may be from ours, in seconds. */
export const CLOCK_TOLERANCE_S = 30;

/** All are asymmetric: with a shared secret whoever checks a token could also make one. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'];

export interface AccessTokenOptions extends Vocabulary {
  /** What `iss` must be. */
  readonly issuer: string;
  /** What the register calls that issuer. */
  readonly issuerName?: string;
  readonly audience: string;
  readonly tokenType?: string;
  readonly requireMtls: boolean;
  /** Told why a token is refused: a code and the name of a claim, nothing of what the token says. */
  readonly onRefusal: (reason: string) => void;
}

/** Who presents a token, and what tells it from others. */
export interface Bearer {
  readonly identity: Identity;
  readonly session: string;
  /** The certificate that the token is bound to, where it is bound to one. */
  readonly thumbprint?: string;
}

/** Checks the access tokens that calls of the API carry. */
export class AccessTokens {
  private readonly verified = new LRUCache<string, Bearer>({ max: REMEMBERED });

  constructor(
    private readonly provider: Provider,
    private readonly options: AccessTokenOptions,
  ) {}

  /**
   * Who a token was issued to.
   * @param thumbprint of the certificate that the caller has shown, where she has
   * @throws Problem UNAUTHENTICATED for a token that is not the provider's for this register, or does not hold now;
   * IDENTITY_UNAVAILABLE when that cannot be found out
   */
  async bearerOf(token: string, thumbprint?: string): Promise<Bearer> {
    const hash = createHash('sha256').update(token).digest('base64url');
    const bearer = this.verified.get(hash) ?? (await this.verify(token, hash));
    if (this.options.requireMtls && (bearer.thumbprint === undefined || bearer.thumbprint !== thumbprint))
      throw this.refused('another certificate');
    return bearer;
  }

  private async verify(token: string, hash: string): Promise<Bearer> {
    const payload = await this.payloadOf(token);
    const identity = identityOf(payload, this.options, this.options.issuerName ?? this.options.issuer);
    if (!identity) throw this.refused('no subject');
    // The register's own logins ask for a nonce: a token that has one says who signed in, not what may be called.
    if (payload['nonce'] !== undefined) throw this.refused('an ID token');
    const thumbprint = (payload['cnf'] as { readonly 'x5t#S256'?: unknown } | undefined)?.['x5t#S256'];
    const bearer: Bearer = {
      identity,
      session: payload.jti ?? hash,
      ...(typeof thumbprint === 'string' ? { thumbprint } : {}),
    };
    const ttl = Math.min(REMEMBERED_MS, (payload.exp ?? 0) * 1_000 - Date.now());
    if (ttl > 0) this.verified.set(hash, bearer, { ttl });
    return bearer;
  }

  private async payloadOf(token: string): Promise<JWTPayload> {
    const keys = await this.provider.keys();
    const { issuer, audience, tokenType } = this.options;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_S,
        requiredClaims: ['exp'],
        ...(tokenType === undefined ? {} : { typ: tokenType }),
      });
      return payload;
    } catch (error) {
      if (!isAboutToken(error)) throw this.provider.unavailable(error);
      throw this.refused('claim' in error ? `${error.code} ${error.claim}` : error.code);
    }
  }

  private refused(reason: string): Problem {
    this.options.onRefusal(reason);
    return unauthenticated('invalid_token');
  }
}

/** @param error as RFC 6750 §3.1 has it, where a token was given */
export function unauthenticated(error?: 'invalid_token'): Problem {
  const challenge = `Bearer realm="fok"${error === undefined ? '' : `, error="${error}"`}`;
  return new Problem(httpProblems.UNAUTHENTICATED, { headers: { 'www-authenticate': challenge } });
}

/** What is wrong with a token; everything else is wrong with the keys, or with getting them. */
const OF_TOKENS = [
  errors.JWTClaimValidationFailed,
  errors.JWTExpired,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
] as const;

function isAboutToken(error: unknown): error is errors.JOSEError & { readonly claim?: string } {
  return OF_TOKENS.some((kind) => error instanceof kind);
}
