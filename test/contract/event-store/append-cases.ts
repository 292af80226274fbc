import { expect } from '@jest/globals';
import {
  type AppendResult,
  type ExpectedRevision,
  RecordedAtBehind,
  WrongExpectedRevision,
} from '../../../src/kernel/event-store/event-store.js';
import type { ContractCase } from './case.js';
import {
  appendTo,
  NOON,
  ONE_LATER,
  errorOf,
  idsOf,
  newStream,
  record,
  records,
  streamOf,
  to,
  wholeLog,
} from './records.js';

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);

/** Which expectations hold for a stream of so many records; undefined: it is not there. */
const holdsFor: { length: number; holding: ExpectedRevision[]; failing: ExpectedRevision[] }[] = [
  { length: 0, holding: ['ANY', 'NO_STREAM'], failing: ['STREAM_EXISTS', -1n, 0n, 7n] },
  { length: 1, holding: ['ANY', 'STREAM_EXISTS', 0n], failing: ['NO_STREAM', -1n, 1n, 7n] },
  { length: 3, holding: ['ANY', 'STREAM_EXISTS', 2n], failing: ['NO_STREAM', -1n, 0n, 1n, 3n] },
];

const expectedRevisions: ContractCase[] = holdsFor.flatMap(({ length, holding, failing }) => [
  ...holding.map((expected): ContractCase => ({
    name: `writes to a stream of ${length} when ${expected} is expected`,
    run: async (store) => {
      const { stream } = length > 0 ? await streamOf(store, length) : { stream: newStream() };
      const before = await store.head();
      const result = await appendTo(store, to(stream, expected, record()));
      expect(result.revision).toBe(BigInt(length));
      expect(result.position).toBeGreaterThan(before);
      expect(result.already).toBe(false);
      expect(await store.readStream(stream)).toHaveLength(length + 1);
    },
  })),
  ...failing.map((expected): ContractCase => ({
    name: `refuses to write to a stream of ${length} when ${expected} is expected`,
    run: async (store) => {
      const { stream } = length > 0 ? await streamOf(store, length) : { stream: newStream() };
      const error = await errorOf(appendTo(store, to(stream, expected, record())));
      expect(error).toBeInstanceOf(WrongExpectedRevision);
      expect(error).toMatchObject({
        code: 'WRONG_EXPECTED_REVISION',
        stream,
        expected,
        actual: length > 0 ? BigInt(length - 1) : undefined,
      });
      expect(await store.readStream(stream)).toHaveLength(length);
      expect(await store.count()).toBe(length);
    },
  })),
]);

