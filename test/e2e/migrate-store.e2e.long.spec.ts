import { newStream, record, to } from '../contract/event-store/records.js';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { copyLog, compareLogs } from '../../src/audit/migrate/copy-log.js';
import { type EventStore, RecordedAtBehind, type StoredRecord } from '../../src/kernel/event-store/event-store.js';
import { MemoryEventStore } from '../../src/kernel/event-store/memory/memory-event-store.js';
import { SqliteEventStore } from '../../src/kernel/event-store/sqlite/sqlite-event-store.js';
import { EventStoreDbEventStore } from '../../src/kernel/event-store/eventstoredb/eventstoredb-event-store.js';
import { EventStoreDbDouble } from '../doubles/eventstoredb/eventstoredb-double.js';
import { runVerb } from '../support/cli-in-process.js';
import { answerOf, runProgram } from '../support/verb.js';

jest.setTimeout(600_000);

const EXAMPLE = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
const ANNA = '10000000-0000-4000-8000-000000000001';

let folder: string;
let data: string;
/** A server: the one that the environment names, otherwise the double. */
let server: string;
let double: EventStoreDbDouble | undefined;

/** Where the log is named by the test itself; the views are in the store under test, as everywhere. */
const FILE = { EVENT_STORE: 'sqlite' };
/** The register's name on the server; on a real one the log stays there. */
const namespace = `e2e-${randomUUID()}`;
const onServer = () => ({ EVENT_STORE: 'eventstoredb', EVENTSTORE_URL: server, EVENTSTORE_NAMESPACE: namespace });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fok-migrate-'));
  data = join(folder, 'data');
  for (const args of [
    ['import', EXAMPLE],
    ['seal', '--out', join(folder, 'checkpoint.json')],
  ])
    expect(await runVerb(['--data', data, ...args], FILE)).toMatchObject({ code: 0 });
  if (process.env['EVENTSTORE_URL']) server = process.env['EVENTSTORE_URL'];
  else {
    double = new EventStoreDbDouble();
    await double.start();
    server = double.connectionString;
  }
});

afterAll(() => {
  double?.kill();
  rmSync(folder, { recursive: true, force: true });
});

describe('a register that is taken to another store', () => {
  it.each([
    ['file', () => ({ to: `sqlite:${join(folder, 'file')}`, data: join(folder, 'file'), environment: FILE })],
    ['server', () => ({ to: `eventstoredb:${server}`, data: join(folder, 'server'), environment: onServer() })],
  ])('in another %s gives the same answers, and verifies against the seal of before', async (_, target) => {
    const { to, data: place, environment } = target();
    expect(
      await answerOf(['--data', place, 'migrate-store', '--from', `sqlite:${data}`, '--to', to], { environment }),
    ).toMatchObject({ copied: 86, events: 86, checkpoint: { size: 86 } });
    for (const question of [
      ['report', '--on', '2024-02-01'],
      ['timeline', ANNA],
      ['compliance', ANNA, '--on', '2024-02-01'],
    ]) {
      expect(await answer(place, question, environment)).toEqual(await answer(data, question, FILE));
    }
    expect(
      await answerOf(['--data', place, 'verify', '--against', join(folder, 'checkpoint.json')], { environment }),
    ).toMatchObject({ ok: true, unsealed: 0 });
    expect(await answerOf(['--data', place, 'check', '--all'], { environment })).toMatchObject({
      ok: true,
      views: { episodes: { compared: 3 } },
    });
  });

  it('and back from the server is the log it was, byte for byte; a second run copies nothing', async () => {
    const [from, back] = [`eventstoredb:${server}`, join(folder, 'back')];
    const args = ['--data', join(folder, 'server'), 'migrate-store', '--from', from, '--to', `sqlite:${back}`];
    expect(await answerOf(args, { environment: onServer() })).toMatchObject({ copied: 86, events: 86 });
    expect(await answerOf(args, { environment: onServer() })).toMatchObject({ copied: 0, events: 86 });
    const [one, other] = await Promise.all(
      [data, back].map((place) => SqliteEventStore.open({ path: join(place, 'events.sqlite'), readOnly: true })),
    );
    expect(await all(other!)).toEqual(await all(one!));
    await Promise.all([one!.close(), other!.close()]);
    expect(
      await answerOf(['--data', back, 'verify', '--against', join(folder, 'checkpoint.json')], { environment: FILE }),
    ).toMatchObject({ ok: true });
  });

  it('goes on being sealed: the seals of the new store continue those of the old one', async () => {
    const place = join(folder, 'file');
    expect(
      await runVerb(['--data', place, 'forget', ANNA, '--reason', 'decision 7', '--although', 'prov', '--yes'], FILE),
    ).toMatchObject({ code: 0 });
    expect(await answerOf(['--data', place, 'seal'], { environment: FILE })).toMatchObject({
      checkpoint: { v: 2, size: 87 },
    });
    expect(
      await answerOf(['--data', place, 'verify', '--against', join(folder, 'checkpoint.json')], { environment: FILE }),
    ).toMatchObject({ ok: true, checked: 87 });
  });

  it.each([
    ['itself', () => [`sqlite:${data}`, `sqlite:${join(data, 'events.sqlite')}`], /the same store/],
    [
      'a store that holds another log',
      () => [`sqlite:${data}`, `sqlite:${join(folder, 'file')}`],
      /no beginning of the one to be copied/,
    ],
    [
      'a store of an unknown kind',
      () => [`sqlite:${data}`, 'postgres:x'],
      /sqlite:PATH, eventstoredb:URL or eventstoredb/,
    ],
    [
      'a file of another name',
      () => [`sqlite:${data}`, `sqlite:${join(folder, 'mine.sqlite')}`],
      /called events\.sqlite/,
    ],
  ])('is not taken to %s', async (_, stores, message) => {
    const [from = '', to = ''] = stores();
    const { code, stderr } = await runProgram(['--data', data, 'migrate-store', '--from', from, '--to', to]);
    expect(stderr).toMatch(message);
    expect(code).toBe(1);
  });

  it('comes from nowhere when there is none', async () => {
    const { code, stderr } = await runProgram([
      'migrate-store',
      '--from',
      `sqlite:${join(folder, 'nowhere')}`,
      '--to',
      `sqlite:${join(folder, 'there')}`,
    ]);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no register') });
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });
});

