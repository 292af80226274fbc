import { hkdfSync } from 'node:crypto';
import { EncryptJWT, errors as joseErrors, jwtDecrypt } from 'jose';
import {
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientError,
  type Configuration,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  ResponseBodyError,
} from 'openid-client';
import type { Level } from '../kernel/http/caller.js';
import { httpProblems } from '../kernel/http/http-problems.js';
import { Problem } from '../kernel/http/problem.js';
import { acceptedAcr, identityOf, type Vocabulary } from './identity.js';
import { ANSWER_PATH, LOGOUT_PATH } from './paths.js';
import type { Provider } from './provider.js';
import type { SessionData } from './sessions.js';

/** So long somebody may take at the provider, in seconds. */
export const LOGIN_S = 600;

/** The least level that a login asks for where nothing else is said. */
const USUAL_LEVEL: Level = 2;

const SEALED = { alg: 'dir', enc: 'A256GCM' } as const;

export interface LoginOptions extends Vocabulary {
  /** What the register calls the provider. */
  readonly issuerName: string;
  /** A secret that all processes of the register have: one may begin a login that another ends. */
  readonly secret: () => Promise<string>;
  /** Told why a login came to nothing: a code, nothing of what was said. */
  readonly onRefusal: (reason: string) => void;
}

/** Where somebody wants to go, and how surely she must be known there. */
export interface Errand {
  /** A path of the register. */
  readonly to: string;
  readonly level?: Level;
}

/** A login on its way, as the browser holds it: sealed, so that nothing need be kept of who may never come back. */
interface Begun extends Errand {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Signs people in by the authorization code flow with PKCE, state and nonce. */
export class Logins {
  constructor(
    private readonly provider: Provider,
    private readonly options: LoginOptions,
  ) {}

  /**
   * @param address of the register, as the browser calls it
   * @returns where the browser is sent, and what it is to hold until it comes back
   * @throws Problem IDENTITY_UNAVAILABLE
   */
  async begin(errand: Errand, address: string): Promise<{ readonly url: string; readonly held: string }> {
    const configuration = await this.provider.configuration();
    const begun: Begun = {
      ...errand,
      state: randomState(),
      nonce: randomNonce(),
      verifier: randomPKCECodeVerifier(),
    };
    const accepted = acceptedAcr(this.options.levels, errand.level ?? USUAL_LEVEL);
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: `${address}${ANSWER_PATH}`,
      scope: 'openid profile',
      state: begun.state,
      nonce: begun.nonce,
      code_challenge: await calculatePKCECodeChallenge(begun.verifier),
      code_challenge_method: 'S256',
      ...(accepted.length === 0 ? {} : { acr_values: accepted.join(' ') }),
      // Who is signed in there with too low a level would come straight back with it.
      ...(errand.level === undefined ? {} : { prompt: 'login' }),
      ...this.claims(configuration),
    });
    const held = await new EncryptJWT({ ...begun })
      .setProtectedHeader(SEALED)
      .setExpirationTime(`${LOGIN_S}s`)
      .encrypt(await this.key());
    return { url: url.href, held };
  }

  /**
   * Who has come back from the provider.
   * @param answered the path and query that the provider sent the browser to
   * @param held what the browser was given when it left
   * @throws Problem SIGN_IN_FAILED, IDENTITY_UNAVAILABLE
   */
  async finish(answered: string, held: string, address: string): Promise<SessionData & Errand> {
    const { to, level, state, nonce, verifier } = await this.opened(held);
    const configuration = await this.provider.configuration();
    try {
      const granted = await authorizationCodeGrant(configuration, new URL(answered, address), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      const identity = identityOf({ ...granted.claims() }, this.options, this.options.issuerName);
      if (!identity || identity.client) throw this.failed('the ID token names no person');
      return {
        to,
        identity,
        ...(level === undefined ? {} : { level }),
        ...(granted.id_token === undefined ? {} : { idToken: granted.id_token }),
      };
    } catch (error) {
      if (error instanceof Problem) throw error;
      if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
        throw this.failed(`the provider says ${error.error}`);
      if (error instanceof ClientError && error.code !== 'OAUTH_TIMEOUT') throw this.failed(error.code ?? error.name);
      throw this.provider.unavailable(error);
    }
  }

  /** Where the browser is sent to end its session at the provider too; undefined where the provider ends none. */
  async endUrl(idToken: string | undefined, address: string): Promise<string | undefined> {
    const configuration = await this.provider.configuration();
    if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
    return buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: `${address}${LOGOUT_PATH}`,
      ...(idToken === undefined ? {} : { id_token_hint: idToken }),
    }).href;
  }

  /** Claims that a provider gives to who asks for them by name. */
  private claims(configuration: Configuration): { readonly claims?: string } {
    if (configuration.serverMetadata()['claims_parameter_supported'] !== true) return {};
    const { subject, hsaId, name } = this.options.claims;
    const wanted = [...subject, ...hsaId, ...name].filter((claim) => claim !== 'sub').map((claim) => [claim, null]);
    return { claims: JSON.stringify({ id_token: { acr: null, ...Object.fromEntries(wanted) } }) };
  }

  private async opened(held: string): Promise<Begun> {
    try {
      const { payload } = await jwtDecrypt<Begun>(held, await this.key(), {
        contentEncryptionAlgorithms: [SEALED.enc],
        keyManagementAlgorithms: [SEALED.alg],
      });
      return payload;
    } catch (error) {
      if (error instanceof joseErrors.JOSEError) throw this.failed(error.code);
      throw error;
    }
  }

  private failed(reason: string): Problem {
    this.options.onRefusal(reason);
    return new Problem(httpProblems.SIGN_IN_FAILED);
  }

  private async key(): Promise<Uint8Array> {
    return new Uint8Array(hkdfSync('sha256', await this.options.secret(), '', 'fok login', 32));
  }
}
