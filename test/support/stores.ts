import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/kernel/config/config.js';
import type { StoreConfig } from '../../src/stores/open-stores.js';
import { databaseAt } from './mongodb-address.js';

/**
 * The specs under test/e2e run on the servers that the environment names: the log at EVENTSTORE_URL, the views at
 * MONGODB_URL or FERRETDB_URL; where none is named, on the embedded files. All other specs say themselves which stores
 * they are about.
 */
const chosen = /[\\/]test[\\/]e2e[\\/]/.test(expect.getState().testPath ?? '');
const eventServer = chosen ? process.env['EVENTSTORE_URL'] || undefined : undefined;
const viewServer = chosen ? process.env['MONGODB_URL'] || process.env['FERRETDB_URL'] || undefined : undefined;

/** Whether the log, and the views, lie in files of the data folder. */
export const embedded = { log: eventServer === undefined, views: viewServer === undefined };

/**
 * For what is said of those files themselves (spoiled, locked, full, copied), and cannot be asked of a server: there it
 * is shown as skipped, by name, so that a run says what it did not ask.
 */
export const ofLogFile = { it: embedded.log ? it : it.skip, describe: embedded.log ? describe : describe.skip };
export const ofViewFiles = { it: embedded.views ? it : it.skip };
export const ofFiles = { it: embedded.log && embedded.views ? it : it.skip };
/**
 * For ten thousand events and more: our doubles are made to be right, not quick, and FerretDB takes minutes for them.
 */
export const ofManyEvents = {
  it: chosen && (process.env['STORES_ARE_DOUBLES'] || process.env['FERRETDB_URL']) ? it.skip : it,
};

/**
 * Whether the views lie on FerretDB 1.24. It takes some thousand events longer than the driver waits for an answer, and
 * when a client is killed in the middle of a write it answers nobody any more who asks for that database: so it is
 * asked with fewer, and not with killed clients.
 */
export const onFerretDb = viewServer !== undefined && viewServer === process.env['FERRETDB_URL'];

/**
 * The settings that put the register of a data folder on the stores under test. Each folder is a register of its own,
 * also on servers.
 */
export function storesAt(dataDir: string): Record<string, string> {
  const name = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16);
  return {
    ...(eventServer === undefined
      ? {}
      : { EVENT_STORE: 'eventstoredb', EVENTSTORE_URL: eventServer, EVENTSTORE_NAMESPACE: `e2e-${name}` }),
    ...(viewServer === undefined
      ? {}
      : { VIEW_STORE: 'mongodb', MONGODB_URL: databaseAt(viewServer, `fok-test-${process.env['TEST_RUN']}-${name}`) }),
  };
}

/** The settings for another data folder over the log of this one: on a server the log is not in the folder. */
export function logAt(dataDir: string): Record<string, string> {
  return Object.fromEntries(Object.entries(storesAt(dataDir)).filter(([name]) => name.startsWith('EVENT')));
}

/** The configuration of the register of a data folder on the stores under test. */
export function configAt(dataDir: string): StoreConfig {
  return readConfig({ ...storesAt(dataDir), DATA_DIR: dataDir });
}

/**
 * What a program is given: the stores of the data folder that its arguments or its environment name, then its own
 * environment, which may choose other stores.
 */
export function environmentOf(
  args: readonly string[],
  given: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const option = args.indexOf('--data');
  const dataDir = option < 0 ? given['DATA_DIR'] : args[option + 1];
  return { ...(dataDir === undefined ? {} : storesAt(dataDir)), ...given };
}
