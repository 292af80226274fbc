import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { binaryEvent, EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../../src/kernel/event-sourcing/canonical-json.js';
import { EventStoreDbEventStore } from '../../src/kernel/event-store/eventstoredb/eventstoredb-event-store.js';
import { EventStoreDbDouble } from '../doubles/eventstoredb/eventstoredb-double.js';
import { appendTo, NOON, record, to } from './event-store/records.js';

const CREDENTIALS = { username: 'a', password: 'b' };
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const golden = readFileSync(join(import.meta.dirname, '../golden/events-v1.ndjson'), 'utf8')
  .trimEnd()
  .split('\n');

/** What the server's page, its projections and whoever else reads its log see of our events. */
describe('an event of the register on a server', () => {
  let double: EventStoreDbDouble;
  let others: EventStoreDBClient;
  let store: EventStoreDbEventStore;

  beforeEach(async () => {
    double = new EventStoreDbDouble();
    await double.start();
    others = EventStoreDBClient.connectionString(double.connectionString);
    store = EventStoreDbEventStore.open({ connectionString: double.connectionString });
  });
  afterEach(async () => {
    await store.close();
    await others.dispose();
    double.kill();
  });

  async function asOthersSee(stream: string) {
    const seen = [];
    for await (const { event } of others.readStream(`fok.${stream}`)) seen.push(event!);
    return seen;
  }

  const bodiesOf = async (stream: string): Promise<Uint8Array[]> =>
    (await store.readStream(stream)).map(({ body }) => body);

  async function writeAll(bodies: readonly Uint8Array[]): Promise<string> {
    const stream = `careEpisode-${randomUUID()}`;
    await appendTo(store, to(stream, 'NO_STREAM', ...bodies.map((body) => record({ body }))));
    return stream;
  }

  it('is JSON, with correlation, causation and schema version where the server looks for them', async () => {
    const said = { correlationId: 'the call', causationId: randomUUID(), data: { plan: null }, schemaVersion: 2 };
    const stream = await writeAll([Buffer.from(canonicalJson(said))]);
    const [event] = await asOthersSee(stream);
    expect(event).toMatchObject({
      isJson: true,
      data: said,
      metadata: {
        $correlationId: 'the call',
        $causationId: said.causationId,
        schemaVersion: 2,
        recordedAt: NOON,
      },
    });
  });

  it('comes back with the same bytes, for all golden events', async () => {
    const bodies = golden.map((line) => Buffer.from(line));
    const stream = await writeAll(bodies);
    expect((await asOthersSee(stream)).every(({ isJson }) => isJson)).toBe(true);
    expect((await bodiesOf(stream)).map(sha256)).toEqual(bodies.map(sha256));
  });

  it('comes back with the same bytes whatever stands in it: as JSON where it is canonical, as bytes where it is not', async () => {
    const canonical = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()).map(canonicalJson);
    const hostile = fc.constantFrom(
      '{"b":1,"a":2}',
      '{ "a":1}',
      '{"a":-0}',
      '{"a":1.0}',
      '{"10":1,"9":2}',
      '{"a":1,"a":2}',
      '{"__proto__":{"a":1}}',
      '{"toJSON":1}',
      '{"a":"\ud800"}',
      '{"a":9007199254740993}',
      '\ufeff{}',
      '[]',
      'null',
      '"text"',
      '',
    );
    const text = fc.oneof({ weight: 3, arbitrary: canonical }, hostile).map((one) => Buffer.from(one));
    const bytes = fc.uint8Array({ maxLength: 40 }).map((one) => Buffer.from(one));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(text, bytes), { minLength: 1, maxLength: 20 }), async (bodies) => {
        const stream = await writeAll(bodies);
        expect((await bodiesOf(stream)).map(sha256)).toEqual(bodies.map(sha256));
      }),
      { numRuns: 60 },
    );
  });

  it('is read as it was when a program from before wrote it as bytes', async () => {
    const stream = `careEpisode-${randomUUID()}`;
    const bodies = golden.slice(0, 5).map((line) => Buffer.from(line));
    const before = bodies.map((body) => {
      const { id, type, recordedAt, hash } = record({ body });
      const metadata = { recordedAt, hash: Buffer.from(hash).toString('base64'), mark: 'then:1' };
      return binaryEvent({ id, type, data: body, metadata: Buffer.from(JSON.stringify(metadata)) });
    });
    await others.appendToStream(`fok.${stream}`, before, { credentials: CREDENTIALS });
    expect((await bodiesOf(stream)).map(sha256)).toEqual(bodies.map(sha256));
    await appendTo(store, to(stream, 4n, record({ body: Buffer.from(golden[5]!) })));
    expect((await bodiesOf(stream)).map(sha256).at(-1)).toBe(sha256(Buffer.from(golden[5]!)));
  });

  it('of somebody else is passed over and named, though it is JSON too', async () => {
    const stream = await writeAll([Buffer.from(golden[0]!)]);
    const foreign = [
      jsonEvent({ type: 'Foreign', data: { id: 'x' } }),
      jsonEvent({ type: 'Foreign', data: 'text', metadata: { recordedAt: NOON, hash: '', mark: 'm' } }),
    ];
    await others.appendToStream(`fok.${stream}`, foreign, { credentials: CREDENTIALS });
    expect(await bodiesOf(stream)).toHaveLength(1);
    expect((await store.disturbances()).map(({ code, revision }) => [code, revision])).toEqual([
      ['FOREIGN_EVENT', 1n],
      ['FOREIGN_EVENT', 2n],
    ]);
  });
});