describe('a copy', () => {
  it('that was broken off at any event goes on from there, in a file and on a server', async () => {
    const source = await SqliteEventStore.open({ path: join(data, 'events.sqlite'), readOnly: true });
    for (const broken of [1, 40, 85]) {
      for (const [target, close] of [
        await freshFile(`broken-${broken}`),
        freshServer(`${namespace}-broken${broken}.`),
      ]) {
        await expect(copyLog(cutOff(source, broken), target, () => undefined)).rejects.toThrow('the power went');
        expect(await target.count()).toBe(broken);
        expect(await copyLog(source, target, () => undefined)).toBe(86 - broken);
        expect(await compareLogs(source, target, () => undefined)).toBe(86);
        await close();
      }
    }
    await source.close();
  });

  it.each([
    ['an event is missing', (records: StoredRecord[]) => records.filter((_, at) => at !== 85)],
    [
      'an event is too many',
      (records: StoredRecord[]) => [
        ...records,
        {
          ...records[0]!,
          id: '00000000-0000-4000-8000-000000000000',
          stream: 'unit-00000000-0000-4000-8000-000000000000',
        },
      ],
    ],
    ['two events changed places', (records: StoredRecord[]) => [records[1]!, records[0]!, ...records.slice(2)]],
    [
      'the bytes differ',
      (records: StoredRecord[]) =>
        records.map((record, at) =>
          at === 50 ? { ...record, body: Buffer.concat([record.body, Buffer.from(' ')]) } : record,
        ),
    ],
    [
      'the hash differs',
      (records: StoredRecord[]) =>
        records.map((record, at) => (at === 50 ? { ...record, hash: Buffer.alloc(32, 1) } : record)),
    ],
    [
      'the time differs',
      (records: StoredRecord[]) =>
        records.map((record, at) => (at === 85 ? { ...record, recordedAt: '2999-01-01T00:00:00.000Z' } : record)),
    ],
  ])('is found out when %s', async (_, change) => {
    const source = await SqliteEventStore.open({ path: join(data, 'events.sqlite'), readOnly: true });
    const records = change(await all(source)).map((record, at) => ({ ...record, position: BigInt(at + 1) }));
    const copy = changed(source, () => records);
    await expect(compareLogs(source, copy, () => undefined)).rejects.toMatchObject({ code: 'COPY_DIFFERS' });
    await expect(
      compareLogs(
        source,
        changed(source, (same) => same),
        () => undefined,
      ),
    ).resolves.toBe(86);
    await source.close();
  });

  it('of a log whose times run backwards is taken as it is, and what is written to it afterwards is not', async () => {
    const source = await SqliteEventStore.open({ path: join(data, 'events.sqlite'), readOnly: true });
    const early = '2000-01-01T00:00:00.000Z';
    const backwards = changed(source, (records) =>
      records.map((record, at) => (at === 60 ? { ...record, recordedAt: early } : record)),
    );
    const [file, close] = await freshFile('backwards');
    for (const target of [file, new MemoryEventStore()]) {
      await expect(copyLog(backwards, target, () => undefined)).resolves.toBe(86);
      expect((await target.readLog({ from: 60n, limit: 1 }))[0]?.recordedAt).toBe(early);
      await expect(compareLogs(backwards, target, () => undefined)).resolves.toBe(86);
      const next = record({ recordedAt: early });
      expect(await target.appendAll([to(newStream(), 'NO_STREAM', next)])).toEqual([expect.any(RecordedAtBehind)]);
    }
    await close();
    await source.close();
  });
});

async function freshFile(name: string): Promise<[EventStore, () => Promise<void>]> {
  const store = await SqliteEventStore.open({ path: join(folder, `${name}.sqlite`) });
  return [store, () => store.close()];
}

function freshServer(namespace: string): [EventStore, () => Promise<void>] {
  const store = EventStoreDbEventStore.open({ connectionString: server, namespace });
  return [store, () => store.close()];
}

/** A log that is read so far and then no more. */
function cutOff(store: EventStore, events: number): EventStore {
  return changed(store, (records) => {
    const left = records.filter(({ position }) => position <= events);
    if (left.length === 0) throw new Error('the power went');
    return left;
  });
}

function changed(store: EventStore, change: (records: StoredRecord[]) => StoredRecord[]): EventStore {
  return new Proxy(store, {
    get(target, name) {
      if (name === 'readLog')
        return async (options: Parameters<EventStore['readLog']>[0]) => change(await target.readLog(options));
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

function all(store: EventStore): Promise<StoredRecord[]> {
  return store.readLog({ limit: 1_000 });
}

/** An answer without the instant at which it was asked, and without positions, which are each store's own. */
async function answer(
  dataDir: string,
  question: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const { code, stdout, stderr } = await runVerb(['--data', dataDir, ...question, '--format', 'json'], environment);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout, (key, value: unknown) =>
    ['generatedAt', 'knownAt', 'position'].includes(key) ? undefined : value,
  );
}
