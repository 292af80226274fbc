import { bulkCases } from './view-store.bulk-cases.js';
import { checkpointCases } from './view-store.checkpoint-cases.js';
import type { ContractCase } from './view-store.fixtures.js';
import { queryCases } from './view-store.query-cases.js';
import { rowCases } from './view-store.row-cases.js';
import { snapshotCases } from './view-store.snapshot-cases.js';
import { versionCases } from './view-store.version-cases.js';

export type { ContractCase, MakeStore, StoreUnderTest } from './view-store.fixtures.js';

/** What every view store does, whichever it is. An adapter is right when it passes all of these, and only then. */
export const viewStoreContract: readonly ContractCase[] = [
  ...rowCases,
  ...queryCases,
  ...checkpointCases,
  ...snapshotCases,
  ...versionCases,
  ...bulkCases,
];
