import { expect } from '@jest/globals';
import {
  type AppendResult,
  DuplicateEventId,
  type EventStore,
  type ExpectedRevision,
  WrongExpectedRevision,
} from '../../../src/kernel/event-store/event-store.js';
import type { ContractCase } from './case.js';
import { appendTo, ONE_LATER, errorOf, idsOf, newStream, record, records, streamOf, to, wholeLog } from './records.js';

/** A stream of five, written as two and three, and what was answered. */
async function twoAppends(store: EventStore) {
  const stream = newStream();
  const [first, second] = [records(2), records(3)];
  const results = [
    await appendTo(store, { stream, expected: 'NO_STREAM', records: first }),
    await appendTo(store, { stream, expected: 1n, records: second }),
  ] as [AppendResult, AppendResult];
  return { stream, first, second, results };
}

/** Appending again is answered as the first time, and nothing is written. */
async function expectAlready(store: EventStore, again: Promise<AppendResult>, revision: bigint): Promise<void> {
  const before = idsOf(await wholeLog(store));
  const answer = await again;
  const log = await wholeLog(store);
  const last = log.find((r) => r.position === answer.position);
  expect(answer).toEqual({ revision, position: last?.position, already: true });
  expect(last?.revision).toBe(revision);
  expect(idsOf(log)).toEqual(before);
}

const opening: ExpectedRevision[] = ['NO_STREAM', 'ANY', 'STREAM_EXISTS'];
const following: ExpectedRevision[] = [1n, 'ANY', 'STREAM_EXISTS'];

