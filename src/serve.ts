import { type Logger, pino } from 'pino';
import { createApp } from './create-app.js';
import { ConfigError } from './kernel/config/config.js';
import { configure, type Configured } from './kernel/config/configure.js';
import { ENV_FILE } from './kernel/config/env-file.js';
import { EventStoreError } from './kernel/event-store/event-store.js';
import { safeErrorFields } from './kernel/http/safe-error.js';
import { IntegrityError } from './kernel/integrity/integrity-error.js';
import { KeyStoreError } from './kernel/privacy/key-store-error.js';
import { ViewStoreError } from './kernel/view-store/view-store.js';
import { openRegister, type Register } from './register/register.js';
import { startSealing } from './register/sealing.js';

export interface RunningServer {
  readonly url: string;
  /** Answers what is under way, then closes the stores. */
  close(): Promise<void>;
}

/**
 * Opens the register and listens.
 * @throws EventStoreError, ViewStoreError, KeyStoreError, IntegrityError for a log that does not go on where it was sealed, or the system error for an address that cannot be had
 */
export async function startServer(configured: Configured, logger: Logger = pino({ level: configured.config.logLevel })): Promise<RunningServer> {
  const { config } = configured;
  const onError = (error: unknown): void => logger.error(safeErrorFields(error), 'work beside the answers failed');
  const register = await openRegister(config, { follow: true, onError });
  logger.info({ stores: storesOf(config, register) }, 'stores opened');
  register.metrics.watchProcess();
  const seals = await startSealing(config, register, onError).catch(async (error: unknown) => {
    await register.close();
    throw error;
  });
  const closeAll = async (): Promise<void> => {
    await seals?.close();
    await register.close();
  };
  try {
    const app = await createApp(register, { logger, configured, callsAMinute: config.callsAMinute });
    await app.listen(config.port, config.host);
    return {
      url: await app.getUrl(),
      close: async () => {
        register.runner.endWaits();
        await app.close();
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** Which stores the register stands on, and what kind of server was found where one is asked: a single MongoDB works otherwise than a replica set. */
function storesOf({ eventStore, keyStore }: Configured['config'], { views, keys }: Register): Record<string, string> {
  const onServer = (name: string, server: string | undefined): string => (server === undefined ? name : `${name} (${server})`);
  return { events: eventStore, views: onServer(views.name, views.server), keys: eventStore === 'memory' ? 'memory' : onServer(keyStore, keys.server) };
}

/** Runs the server of this process until SIGINT or SIGTERM. What keeps it from starting is said in one message, with exit code 1. */
export async function serve(environment: Readonly<Record<string, string | undefined>>): Promise<void> {
  try {
    const server = await startServer(await configure(environment, ENV_FILE));
    const stop = (): void => {
      void server.close().catch(fail);
    };
    // Whoever reads that it listens may tell it to stop at once.
    process.once('SIGINT', stop).once('SIGTERM', stop);
    process.stderr.write(`Listening on ${server.url} (documentation: ${server.url}/api/docs)\n`);
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}

/** Why the server cannot run, in words. Errors that nobody foresaw say where in the code they came from, and nothing that they quote. */
function messageOf(error: unknown): string {
  if (error instanceof ConfigError || error instanceof EventStoreError || error instanceof ViewStoreError || error instanceof KeyStoreError || error instanceof IntegrityError) {
    return error.message;
  }
  if (error instanceof Error && 'syscall' in error && error.syscall === 'listen') return `The address cannot be used: ${error.message}. Choose another with HOST and PORT.`;
  if (error instanceof Error && 'syscall' in error) return `A file or folder cannot be used: ${error.message}. See DATA_DIR and MASTER_KEY_FILE.`;
  const { error: name, at } = safeErrorFields(error);
  return `The server stopped because of an unforeseen ${name} ${at?.[0] ?? ''}`.trimEnd();
}
