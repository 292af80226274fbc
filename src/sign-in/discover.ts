import { readFile } from 'node:fs/promises';
import {
  allowInsecureRequests,
  ClientSecretPost,
  clockTolerance,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
} from 'openid-client';
import type { OidcConfig } from '../kernel/config/sign-in-settings.js';
import { CLOCK_TOLERANCE_S } from './access-tokens.js';
import { PROVIDER_PATIENCE_MS } from './provider.js';

/** What the provider knows the register by; read anew each time, so that it can be exchanged. */
export async function clientSecret({ clientSecretFile }: OidcConfig): Promise<string> {
  return (await readFile(clientSecretFile, 'utf8')).trim();
}

/**
 * Asks a provider what it says of itself (OpenID Connect Discovery 1.0).
 * @throws the client's or the file system's error
 */
export async function discover(config: OidcConfig): Promise<Configuration> {
  const secret = await clientSecret(config);
  const found = await discovery(
    new URL(config.issuer),
    config.clientId,
    { [clockTolerance]: CLOCK_TOLERANCE_S },
    ClientSecretPost(secret),
    {
      timeout: PROVIDER_PATIENCE_MS / 1_000,
      // The settings allow a provider without TLS on this machine only.
      ...(config.issuer.startsWith('http:') ? { execute: [allowInsecureRequests] } : {}),
    },
  );
  // By TLS alone whoever stands between could say who has signed in.
  enableNonRepudiationChecks(found);
  return found;
}
