import type { Server } from 'node:https';
import { type Logger, pino } from 'pino';
import { createApp } from './create-app.js';
import { ConfigError } from '../kernel/config/config.js';
import { configure, type Configured } from '../kernel/config/configure.js';
import { DEMO_PATH } from '../sign-in/paths.js';
import { rolesIn } from './roles-in.js';
import { openSignIn } from '../sign-in/open-sign-in.js';
import type { SignIn } from '../sign-in/sign-in.js';
import { ENV_FILE } from '../kernel/config/env-file.js';
import { EventStoreError } from '../kernel/event-store/event-store.js';
import { safeErrorFields } from '../kernel/http/safe-error.js';
import { IntegrityError } from '../kernel/integrity/integrity-error.js';
import { KeyStoreError } from '../kernel/privacy/key-store-error.js';
import { SessionsUnavailable } from '../kernel/sessions/session-store.js';
import { ViewStoreError } from '../kernel/view-store/view-store.js';
import { followTlsFiles, readTlsPair, TlsUnusable } from '../kernel/http/tls.js';
import { systemMessage } from '../kernel/system-message.js';
import { openRegister, type Register } from '../app/register.js';
import { type AccessLog, AccessLogUnavailable } from '../access-log/access-log.js';
import { openAccessLog } from '../access-log/open-access-log.js';
import { runtimeWarning } from './runtime-warning.js';
import { serverWarningsOf, warningsOf } from '../stores/warnings.js';
import { startSealing } from '../app/sealing.js';

export interface RunningServer {
  readonly url: string;
  /** Answers what is under way, then closes the stores. */
  close(): Promise<void>;
}

/**
 * Opens the register and listens.
 * @param stop when it is aborted before the server listens, what was opened is closed again
 * @throws the reason of `stop`, EventStoreError, ViewStoreError, KeyStoreError, IntegrityError for a log that does not
 * go on where it was sealed, or the system error for an address that cannot be had
 */
export async function startServer(
  configured: Configured,
  logger: Logger = pino({ level: configured.config.logLevel }),
  stop?: AbortSignal,
): Promise<RunningServer> {
  const { config } = configured;
  const onError = (error: unknown): void => logger.error(safeErrorFields(error), 'work beside the answers failed');
  const register = await openRegister(config, { follow: true, onError });
  logger.info({ stores: storesOf(config, register) }, 'stores opened');
  register.metrics.watchProcess();
  let seals: Awaited<ReturnType<typeof startSealing>>;
  let accessLog: AccessLog | undefined;
  let signIn: SignIn | undefined;
  const closeAll = async (): Promise<void> => {
    await seals?.close();
    await signIn?.close();
    await accessLog?.close();
    await register.close();
  };
  try {
    stop?.throwIfAborted();
    accessLog = await openAccessLog(config, register.clock);
    seals = await startSealing(config, register, {
      onError,
      say: (text) => logger.warn(text),
      log: (text) => logger.info(text),
      accessLog,
    });
    stop?.throwIfAborted();
    signIn = await openSignIn(config, { reads: register, rolesOf: rolesIn(register) }, logger);
    const app = await createApp(register, {
      logger,
      accessLog,
      ...(signIn && { signIn }),
      configured,
      callsAMinute: config.callsAMinute,
      hostNames: config.hostNames,
      ...(config.tls && { tls: await readTlsPair(config.tls) }),
    });
    let endWatch: (() => void) | undefined;
    const close = async (): Promise<void> => {
      endWatch?.();
      register.runner.endWaits();
      await app.close();
      await closeAll();
    };
    await app.listen(config.port, config.host);
    const url = await app.getUrl();
    if (!config.tls) return { url, close };
    endWatch = followTlsFiles(app.getHttpServer() as Server, config.tls, {
      onChange: (trouble) =>
        trouble ? logger.error({ reason: trouble.message }, 'the certificate stays') : logger.info('new certificate'),
    });
    return { url: url.replace(/^http:/, 'https:'), close };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/**
 * Runs a server until SIGINT or SIGTERM, which are heard from before anything is opened: whenever they come, what is
 * open is closed.
 * A second one ends the process at once.
 * @param say told what whoever runs it should know, and that it listens
 * @throws as {@link startServer}, unless it was told to stop
 */
export async function serveUntilStopped(
  configured: Configured,
  say: (text: string) => void,
  logger?: Logger,
): Promise<void> {
  const stop = new AbortController();
  const told = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve(), { once: true }));
  const onSignal = (): void => stop.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    const server = await startServer(configured, logger, stop.signal);
    for (const warning of warningsOf(configured.config)) say(warning);
    if (!stop.signal.aborted) {
      say(`Listening on ${server.url} (documentation: ${server.url}/api/docs)`);
      if (configured.config.auth === 'demo')
        say(`Open ${server.url} and choose who to be; with curl: ${curlOf(server.url)}`);
    }
    const runtime = runtimeWarning(process.versions.node);
    if (runtime !== undefined) say(runtime);
    for (const warning of await serverWarningsOf(configured.config)) say(warning);
    await told;
    await server.close();
  } catch (error) {
    if (error !== stop.signal.reason) throw error;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

/** How somebody calls the API of a demo as the person whom she has chosen, whose name stands on the page. */
function curlOf(url: string): string {
  return `curl -H "Authorization: Bearer $(curl -sX POST ${url}${DEMO_PATH}/intyg/unit-manager)" ${url}/api/v1/me`;
}

/**
 * Which stores the register stands on, and what kind of server was found where one is asked: a single MongoDB works
 * otherwise than a replica set.
 */
function storesOf({ eventStore, keyStore }: Configured['config'], { views, keys }: Register): Record<string, string> {
  const onServer = (name: string, server: string | undefined): string =>
    server === undefined ? name : `${name} (${server})`;
  return {
    events: eventStore,
    views: onServer(views.name, views.server),
    keys: eventStore === 'memory' ? 'memory' : onServer(keyStore, keys.server),
  };
}

/**
 * Runs the server of this process until SIGINT or SIGTERM. What keeps it from starting is said in one message, with
 * exit code 1.
 */
export async function serve(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  try {
    await serveUntilStopped(await configure(environment, ENV_FILE), (text) => process.stderr.write(`${text}\n`));
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}

/**
 * Why the server cannot run, in words. Errors that nobody foresaw say where in the code they came from, and nothing
 * that they quote.
 */
function messageOf(error: unknown): string {
  if (
    error instanceof ConfigError ||
    error instanceof EventStoreError ||
    error instanceof ViewStoreError ||
    error instanceof KeyStoreError ||
    error instanceof IntegrityError ||
    error instanceof AccessLogUnavailable ||
    error instanceof SessionsUnavailable ||
    error instanceof TlsUnusable
  ) {
    return error.message;
  }
  const refused = systemMessage(error, 'WITH_PATH');
  if (refused !== undefined) {
    const { syscall } = error as NodeJS.ErrnoException;
    return syscall === 'listen' || syscall === 'getaddrinfo'
      ? `The address cannot be used: ${refused}. Choose another with HOST and PORT.`
      : `A file or folder cannot be used: ${refused}. See DATA_DIR and MASTER_KEY_FILE.`;
  }
  const { error: name, at } = safeErrorFields(error);
  return `The server stopped because of an unforeseen ${name} ${at?.[0] ?? ''}`.trimEnd();
}
