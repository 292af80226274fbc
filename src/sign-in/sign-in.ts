import type { DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Config } from '../kernel/config/config.js';
import type { OidcConfig } from '../kernel/config/sign-in-settings.js';
import type { Entrance } from '../kernel/http/entrance.js';
import { safeErrorFields } from '../kernel/http/safe-error.js';
import { openSessions } from '../stores/open-sessions.js';
import type { StoreConfig } from '../stores/open-stores.js';
import { AccessTokens } from './access-tokens.js';
import { addressBy } from './cookies.js';
import { clientSecret, discover } from './discover.js';
import { SignInEntrance } from './entrance.js';
import { Logins } from './logins.js';
import { Provider, type ProviderOptions } from './provider.js';
import { Sessions } from './sessions.js';
import { SignInModule } from './sign-in.module.js';

/** How the callers of a server are known. */
export interface SignIn {
  readonly entrance: Entrance;
  readonly module: DynamicModule;
  /** Closes what it has opened. */
  close(): Promise<void>;
}

export type SignInConfigured = StoreConfig & Pick<Config, 'publicUrl'>;

export interface SignInOptions {
  readonly logger: Logger;
  /** How long the provider is left alone when it did not answer, and its keys are taken for those of today. */
  readonly provider?: Pick<ProviderOptions, 'askAgainMs' | 'keys'>;
  readonly now?: () => number;
}

/** So much of what goes wrong is told that a provider which is away for a night does not fill the log. */
const TOLD_MS = 60_000;

/**
 * Signs callers in by an OpenID provider, which need not be there yet.
 * @throws SessionsUnavailable
 */
export async function signInBy(
  config: SignInConfigured,
  oidc: OidcConfig,
  { logger, provider: patience, now }: SignInOptions,
): Promise<SignIn> {
  return assemble(config, {
    oidc,
    issuerName: oidc.issuer,
    secret: () => clientSecret(oidc),
    provider: new Provider({ discover: () => discover(oidc), onTrouble: trouble(logger), ...patience }),
    logger,
    ...(now && { now }),
  });
}

interface Parts {
  readonly oidc: OidcConfig;
  readonly issuerName: string;
  readonly secret: () => Promise<string>;
  readonly provider: Provider;
  readonly logger: Logger;
  readonly now?: () => number;
}

/** Puts the parts together that every provider has. */
export async function assemble(
  config: SignInConfigured,
  { oidc, issuerName, secret, provider, logger, now }: Parts,
): Promise<SignIn> {
  const store = await openSessions(config);
  const sessions = new Sessions(store, now);
  const address = addressBy(config.publicUrl);
  const onRefusal = (what: string) => (reason: string) => logger.info({ reason }, `${what} refused`);
  const tokens = new AccessTokens(provider, { ...oidc, issuerName, onRefusal: onRefusal('token') });
  const logins = new Logins(provider, { ...oidc, issuerName, secret, onRefusal: onRefusal('login') });
  return {
    entrance: new SignInEntrance({ provider, tokens, sessions, address }),
    module: SignInModule.of({ logins, sessions, address }),
    close: () => store.close(),
  };
}

/** Tells why a provider cannot be used, now and then. */
export function trouble(logger: Logger): (error: unknown) => void {
  let toldAt = -Infinity;
  return (error) => {
    if (performance.now() - toldAt < TOLD_MS) return;
    toldAt = performance.now();
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
    logger.warn({ ...safeErrorFields(error), reason: code }, 'the identity provider cannot be used');
  };
}
