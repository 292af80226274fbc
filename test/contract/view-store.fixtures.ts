import type {
  Checkpoint,
  CollectionSpec,
  Row,
  ViewStore,
  ViewVersion,
  WriteBatch,
} from '../../src/kernel/view-store/view-store.js';

/** A store to try, a second one on the same data (as another process would open it), and how to clear both away. */
export interface StoreUnderTest {
  readonly store: ViewStore;
  again(): Promise<ViewStore>;
  dispose(): Promise<void>;
}

export type MakeStore = () => Promise<StoreUnderTest>;

export interface ContractCase {
  readonly name: string;
  run(make: MakeStore): Promise<void>;
}

/** Rows with every type of field, a key of one part, and indexes of one and of more parts. */
export const ITEMS: CollectionSpec = {
  name: 'items',
  fields: { id: 'uuid', unit: 'uuid', label: 'text', due: 'integer', note: 'json' },
  key: ['id'],
  indexes: [['unit', 'due'], ['label'], ['unit', 'label', 'due']],
};

/** Small rows with a key of several parts and one index that covers all, as figures have. */
export const STRETCHES: CollectionSpec = {
  name: 'stretches',
  fields: { unit: 'uuid', mask: 'integer', from: 'integer', to: 'integer', episode: 'uuid' },
  key: ['episode', 'from'],
  indexes: [['unit', 'from', 'to', 'mask']],
};

export const COLLECTIONS = [ITEMS, STRETCHES];
export const PROJECTION = 'things';

/** The n-th uuid of a fixed, rising series. */
export function id(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}

export function checkpointAt(position: number | bigint, fence = 1): Checkpoint {
  return { position: BigInt(position), recordedAt: '2026-01-01T00:00:00.000Z', facts: Number(position), fence };
}

export function item(n: number, rest: Row = {}): Row {
  return { id: id(n), unit: id(1000), label: `label ${n}`, due: n, note: null, ...rest };
}

/** Writes rows on top of whatever stands there; returns the checkpoint it left. */
export async function put(
  version: ViewVersion,
  collection: string,
  rows: readonly Row[],
  rest: Partial<WriteBatch> = {},
): Promise<Checkpoint> {
  const expected = await version.checkpoint();
  const next = checkpointAt((expected?.position ?? 0n) + 1n, expected?.fence ?? 1);
  await version.write({ expected, next, puts: [{ collection, rows }], ...rest });
  return next;
}

/** Runs something against a fresh version in a fresh store. */
export async function withVersion(
  make: MakeStore,
  test: (version: ViewVersion, made: StoreUnderTest) => Promise<void>,
): Promise<void> {
  await withStore(make, async (made) => test(await made.store.open(PROJECTION, '1', COLLECTIONS), made));
}

export async function withStore(make: MakeStore, test: (made: StoreUnderTest) => Promise<void>): Promise<void> {
  const made = await make();
  try {
    await test(made);
  } finally {
    await made.dispose();
  }
}
