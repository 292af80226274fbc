import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { verifyRegister } from '../../src/audit/verify/verify-register.js';
import { readConfig } from '../../src/kernel/config/config.js';
import type { EventStore } from '../../src/kernel/event-store/event-store.js';
import { chainHash, CHAIN_START } from '../../src/kernel/integrity/chain.js';
import { SigningKey } from '../../src/kernel/integrity/signing-key.js';
import { systemClock } from '../../src/kernel/time/clock.js';
import { assertLogContinues, openNotary, type OpenNotary } from '../../src/stores/open-notary.js';
import { openEventStore, type StoreConfig } from '../../src/stores/open-stores.js';
import { sealPaths } from '../../src/stores/seal-paths.js';
import { EventStoreDbDouble } from '../doubles/eventstoredb/eventstoredb-double.js';
import type { ServerEvent } from '../doubles/eventstoredb/server-log.js';
import { FakeMongoDB } from '../doubles/mongodb/fake-mongodb.js';
import { runVerb } from '../support/cli-in-process.js';
import { databaseAt } from '../support/mongodb-address.js';

jest.setTimeout(60_000);

const EXAMPLE = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
const HALF = 40;

/** Machines of one register whose log and keys lie on servers; each has a data folder of its own. */
describe('the notary of a register on servers', () => {
  let folder: string;
  let events: EventStoreDbDouble;
  let mongodb: FakeMongoDB;
  let databases = 0;
  let environment: Record<string, string>;
  const open: { close(): Promise<unknown> }[] = [];
  const said: string[] = [];

  /** The log of the example history, of which each test is given a part. */
  let example: ServerEvent[];
  beforeAll(async () => {
    mongodb = await FakeMongoDB.start('replica set');
    const server = new EventStoreDbDouble();
    await server.start();
    const place = mkdtempSync(join(tmpdir(), 'fok-example-'));
    try {
      const settings = {
        EVENT_STORE: 'eventstoredb',
        EVENTSTORE_URL: server.connectionString,
        EVENTSTORE_NAMESPACE: 'fok',
      };
      expect(await runVerb(['--data', place, 'import', EXAMPLE], settings)).toMatchObject({ code: 0 });
      example = server.log.events.filter(({ stream }) => stream.startsWith('fok.'));
    } finally {
      server.kill();
      rmSync(place, { recursive: true, force: true });
    }
  });

  afterAll(() => mongodb.stop());

  const at = (name: string): string => join(folder, name);
  const configOf = (machine: string, more: Record<string, string> = {}): StoreConfig =>
    readConfig({ ...environment, DATA_DIR: at(machine), ...more });

  function newKey(name: string): string {
    writeFileSync(
      at(name),
      generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
      { mode: 0o600 },
    );
    return at(name);
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fok-notary-'));
    events = new EventStoreDbDouble();
    await events.start();
    environment = {
      EVENT_STORE: 'eventstoredb',
      EVENTSTORE_URL: events.connectionString,
      EVENTSTORE_NAMESPACE: 'fok',
      VIEW_STORE: 'sqlite',
      KEY_STORE: 'mongodb',
      KEYS_MONGODB_URL: databaseAt(mongodb.url, `keys-${++databases}`),
      SIGNING_KEY_FILE: newKey('signing.key'),
    };
    said.length = 0;
    record(example.slice(0, HALF));
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
    events.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  function record(some: readonly ServerEvent[]): void {
    for (const event of some)
      expect(events.log.append(event.stream, 'any', [event])).toMatchObject({ kind: 'written' });
  }

  async function storeOf(config: StoreConfig): Promise<EventStore> {
    const store = await openEventStore(config);
    open.push(store);
    return store;
  }

  async function desk(machine: string, config = configOf(machine), taking: 'IF_FREE' | 'AT_ONCE' = 'IF_FREE') {
    const store = await storeOf(config);
    const verify = () => verifyRegister(config, store);
    const opened = await openNotary(config, store, systemClock, {
      taking,
      verify,
      say: (text) => void said.push(text),
    });
    open.push({ close: () => opened.close().catch(() => undefined) });
    return { store, config, ...opened, verify };
  }

  const sizes = ({ notary }: Pick<OpenNotary, 'notary'>): number[] =>
    notary.checkpoints().map(({ checkpoint }) => checkpoint.size);

  it('is one at a time; another goes on from what it signed, on a disk that has nothing', async () => {
    const one = await desk('one');
    expect((await one.notary.seal())?.checkpoint.size).toBe(HALF);
    const two = await desk('two');
    await expect(two.notary.seal()).rejects.toMatchObject({ code: 'NOT_THE_NOTARY' });
    record(example.slice(HALF));
    await one.notary.leaveOffice();
    const further = (await two.notary.seal())!;
    expect(further.checkpoint.size).toBe(86);
    expect(sizes(two)).toEqual([HALF, 86]);
    // The machine that signed first hears of it, and both verify by one key.
    for (const machine of [one, two]) {
      expect(await machine.verify()).toMatchObject({ ok: true, sealed: 86, checked: 86 });
      expect(sizes(machine)).toEqual([HALF, 86]);
    }
    await two.notary.leaveOffice();
    expect(await one.notary.seal()).toEqual(further);
  });

  it('that was paused, overtaken and goes on gives no signature away', async () => {
    const one = await desk('one');
    await one.notary.seal();
    record(example.slice(HALF, HALF + 10));
    const read = one.store.readLog.bind(one.store);
    let proceed: () => void = () => undefined;
    let reached: () => void = () => undefined;
    const stopped = new Promise<void>((resolve) => (proceed = resolve));
    const paused = new Promise<void>((resolve) => (reached = resolve));
    one.store.readLog = async (options) => {
      reached();
      await stopped;
      return read(options);
    };
    const late = one.notary.seal();
    await paused;
    const two = await desk('two', configOf('two'), 'AT_ONCE');
    expect((await two.notary.seal())?.checkpoint.size).toBe(HALF + 10);
    record(example.slice(HALF + 10));
    const three = await desk('three');
    expect(await three.notary.holdsOffice()).toBe(true);
    proceed();
    await expect(late).rejects.toMatchObject({ code: 'NOT_THE_NOTARY' });
    expect(sizes(one).at(-1)).not.toBe(86);
    expect((await three.heads.head())?.signed.checkpoint.size).toBe(HALF + 10);
    one.store.readLog = read;
    const signed = await three.notary.seal();
    expect(sizes(three)).toEqual([HALF, HALF + 10, 86]);
    expect((await one.heads.head())?.signed).toEqual(signed);
  });

  it('signs nothing over a log that was changed on its server, though no seal of it is left on any disk', async () => {
    const one = await desk('one');
    await one.notary.seal();
    await one.notary.leaveOffice();
    forgeLastOf(events, 'recipient-');
    const fresh = configOf('fresh');
    const store = await storeOf(fresh);
    await expect(assertLogContinues(fresh, store)).rejects.toMatchObject({ code: 'SEALS_INCONSISTENT' });
    await expect(desk('fresh', fresh)).rejects.toMatchObject({ code: 'SEALS_INCONSISTENT' });
    const report = await verifyRegister(fresh, store);
    expect([report.ok, report.findings.map(({ code }) => code)]).toEqual([
      false,
      expect.arrayContaining(['SEALS_INCONSISTENT']),
    ]);
  });

  it('has one key: a machine with another is refused, and one that is named but missing is never made', async () => {
    await (await desk('one')).notary.seal();
    const other = configOf('two', { SIGNING_KEY_FILE: newKey('other.key') });
    await expect(desk('two', other)).rejects.toMatchObject({ code: 'CHECKPOINT_NOT_SIGNED' });
    const none = configOf('three', { SIGNING_KEY_FILE: at('nowhere.key') });
    await expect(desk('three', none)).rejects.toMatchObject({ code: 'SIGNING_KEY_MISSING' });
    expect(existsSync(at('nowhere.key'))).toBe(false);
  });

  it('is verified by a machine without its key, by the public key that it is given', async () => {
    const one = await desk('one');
    await one.notary.seal();
    const reader = configOf('reader', { SIGNING_KEY_FILE: '' });
    const store = await storeOf(reader);
    await assertLogContinues(reader, store);
    const { publicKey } = sealPaths(one.config);
    expect(await verifyRegister(reader, store, { publicKey })).toMatchObject({ ok: true, sealed: HALF });
    writeFileSync(at('other.pem'), SigningKey.ephemeral().publicKey.toPem());
    expect(await verifyRegister(reader, store, { publicKey: at('other.pem') })).toMatchObject({ ok: false });
  });

  it('takes over what a machine signed by itself before, once, after a full verification', async () => {
    const before = { ...configOf('one'), keyStore: 'sqlite' as const };
    const alone = await desk('one', before);
    await alone.notary.seal();
    await alone.notary.leaveOffice();
    const [first, again] = [await desk('one'), await desk('one')];
    expect(said.filter((text) => text.includes('the seals were verified'))).toHaveLength(1);
    expect((await first.heads.head())?.signed).toEqual(alone.notary.lastCheckpoint());
    record(example.slice(HALF));
    expect((await again.notary.seal())?.checkpoint.size).toBe(86);
  });
});

/** What an administrator of the server can do: the last event of a stream says another day, and its chain fits. */
function forgeLastOf({ log }: EventStoreDbDouble, category: string): void {
  const forged = log.events.findLast(({ stream }) => stream.startsWith(`fok.${category}`))!;
  const before = log.events.filter((one) => one.stream === forged.stream && one.revision < forged.revision);
  const chain = before.reduce((hash, one) => chainHash(hash, one.data), CHAIN_START);
  const body = Buffer.from(
    Buffer.from(forged.data)
      .toString()
      .replace(/"effectiveOn":"20/, '"effectiveOn":"19'),
  );
  expect(body.equals(forged.data)).toBe(false);
  const metadata = JSON.parse(Buffer.from(forged.metadata).toString()) as object;
  const hash = Buffer.from(chainHash(chain, body)).toString('base64');
  Object.assign(forged, { data: body, metadata: Buffer.from(JSON.stringify({ ...metadata, hash })) });
}
