import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { EventStoreUnavailable } from '../../../src/kernel/event-store/event-store.js';
import type { ContractCase } from './case.js';
import { appendTo, errorOf, idsOf, newStream, record, records, streamOf, to, wholeLog } from './records.js';

export const readCases: readonly ContractCase[] = [
  {
    name: 'is empty at first',
    run: async (store) => {
      expect(await store.head()).toBe(0n);
      expect(await store.count()).toBe(0);
      expect(await store.count(99n)).toBe(0);
      expect(await store.readLog({ limit: 10 })).toEqual([]);
      expect(await store.readLog({ limit: 10, direction: 'backwards' })).toEqual([]);
      expect(await store.find([randomUUID()])).toEqual(new Map());
    },
  },
  {
    name: 'says where a stream stands',
    run: async (store) => {
      const { stream, written, result } = await streamOf(store, 3);
      await streamOf(store, 1);
      const head = await store.streamHead(stream);
      expect(head).toMatchObject({ revision: 2n, position: result.position, recordedAt: written[2]!.recordedAt });
      expect(Buffer.from(head!.hash)).toEqual(Buffer.from(written[2]!.hash));
      expect(await store.streamHead(newStream())).toBeUndefined();
    },
  },
  {
    name: 'reads a stream forwards from any revision, that one included',
    run: async (store) => {
      const { stream, written } = await streamOf(store, 5);
      await streamOf(store, 2);
      const ids = idsOf(written);
      expect(idsOf(await store.readStream(stream))).toEqual(ids);
      for (let from = 0; from <= 6; from++) {
        expect(idsOf(await store.readStream(stream, { from: BigInt(from) }))).toEqual(ids.slice(from));
        expect(idsOf(await store.readStream(stream, { from: BigInt(from), limit: 2 }))).toEqual(
          ids.slice(from, from + 2),
        );
      }
    },
  },
  {
    name: 'gives a stream up to a position in one piece where it can, unless it is too long for that',
    run: async (store) => {
      if (!store.readTexts) return;
      const { stream, written, result } = await streamOf(store, 5);
      await streamOf(store, 2);
      const { stream: long } = await streamOf(store, 300);
      const records = await store.readStream(stream);
      for (const end of [0n, ...records.map(({ position }) => position), result.position + 2n]) {
        const { positions, bodies } = (await store.readTexts(stream, end))!;
        const known = records.filter(({ position }) => position <= end);
        expect(JSON.parse(positions)).toEqual(known.map(({ position }) => Number(position)));
        expect(bodies).toBe(`[${known.map(({ body }) => Buffer.from(body).toString('utf8')).join(',')}]`);
      }
      expect(idsOf(records)).toEqual(idsOf(written));
      expect(await store.readTexts(newStream(), result.position)).toEqual({ positions: '[]', bodies: '[]' });
      expect(await store.readTexts(long, await store.head())).toBeUndefined();
    },
  },
  {
    name: 'reads a stream backwards from any revision, that one included',
    run: async (store) => {
      const { stream, written } = await streamOf(store, 5);
      await streamOf(store, 2);
      const ids = idsOf(written);
      expect(idsOf(await store.readStream(stream, { direction: 'backwards' }))).toEqual(ids.toReversed());
      for (let from = 0; from <= 6; from++) {
        const expected = ids.slice(0, from + 1).toReversed();
        expect(idsOf(await store.readStream(stream, { direction: 'backwards', from: BigInt(from) }))).toEqual(expected);
        expect(idsOf(await store.readStream(stream, { direction: 'backwards', from: BigInt(from), limit: 2 }))).toEqual(
          expected.slice(0, 2),
        );
      }
    },
  },
  {
    name: 'reads a long stream whole',
    run: async (store) => {
      const { stream, written } = await streamOf(store, 1200);
      const read = await store.readStream(stream);
      expect(idsOf(read)).toEqual(idsOf(written));
      expect(read.at(-1)!.revision).toBe(1199n);
    },
  },
  {
    name: 'reads a stream that is not there as empty',
    run: async (store) => {
      await streamOf(store, 1);
      const stream = newStream();
      expect(await store.readStream(stream)).toEqual([]);
      expect(await store.readStream(stream, { direction: 'backwards', from: 3n, limit: 1 })).toEqual([]);
    },
  },
  {
    name: 'reads the log forwards after any position',
    run: async (store) => {
      const all = idsOf([...(await streamOf(store, 3)).written, ...(await streamOf(store, 2)).written]);
      const log = await store.readLog({ limit: 100 });
      expect(idsOf(log)).toEqual(all);
      expect(idsOf(await store.readLog({ from: 0n, limit: 2 }))).toEqual(all.slice(0, 2));
      for (let i = 0; i < 5; i++) {
        expect(idsOf(await store.readLog({ from: log[i]!.position, limit: 100 }))).toEqual(all.slice(i + 1));
        expect(idsOf(await store.readLog({ from: log[i]!.position, limit: 2 }))).toEqual(all.slice(i + 1, i + 3));
      }
    },
  },
  {
    name: 'reads the log backwards before any position',
    run: async (store) => {
      const all = idsOf([...(await streamOf(store, 3)).written, ...(await streamOf(store, 2)).written]);
      const log = await wholeLog(store);
      expect(idsOf(await store.readLog({ direction: 'backwards', limit: 100 }))).toEqual(all.toReversed());
      expect(idsOf(await store.readLog({ direction: 'backwards', limit: 2 }))).toEqual([all[4], all[3]]);
      for (let i = 0; i < 5; i++) {
        const before = all.slice(0, i).toReversed();
        expect(idsOf(await store.readLog({ direction: 'backwards', from: log[i]!.position, limit: 100 }))).toEqual(
          before,
        );
        expect(idsOf(await store.readLog({ direction: 'backwards', from: log[i]!.position, limit: 1 }))).toEqual(
          before.slice(0, 1),
        );
      }
    },
  },
  {
    name: 'gives the same records by stream and by log',
    run: async (store) => {
      const { stream } = await streamOf(store, 2);
      await streamOf(store, 2);
      await appendTo(store, to(stream, 1n, record()));
      const plain = (r: { body: Uint8Array; hash: Uint8Array }) => ({ ...r, body: [...r.body], hash: [...r.hash] });
      expect((await wholeLog(store)).filter((r) => r.stream === stream).map(plain)).toEqual(
        (await store.readStream(stream)).map(plain),
      );
    },
  },
  {
    name: 'finds ids, each with its place, and leaves out the others',
    run: async (store) => {
      const { stream, written } = await streamOf(store, 3);
      const log = await wholeLog(store);
      const found = await store.find([written[2]!.id, randomUUID(), written[0]!.id, written[2]!.id, 'no uuid']);
      expect(found).toEqual(
        new Map(
          [2, 0].map((i) => [
            written[i]!.id,
            { stream, revision: BigInt(i), position: log[i]!.position, type: written[i]!.type },
          ]),
        ),
      );
      expect(await store.find([])).toEqual(new Map());
    },
  },
  {
    name: 'finds 2,000 ids at once',
    run: async (store) => {
      const { written } = await streamOf(store, 1000);
      const more = await streamOf(store, 1000);
      expect((await store.find(idsOf([...written, ...more.written]))).size).toBe(2000);
    },
  },
  {
    name: 'reads on from any position, also one where nothing stands',
    run: async (store) => {
      await streamOf(store, 2);
      await streamOf(store, 2);
      const log = await wholeLog(store);
      for (const from of [
        0n,
        1n,
        ...log.flatMap(({ position }) => [position - 1n, position, position + 1n]),
        log[3]!.position + 1000n,
      ]) {
        expect(idsOf(await store.readLog({ from, limit: 10 }))).toEqual(
          idsOf(log.filter(({ position }) => position > from)),
        );
        expect(idsOf(await store.readLog({ from, limit: 10, direction: 'backwards' }))).toEqual(
          idsOf(log.filter(({ position }) => position < from).toReversed()),
        );
      }
    },
  },
  {
    name: 'counts up to any position',
    run: async (store) => {
      await streamOf(store, 3);
      await streamOf(store, 1);
      const log = await wholeLog(store);
      expect(await store.count()).toBe(4);
      expect(await store.count(0n)).toBe(0);
      for (let i = 0; i < 4; i++) {
        expect(await store.count(log[i]!.position)).toBe(i + 1);
        expect(await store.count(log[i]!.position - 1n)).toBe(i);
      }
      expect(await store.count(log[3]!.position + 1000n)).toBe(4);
      expect(await store.head()).toBe(log[3]!.position);
    },
  },
  {
    name: 'shows at once what was answered, in every way of reading',
    run: async (store) => {
      for (let i = 0; i < 20; i++) {
        const written = record();
        const stream = newStream();
        const { position } = await appendTo(store, to(stream, 'NO_STREAM', written));
        expect(await store.head()).toBe(position);
        expect(await store.count()).toBe(i + 1);
        expect((await store.find([written.id])).get(written.id)?.position).toBe(position);
        expect((await store.readLog({ direction: 'backwards', limit: 1 }))[0]!.id).toBe(written.id);
        expect((await store.streamHead(stream))?.position).toBe(position);
      }
    },
  },
  {
    name: 'shows to another process what was answered, and the other way round',
    needs: 'shared',
    run: async (store, openAgain) => {
      const { stream, written } = await streamOf(store, 2);
      const other = await openAgain();
      expect(idsOf(await other.readStream(stream))).toEqual(idsOf(written));
      const later = record();
      const { position } = await appendTo(other, to(stream, 1n, later));
      expect((await store.find([later.id])).get(later.id)).toMatchObject({ stream, revision: 2n, position });
      expect(await store.head()).toBe(position);
      expect(await store.count()).toBe(3);
      expect(await errorOf(appendTo(store, to(newStream(), 'NO_STREAM', later)))).toMatchObject({
        code: 'DUPLICATE_EVENT_ID',
      });
      expect(await appendTo(store, to(stream, 1n, later))).toMatchObject({ revision: 2n, position, already: true });
    },
  },
  {
    name: 'keeps the log when it is closed and opened again',
    needs: 'shared',
    run: async (store, openAgain) => {
      const stream = newStream();
      const pending = appendTo(store, { stream, expected: 'NO_STREAM', records: records(3) });
      await Promise.all([pending, store.close()]);
      const again = await openAgain();
      expect(await again.readStream(stream)).toHaveLength(3);
      expect(await again.count()).toBe(3);
    },
  },
  {
    name: 'is unavailable once it is closed, and may be closed twice',
    run: async (store) => {
      const { stream, written } = await streamOf(store, 1);
      await store.close();
      await store.close();
      const calls = [
        () => appendTo(store, to(newStream(), 'ANY', record())),
        () => store.appendAll([to(newStream(), 'ANY', record())]),
        () => store.streamHead(stream),
        () => store.readStream(stream),
        () => store.readLog({ limit: 1 }),
        () => store.find(idsOf(written)),
        () => store.head(),
        () => store.count(),
        async () => store.watch(() => undefined),
      ];
      for (const call of calls) expect(await errorOf(call())).toBeInstanceOf(EventStoreUnavailable);
    },
  },
];
