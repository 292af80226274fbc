import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AccessLog, isAskedFor } from '../../src/access-log/access-log.js';
import {
  ACCESS_CHAIN_START,
  accessBytes,
  accessHash,
  readAccess,
  type StoredAccess,
} from '../../src/access-log/access-record.js';
import { FixedClock } from '../../src/kernel/time/clock.js';
import { all, read } from './samples.js';

export interface OpenedAccessLog {
  readonly log: AccessLog;
  /** The same log, opened once more. */
  readonly openAgain: () => Promise<AccessLog>;
  readonly dispose: () => Promise<void>;
}

export interface AccessLogKind {
  readonly name: string;
  /** Whether the log is there for others than who made it. */
  readonly shared: boolean;
  open(clock: FixedClock): Promise<OpenedAccessLog>;
}

const START = '2026-03-01T08:00:00.000Z';

/** What every access log does, whatever it keeps its records in. */
export function accessLogContract(kind: AccessLogKind): void {
  describe(`the access log (${kind.name})`, () => {
    const clock = new FixedClock(START);
    let opened: OpenedAccessLog;
    let log: AccessLog;
    beforeEach(async () => {
      clock.set(START);
      opened = await kind.open(clock);
      log = opened.log;
    });
    afterEach(() => opened.dispose());

    it('gives back what was recorded, byte for byte, chained from the start', async () => {
      const accesses = Array.from({ length: 5 }, () => read());
      for (const access of accesses) await log.append(access);
      let previous = ACCESS_CHAIN_START;
      const found = await all(log.read());
      expect(found.map(({ record }) => record)).toMatchObject(accesses);
      for (const [index, { record, bytes, hash }] of found.entries()) {
        expect(record).toMatchObject({ v: 1, n: index + 1, at: START });
        expect(Buffer.from(bytes)).toEqual(Buffer.from(accessBytes(record)));
        expect(Buffer.from(hash)).toEqual(Buffer.from(accessHash(previous, bytes)));
        expect(readAccess(bytes)).toEqual(record);
        previous = hash;
      }
      const heads = await log.heads();
      expect(heads).toMatchObject([{ node: found[0]!.record.node, n: 5 }]);
      expect(Buffer.from(heads[0]!.hash)).toEqual(Buffer.from(previous));
      expect(await log.count()).toBe(5);
    });

    it('takes hundreds at once, each under a number of its own', async () => {
      const stored = await Promise.all(Array.from({ length: 300 }, () => log.append(read())));
      expect(new Set(stored.map(({ record }) => record.n)).size).toBe(300);
      expect(await log.count()).toBe(300);
      expectChained(await all(log.read()));
    });

    it('answers by person, reader and time as a filter over everything does', async () => {
      const persons = Array.from({ length: 6 }, () => randomUUID());
      const readers = Array.from({ length: 3 }, () => randomUUID());
      for (let hour = 0; hour < 40; hour++) {
        clock.set(new Date(Date.parse(START) + hour * 3_600_000).toISOString());
        const id = readers[hour % 3]!;
        const seen = persons.filter((_, index) => (hour * 7 + index) % 4 === 0);
        await log.append(read({ who: { kind: 'STAFF', id }, persons: seen, act: seen.length > 1 ? 'LIST' : 'READ' }));
      }
      const everything = await all(log.read());
      const times = [undefined, '2026-03-01T15:00:00.000Z', '2026-03-02T02:00:00.000Z'];
      for (const asked of [undefined, [], [persons[0]!], [persons[1]!, persons[4]!], [randomUUID()]])
        for (const subject of [undefined, readers[2], randomUUID()])
          for (const from of times)
            for (const to of times) {
              const query = { persons: asked, subject, from, to };
              const numbers = (await all(log.read(query))).map(({ record }) => record.n);
              expect(numbers).toEqual(
                everything.filter(({ record }) => isAskedFor(query, record)).map(({ record }) => record.n),
              );
            }
    });

    it('keeps a person and a reader with one id apart', async () => {
      const id = randomUUID();
      await log.append(read({ persons: [id] }));
      await log.append(read({ who: { kind: 'STAFF', id } }));
      expect((await all(log.read({ persons: [id] }))).map(({ record }) => record.n)).toEqual([1]);
      expect((await all(log.read({ subject: id }))).map(({ record }) => record.n)).toEqual([2]);
    });

    it('keeps one record of a list of hundreds of persons', async () => {
      const persons = Array.from({ length: 500 }, () => randomUUID());
      await log.append(read({ act: 'LIST', persons }));
      expect(await log.count()).toBe(1);
      expect((await all(log.read({ persons: [persons[499]!] })))[0]!.record.persons).toEqual(persons);
    });

    it('never puts a record before the one that stands there, though the clock was set back', async () => {
      await log.append(read());
      clock.set('2026-02-28T08:00:00.000Z');
      expect((await log.append(read())).record.at).toBe(START);
      clock.set('2026-03-01T08:00:01.000Z');
      expect((await log.append(read())).record.at).toBe('2026-03-01T08:00:01.000Z');
    });

    it.each([
      ['a name', { who: { kind: 'STAFF' as const, id: 'Åsa Öberg' } }],
      ['a number with a name', { route: 'GET /recipients/Anna Larsson' }],
      ['what is no id of a person', { persons: ['19121212-1212'] }],
      ['a text', { request: 'because she asked' }],
    ])('refuses %s, and goes on', async (_, said) => {
      const [refused, taken] = await Promise.allSettled([log.append(read(said)), log.append(read())]);
      expect(refused.status).toBe('rejected');
      expect(taken.status).toBe('fulfilled');
      expect(await log.count()).toBe(1);
    });

    it('disposes of what is older than an instant, and the chain goes on from there', async () => {
      const person = randomUUID();
      const stored: StoredAccess[] = [];
      for (let day = 1; day <= 6; day++) {
        clock.set(`2026-03-0${day}T08:00:00.000Z`);
        stored.push(await log.append(read({ persons: [person] })));
      }
      const gone = await log.dispose('2026-03-04T00:00:00.000Z');
      expect(gone).toMatchObject([{ n: 3, count: 3, before: '2026-03-04T00:00:00.000Z' }]);
      expect(Buffer.from(gone[0]!.hash)).toEqual(Buffer.from(stored[2]!.hash));
      expect(await log.disposed()).toEqual(gone);
      expect((await all(log.read({ persons: [person] }))).map(({ record }) => record.n)).toEqual([4, 5, 6]);
      expect(await log.dispose('2026-03-04T00:00:00.000Z')).toEqual([]);
      await log.dispose('2027-01-01T00:00:00.000Z');
      expect(await log.count()).toBe(0);
      const next = await log.append(read());
      expect(next.record.n).toBe(7);
      expect(Buffer.from(next.hash)).toEqual(Buffer.from(accessHash(stored[5]!.hash, next.bytes)));
      expect(await log.misplaced()).toEqual([]);
    });

    if (kind.shared)
      it('shows what another has recorded, and goes on after it', async () => {
        const other = await opened.openAgain();
        const person = randomUUID();
        await log.append(read({ persons: [person] }));
        await other.append(read({ persons: [person] }));
        await Promise.all([...Array(20)].flatMap(() => [log.append(read()), other.append(read())]));
        expect(await all(log.read({ persons: [person] }))).toHaveLength(2);
        expect(await log.count()).toBe(42);
        expect(await other.count()).toBe(42);
        expectChained(await all(other.read()));
      });
  });
}

/** Each node's records follow one another by number and hash. */
function expectChained(records: readonly StoredAccess[]): void {
  const ends = new Map<string, { readonly n: number; readonly hash: Uint8Array }>();
  for (const { record, bytes, hash } of records) {
    const last = ends.get(record.node) ?? { n: 0, hash: ACCESS_CHAIN_START };
    expect(record.n).toBe(last.n + 1);
    expect(Buffer.from(hash)).toEqual(Buffer.from(accessHash(last.hash, bytes)));
    ends.set(record.node, { n: record.n, hash });
  }
}