export const idempotencyCases: readonly ContractCase[] = [
  ...opening.map((expected): ContractCase => ({
    name: `answers the first append of a stream again when it comes again with ${expected}`,
    run: async (store) => {
      const { stream, first, results } = await twoAppends(store);
      await expectAlready(store, appendTo(store, { stream, expected, records: first }), results[0].revision);
    },
  })),
  ...following.map((expected): ContractCase => ({
    name: `answers a later append of a stream again when it comes again with ${expected}`,
    run: async (store) => {
      const { stream, second, results } = await twoAppends(store);
      await expectAlready(store, appendTo(store, { stream, expected, records: second }), results[1].revision);
    },
  })),
  ...following.map((expected): ContractCase => ({
    name: `answers the beginning of an old append with the beginning's place, with ${expected}`,
    run: async (store) => {
      const { stream, second } = await twoAppends(store);
      await expectAlready(store, appendTo(store, { stream, expected, records: second.slice(0, 2) }), 3n);
    },
  })),
  {
    name: 'answers an append again whose times and bytes are others by now: the ids decide, and what stands there stays',
    run: async (store) => {
      const { stream, written } = await streamOf(store, 1);
      await appendTo(store, to(newStream(), 'NO_STREAM', record({ recordedAt: ONE_LATER })));
      await expectAlready(
        store,
        appendTo(store, to(stream, 'NO_STREAM', record({ id: written[0]!.id, body: Buffer.from('other') }))),
        0n,
      );
      expect(Buffer.from((await store.readStream(stream))[0]!.body)).toEqual(Buffer.from(written[0]!.body));
    },
  },
  ...(['NO_STREAM', 'ANY', 'STREAM_EXISTS', 1n] as ExpectedRevision[]).map((expected): ContractCase => ({
    name: `refuses old and new ids in one append, with ${expected}`,
    run: async (store) => {
      const { stream, first, second } = await twoAppends(store);
      const old = expected === 'NO_STREAM' ? first : second;
      const error = await errorOf(appendTo(store, to(stream, expected, ...old, record())));
      expect(error).toBeInstanceOf(WrongExpectedRevision);
      expect(error).toMatchObject({ expected, actual: 4n });
      expect(await errorOf(appendTo(store, to(stream, expected, record(), ...old)))).toBeInstanceOf(
        WrongExpectedRevision,
      );
      expect(await store.readStream(stream)).toHaveLength(5);
    },
  })),
  {
    name: 'refuses old ids at a revision where they never stood',
    run: async (store) => {
      const { stream, first, second } = await twoAppends(store);
      expect(await errorOf(appendTo(store, { stream, expected: 0n, records: second }))).toBeInstanceOf(
        WrongExpectedRevision,
      );
      expect(await errorOf(appendTo(store, { stream, expected: 'NO_STREAM', records: second }))).toBeInstanceOf(
        WrongExpectedRevision,
      );
      expect(await errorOf(appendTo(store, { stream, expected: 9n, records: first }))).toBeInstanceOf(
        WrongExpectedRevision,
      );
      expect(await store.readStream(stream)).toHaveLength(5);
    },
  },
  {
    name: 'refuses old ids in another order',
    run: async (store) => {
      const { stream, second } = await twoAppends(store);
      expect(await errorOf(appendTo(store, { stream, expected: 'ANY', records: second.toReversed() }))).toBeInstanceOf(
        WrongExpectedRevision,
      );
      expect(await store.readStream(stream)).toHaveLength(5);
    },
  },
  {
    name: 'refuses old ids as new ones at the end of their own stream',
    run: async (store) => {
      const { stream, second } = await twoAppends(store);
      const error = await errorOf(appendTo(store, { stream, expected: 4n, records: second }));
      expect(error).toBeInstanceOf(DuplicateEventId);
      expect(error).toMatchObject({ code: 'DUPLICATE_EVENT_ID', id: second[0]!.id });
      expect(await errorOf(appendTo(store, to(stream, 4n, record(), second[2]!)))).toMatchObject({
        code: 'DUPLICATE_EVENT_ID',
        id: second[2]!.id,
      });
      expect(await store.readStream(stream)).toHaveLength(5);
    },
  },
  ...(['NO_STREAM', 'ANY'] as ExpectedRevision[]).map((expected): ContractCase => ({
    name: `refuses an id that stands in another stream, with ${expected}`,
    run: async (store) => {
      const { written } = await streamOf(store, 2);
      const stream = newStream();
      const error = await errorOf(appendTo(store, to(stream, expected, written[1]!)));
      expect(error).toBeInstanceOf(DuplicateEventId);
      expect(error).toMatchObject({ id: written[1]!.id });
      expect(await store.readStream(stream)).toEqual([]);
    },
  })),
  {
    name: 'refuses an id that comes twice in one append',
    run: async (store) => {
      const stream = newStream();
      const [one, two] = [record(), record()];
      expect(await errorOf(appendTo(store, to(stream, 'ANY', one, two, one)))).toMatchObject({
        code: 'DUPLICATE_EVENT_ID',
        id: one.id,
      });
      expect(await store.readStream(stream)).toEqual([]);
      await appendTo(store, to(stream, 'ANY', one, two));
    },
  },
  {
    name: 'sees in a later append of the same call what an earlier one wrote',
    run: async (store) => {
      const [a, b] = [newStream(), newStream()];
      const shared = record();
      const answers = await store.appendAll([
        to(a, 'NO_STREAM', shared),
        to(a, 'NO_STREAM', shared),
        to(b, 'NO_STREAM', shared),
      ]);
      expect(answers[0]).toMatchObject({ revision: 0n, already: false });
      expect(answers[1]).toMatchObject({ revision: 0n, already: true });
      expect(answers[2]).toBeInstanceOf(DuplicateEventId);
      expect(idsOf(await wholeLog(store))).toEqual([shared.id]);
    },
  },
  {
    name: 'writes once what 16 writers retry at the same time',
    run: async (store) => {
      const append = to(newStream(), 'NO_STREAM', ...records(3));
      const results = await Promise.all(Array.from({ length: 16 }, () => appendTo(store, append)));
      expect(new Set(results.map((result) => result.revision))).toEqual(new Set([2n]));
      expect(await store.count()).toBe(3);
    },
  },
];
