import type { ViewStore, ViewVersion, WriteBatch } from '../../src/kernel/view-store/view-store.js';
import type { MakeStore } from './view-store.contract.js';

/** A fault that somebody could build into an adapter, put around one that is right. */
export interface Fault {
  readonly name: string;
  readonly breaks: (version: ViewVersion) => Partial<ViewVersion>;
}

const firstHalf = <T>(all: readonly T[]): readonly T[] => all.slice(0, Math.ceil(all.length / 2));

export const faults: readonly Fault[] = [
  {
    name: 'a lost checkpoint: the rows of a page land, its checkpoint does not',
    breaks: (version) => ({
      write: (batch) => version.write({ ...batch, next: batch.expected ?? { ...batch.next, position: 0n } }),
    }),
  },
  {
    name: 'a page half written: the checkpoint moves, half of the rows are missing',
    breaks: (version) => ({
      write: (batch) =>
        version.write({
          ...batch,
          puts: batch.puts?.map(({ collection, rows }) => ({ collection, rows: firstHalf(rows) })),
        }),
    }),
  },
  {
    name: 'a page half written: a refused page leaves its rows behind',
    breaks: (version) => ({
      write: async (batch) => {
        const actual = await version.checkpoint();
        if (actual) await version.write({ ...batch, expected: actual, next: actual });
        await version.write(batch);
      },
    }),
  },
  {
    name: 'a page half written: the deletes of a page are left out',
    breaks: (version) => ({ write: (batch) => version.write({ ...batch, deletes: [] }) }),
  },
  {
    name: 'puts before deletes',
    breaks: (version) => ({
      write: async (batch) => {
        await version.write({ ...batch, deletes: [] });
        await version.write({ expected: batch.next, next: batch.next, deletes: batch.deletes });
      },
    }),
  },
  {
    name: 'a stale fencing token accepted',
    breaks: (version) => ({ write: async (batch) => version.write(await withCurrentFence(version, batch)) }),
  },
  {
    name: 'a stale position accepted',
    breaks: (version) => ({
      write: async (batch) => {
        const actual = await version.checkpoint();
        const stale = actual && batch.next.position > actual.position;
        await version.write(stale ? { ...batch, expected: actual } : batch);
      },
    }),
  },
  {
    name: 'a checkpoint that goes backwards',
    breaks: (version) => ({
      write: async (batch) => {
        const expected = batch.expected;
        const backwards = expected && batch.next.position < expected.position;
        await version.write(backwards ? { ...batch, next: { ...batch.next, position: expected.position } } : batch);
      },
    }),
  },
  {
    name: 'a checkpoint that forgets whose rows these are',
    breaks: (version) => ({
      write: async (batch) => {
        const { register: _, ...next } = batch.next;
        await version.write({ ...batch, next });
      },
    }),
  },
  {
    name: 'a snapshot that reads what is written meanwhile',
    breaks: (version) => ({ snapshot: (read) => read(version) }),
  },
  {
    name: 'a question answered by reading everything',
    breaks: (version) => ({
      find: async (collection, query) => version.find(collection, query).catch(() => version.find(collection, {})),
    }),
  },
  {
    name: 'an order forgotten',
    breaks: (version) => ({ find: async (collection, query) => (await version.find(collection, query)).reverse() }),
  },
  {
    name: 'a version that may be activated while it is being filled',
    breaks: (version) => ({
      beginBulk: async () => undefined,
      endBulk: async () => undefined,
      filling: async () => version.filling(),
    }),
  },
];

async function withCurrentFence(version: ViewVersion, batch: WriteBatch): Promise<WriteBatch> {
  const actual = await version.checkpoint();
  if (!actual || !batch.expected) return batch;
  return {
    ...batch,
    expected: { ...batch.expected, fence: actual.fence },
    next: { ...batch.next, fence: Math.max(batch.next.fence, actual.fence) },
  };
}

/** Stores whose versions have the fault; what the fault says nothing of goes to the right adapter. */
export function makeBroken(make: MakeStore, fault: Fault): MakeStore {
  const breakStore = (store: ViewStore): ViewStore => {
    const broken = new Map<ViewVersion, ViewVersion>();
    return overlay(store, {
      open: async (...args) => {
        const version = await store.open(...args);
        const known = broken.get(version) ?? overlay(version, fault.breaks(version));
        broken.set(version, known);
        return known;
      },
    });
  };
  return async () => {
    const made = await make();
    return {
      store: breakStore(made.store),
      again: async () => breakStore(await made.again()),
      dispose: () => made.dispose(),
    };
  };
}

/** The object with some of its methods replaced. */
function overlay<T extends object>(target: T, replaced: Partial<T>): T {
  return new Proxy(target, {
    get(original, property) {
      const value: unknown = Reflect.get(Reflect.has(replaced, property) ? replaced : original, property);
      return typeof value === 'function' ? value.bind(original) : value;
    },
  });
}
