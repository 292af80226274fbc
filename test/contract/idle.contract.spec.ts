import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { assembleRegister, openRegister, type Register } from '../../src/app/register.js';
import { importHistory } from '../../src/import/import-history.js';
import { groundwork, IDS, line } from '../../src/import/testing/history.spec-helper.js';
import { openEventStore, openKeyStore, openViewStore, type StoreConfig } from '../../src/stores/open-stores.js';
import { EventStoreDbDouble } from '../doubles/eventstoredb/eventstoredb-double.js';
import { FakeMongoDB } from '../doubles/mongodb/fake-mongodb.js';

const IDLE_MS = 3_000;
/** What the driver asks a MongoDB by itself, to know that it is there. */
const HEARTBEAT = new Set(['hello', 'ismaster', 'isMaster', 'ping']);

type Servers = { readonly log?: EventStoreDbDouble; readonly views?: FakeMongoDB };

const KINDS: Readonly<Record<string, (folder: string, servers: Servers) => StoreConfig>> = {
  files: (dataDir) => ({ dataDir, eventStore: 'sqlite', viewStore: 'sqlite' }),
  memory: (dataDir) => ({ dataDir, eventStore: 'memory', viewStore: 'memory' }),
  servers: (dataDir, { log, views }) => ({
    dataDir,
    eventStore: 'eventstoredb',
    eventStoreUrl: log!.connectionString,
    viewStore: 'mongodb',
    mongodbUrl: `${views!.url}/idle?directConnection=true`,
  }),
};

describe.each(Object.keys(KINDS))('a server on %s that has nothing to do', (kind) => {
  let folder: string;
  let config: StoreConfig;
  let servers: Servers = {};
  let register: Register;
  /** What was asked of the stores by this process, or at the doubles. */
  const asked: string[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fok-idle-'));
    if (kind === 'servers') {
      const log = new EventStoreDbDouble();
      await log.start();
      const views = await FakeMongoDB.start('replica set');
      views.fate = (name) => {
        if (!HEARTBEAT.has(name)) asked.push(`mongodb ${name}`);
        return 'served';
      };
      servers = { log, views };
    }
    config = KINDS[kind]!(folder, servers);
    const store = await openEventStore(config);
    const stores = {
      store: counting(store, 'log', ['watch'], asked),
      keys: await openKeyStore(config, store),
      views: counting(await openViewStore(config), 'views', [], asked),
    };
    register = await assembleRegister(stores, { follow: true });
    await record(register, 'begin', groundwork());
    expect(await register.waitFor(await register.store.head(), 20_000)).toBe(true);
    for (let quiet = 0; quiet < 1_000; quiet += 50) {
      if (asked.splice(0).length > 0) quiet = 0;
      await sleep(50);
    }
  });
  afterEach(async () => {
    await register.close();
    servers.log?.kill();
    await servers.views?.stop();
    servers = {};
    rmSync(folder, { recursive: true, force: true });
  });

  async function record(into: Register, name: string, lines: readonly object[]): Promise<void> {
    const file = join(folder, `${name}.ndjson`);
    writeFileSync(file, lines.map((one) => `${JSON.stringify(one)}\n`).join(''));
    const done = await importHistory(into, { file, source: name, dryRun: false, rejectFile: join(folder, 'rejects') });
    expect(done).toMatchObject({ rejected: 0 });
  }

  it('asks its stores nothing at all', async () => {
    await sleep(IDLE_MS);
    expect(asked).toEqual([]);
  });

  it('takes in what is appended all the same', async () => {
    const writer = kind === 'memory' ? register : await openRegister(config, { judge: (local) => local });
    await record(writer, 'more', [line('UnitManagerAppointed', `unit-${IDS.unit}`, { staff: IDS.staff })]);
    const head = await writer.store.head();
    const { view } = register.projections[1]!.projection;
    while ((await view.version.checkpoint())!.position < head) await sleep(20);
    expect(register.projections[1]!.projection.ours).toBe(true);
    if (writer !== register) await writer.close();
  });
});

/** The same object, whose calls are noted, those of what it opens included. */
function counting<T extends object>(inner: T, name: string, silent: readonly string[], asked: string[]): T {
  return new Proxy(inner, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]): unknown => {
        if (!silent.includes(String(key))) asked.push(`${name}.${String(key)}`);
        const answer: unknown = value.apply(target, given);
        if (key !== 'open') return answer;
        return (answer as Promise<object>).then((opened) => counting(opened, `${name}.version`, silent, asked));
      };
    },
  });
}
