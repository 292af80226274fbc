import type { Logger } from 'pino';
import type { Config } from '../kernel/config/config.js';
import type { DemoReads } from './demo/demo-persons.js';
import { type SignIn, signInBy } from './sign-in.js';

/**
 * How the callers of a server are known by its configuration; undefined where everybody is believed.
 * @param from where a demo finds its persons
 * @throws ConfigError for a demo where its provider is not installed; SessionsUnavailable
 */
export async function openSignIn(config: Config, from: DemoReads, logger: Logger): Promise<SignIn | undefined> {
  if (config.auth === 'none') return undefined;
  if (config.oidc) return signInBy(config, config.oidc, { logger });
  // Loaded where it is asked for alone: an image has no part of it.
  const { signInByDemo } = await import('./demo/demo-sign-in.js');
  return signInByDemo(config, from, { logger });
}
