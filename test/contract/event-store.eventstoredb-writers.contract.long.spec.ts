import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { EventStoreDbEventStore } from '../../src/kernel/event-store/eventstoredb/eventstoredb-event-store.js';
import { EventStoreDbDouble } from '../doubles/eventstoredb/eventstoredb-double.js';
import { Child } from '../support/child.js';
import { answerOf } from '../support/verb.js';

jest.setTimeout(300_000);

const EXAMPLE = fileURLToPath(new URL('../../examples/three-recipients.ndjson', import.meta.url));
const EXAMPLE_FACTS = 86;
const WRITERS = 4;

const servers = [
  { server: 'our double', url: undefined },
  ...(process.env['EVENTSTORE_URL']
    ? [{ server: 'the server at EVENTSTORE_URL', url: process.env['EVENTSTORE_URL'] }]
    : []),
];

describe.each(servers)('a register on $server that four processes write to', ({ url }) => {
  const namespace = `writers${randomBytes(6).toString('hex')}`;
  let double: EventStoreDbDouble | undefined;
  let folder: string;
  let connectionString: string;
  const fok = (...args: string[]) =>
    answerOf(['--data', join(folder, 'data'), ...args], {
      environment: { EVENT_STORE: 'eventstoredb', EVENTSTORE_URL: connectionString, EVENTSTORE_NAMESPACE: namespace },
    });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fok-writers-'));
    if (url === undefined) {
      double = new EventStoreDbDouble();
      await double.start();
    }
    connectionString = url ?? double!.connectionString;
    expect(await fok('import', EXAMPLE)).toMatchObject({ imported: EXAMPLE_FACTS });
  });
  afterAll(() => {
    double?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has every fact once, each stream chained without a fork, and a tree whose checkpoints of the meantime still hold', async () => {
    const stop = join(folder, 'stop');
    const writer = (number: number) =>
      new Child(new URL('./event-store/eventstoredb/register-writer.ts', import.meta.url), [
        join(folder, 'data'),
        connectionString,
        namespace,
        String(number),
        stop,
      ]);
    const writers = Array.from({ length: WRITERS }, (_, number) => writer(number));
    await Promise.all(writers.map((each) => each.printed(5)));
    const meanwhile = join(folder, 'meanwhile.json');
    const sealed = (await fok('seal', '--out', meanwhile)) as { checkpoint: { size: number } };
    expect(sealed.checkpoint.size).toBeGreaterThanOrEqual(EXAMPLE_FACTS + 5 * WRITERS);
    await Promise.all(writers.map((each) => each.printed(each.lines.length + 5)));
    writeFileSync(stop, '');
    for (const { code, stderr } of await Promise.all(writers.map((each) => each.end())))
      expect([code, stderr]).toEqual([0, '']);

    const answered = writers.flatMap(({ lines }) => lines);
    expect(new Set(answered).size).toBe(answered.length);
    const all = EXAMPLE_FACTS + answered.length;
    const store = EventStoreDbEventStore.open({ connectionString, namespace: `${namespace}.` });
    expect(await store.count()).toBe(all);
    expect((await store.find(answered)).size).toBe(answered.length);
    await store.close();

    expect(await fok('verify', '--against', meanwhile)).toMatchObject({
      ok: true,
      checked: all,
      sealed: sealed.checkpoint.size,
    });
    expect(await fok('seal')).toMatchObject({ checkpoint: { v: 2, size: all } });
    expect(await fok('verify', '--against', meanwhile)).toMatchObject({ ok: true, checked: all, unsealed: 0 });
    expect(await fok('check', '--all')).toMatchObject({ ok: true });
  });
});