export const appendCases: readonly ContractCase[] = [
  ...expectedRevisions,
  {
    name: 'gives a record back byte for byte, with its place',
    run: async (store) => {
      const stream = newStream();
      const written = [
        record({ type: 'Överlämnad', body: everyByte, recordedAt: ONE_LATER }),
        record({ body: new Uint8Array(), recordedAt: ONE_LATER }),
      ];
      const result = await appendTo(store, { stream, expected: 'NO_STREAM', records: written });
      const read = await store.readStream(stream);
      expect(read.map((r) => ({ ...r, body: [...r.body], hash: [...r.hash] }))).toEqual(
        written.map((w, index) => ({
          ...w,
          body: [...w.body],
          hash: [...w.hash],
          stream,
          revision: BigInt(index),
          position: read[index]!.position,
        })),
      );
      const { storedAt, ...where } = result;
      expect(where).toEqual({ revision: 1n, position: read[1]!.position, already: false });
      // Only a store with a clock of its own says when.
      if (storedAt !== undefined) expect(new Date(storedAt).getTime()).toBeGreaterThan(0);
    },
  },
  {
    name: 'keeps a body of 600 kB',
    run: async (store) => {
      const stream = newStream();
      const body = Buffer.alloc(600_000, everyByte);
      await appendTo(store, to(stream, 'NO_STREAM', record({ body })));
      const [read] = await store.readStream(stream);
      expect(Buffer.compare(body, read!.body)).toBe(0);
    },
  },
  {
    name: 'keeps what the writer handed over, whatever becomes of his buffer',
    run: async (store) => {
      const stream = newStream();
      const body = Buffer.from('as it was');
      await appendTo(store, to(stream, 'NO_STREAM', record({ body })));
      body.fill(0);
      expect(Buffer.from((await store.readStream(stream))[0]!.body).toString()).toBe('as it was');
    },
  },
  {
    name: 'numbers positions so that they rise within an append and from one to the next',
    run: async (store) => {
      await streamOf(store, 3);
      await streamOf(store, 2);
      const log = await wholeLog(store);
      expect(log).toHaveLength(5);
      for (let i = 1; i < log.length; i++) expect(log[i]!.position).toBeGreaterThan(log[i - 1]!.position);
      if (store.gapless) expect(log.map((r) => r.position)).toEqual([1n, 2n, 3n, 4n, 5n]);
    },
  },
  {
    name: 'writes all records of an append or none',
    run: async (store) => {
      const { stream, written } = await streamOf(store, 2);
      const other = newStream();
      expect(await errorOf(appendTo(store, to(other, 'NO_STREAM', record(), record(), written[0]!)))).toMatchObject({
        code: 'DUPLICATE_EVENT_ID',
        id: written[0]!.id,
      });
      expect(await store.readStream(other)).toEqual([]);
      expect(await store.streamHead(other)).toBeUndefined();
      expect(idsOf(await wholeLog(store))).toEqual(idsOf(await store.readStream(stream)));
      await appendTo(store, to(other, 'NO_STREAM', record()));
    },
  },
  {
    name: 'takes stream names and types with odd letters',
    run: async (store) => {
      for (const stream of ["å ö/%?#'", 'x'.repeat(200), 'UPPER-Case', 'with-dash-and.dot']) {
        await appendTo(store, to(stream, 'NO_STREAM', record({ type: `T ${stream}` })));
        expect(await store.readStream(stream)).toMatchObject([{ stream, type: `T ${stream}`, revision: 0n }]);
      }
      expect(await store.streamHead('upper-case')).toBeUndefined();
    },
  },
  {
    name: 'refuses as a mistake of the program what is no append, and writes nothing',
    run: async (store) => {
      const stream = newStream();
      const good = record();
      for (const records of [
        [],
        [record({ id: 'no uuid' })],
        [record({ id: good.id.toUpperCase() })],
        [record({ recordedAt: '2026-03-01' })],
        [good, record({ hash: new Uint8Array(31) })],
      ]) {
        expect(await errorOf(appendTo(store, { stream, expected: 'ANY', records }))).toBeInstanceOf(RangeError);
        expect(
          await errorOf(store.appendAll([to(stream, 'ANY', record()), { stream, expected: 'ANY', records }])),
        ).toBeInstanceOf(RangeError);
      }
      expect(await errorOf(appendTo(store, to('', 'ANY', record())))).toBeInstanceOf(RangeError);
      expect(await store.head()).toBe(0n);
    },
  },
  {
    name: 'refuses a time before the last one in the log',
    needs: 'ordersWriters',
    run: async (store) => {
      await appendTo(store, to(newStream(), 'NO_STREAM', record({ recordedAt: ONE_LATER })));
      const error = await errorOf(appendTo(store, to(newStream(), 'NO_STREAM', record({ recordedAt: NOON }))));
      expect(error).toBeInstanceOf(RecordedAtBehind);
      expect(error).toMatchObject({ code: 'RECORDED_AT_BEHIND', last: ONE_LATER });
      expect(await store.count()).toBe(1);
      await appendTo(store, to(newStream(), 'NO_STREAM', record({ recordedAt: ONE_LATER })));
    },
  },
  {
    name: 'refuses a time that runs backwards within an append',
    needs: 'ordersWriters',
    run: async (store) => {
      const stream = newStream();
      const error = await errorOf(
        appendTo(store, to(stream, 'NO_STREAM', record({ recordedAt: ONE_LATER }), record({ recordedAt: NOON }))),
      );
      expect(error).toMatchObject({ code: 'RECORDED_AT_BEHIND', last: ONE_LATER });
      expect(await store.readStream(stream)).toEqual([]);
    },
  },
  {
    name: 'tells a writer at the wrong revision that, and not that his time is behind',
    run: async (store) => {
      const { stream } = await streamOf(store, 1);
      await appendTo(store, to(newStream(), 'NO_STREAM', record({ recordedAt: ONE_LATER })));
      expect(await errorOf(appendTo(store, to(stream, 'NO_STREAM', record())))).toBeInstanceOf(WrongExpectedRevision);
    },
  },
  {
    name: 'carries out many appends in their order, each for itself',
    run: async (store) => {
      const [a, b] = [newStream(), newStream()];
      const answers = await store.appendAll([
        to(a, 'NO_STREAM', ...records(2)),
        to(b, 5n, record()),
        to(a, 1n, record()),
        to(b, 'NO_STREAM', record()),
        to(a, 'NO_STREAM', record()),
        to(a, 2n, record()),
      ]);
      expect(answers.map((answer) => (answer instanceof Error ? answer.code : answer.revision))).toEqual([
        1n,
        'WRONG_EXPECTED_REVISION',
        2n,
        0n,
        'WRONG_EXPECTED_REVISION',
        3n,
      ]);
      expect(await store.readStream(a)).toHaveLength(4);
      expect(await store.readStream(b)).toHaveLength(1);
      expect(await store.appendAll([])).toEqual([]);
    },
  },
  {
    name: 'writes 64 appends that come at once, each once and whole',
    run: async (store) => {
      const appends = Array.from({ length: 64 }, () => to(newStream(), 'NO_STREAM', record(), record()));
      const results = await Promise.all(appends.map((append) => appendTo(store, append)));
      const log = await wholeLog(store);
      expect(new Set(idsOf(log))).toEqual(new Set(idsOf(appends.flatMap((append) => append.records))));
      expect(log).toHaveLength(128);
      expect(new Set(results.map((result) => result.position)).size).toBe(64);
      if (store.gapless) expect(log.map((r) => r.position)).toEqual(log.map((_, index) => BigInt(index + 1)));
      for (const append of appends) expect(idsOf(await store.readStream(append.stream))).toEqual(idsOf(append.records));
    },
  },
  {
    name: 'lets one of 64 win that expect the same revision',
    run: async (store) => {
      const { stream } = await streamOf(store, 1);
      const answers = await Promise.all(
        Array.from({ length: 64 }, () => appendTo(store, to(stream, 0n, record())).catch((error: unknown) => error)),
      );
      const won = answers.filter((answer) => !(answer instanceof Error)) as AppendResult[];
      expect(won).toHaveLength(1);
      expect(answers.filter((answer) => answer instanceof WrongExpectedRevision && answer.actual === 1n)).toHaveLength(
        63,
      );
      expect(await store.readStream(stream)).toHaveLength(2);
    },
  },
  {
    name: 'lets all of 64 in that expect nothing of one stream, one after another',
    run: async (store) => {
      const stream = newStream();
      const results = await Promise.all(Array.from({ length: 64 }, () => appendTo(store, to(stream, 'ANY', record()))));
      const revisions = results.map((result) => Number(result.revision)).sort((x, y) => x - y);
      expect(revisions).toEqual(Array.from({ length: 64 }, (_, index) => index));
      expect((await store.readStream(stream)).map((r) => r.revision)).toEqual(revisions.map(BigInt));
    },
  },
];
