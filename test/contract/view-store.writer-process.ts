import { SqliteViewStore } from '../../src/kernel/view-store/sqlite/sqlite-view-store.js';
import { CheckpointMoved, ViewStoreError } from '../../src/kernel/view-store/view-store.js';
import { checkpointAt, COLLECTIONS, id, item, PROJECTION } from './view-store.fixtures.js';

/**
 * A process that writes pages into a folder of views: `FOLDER RUNNER PAGES [bulk]`. Each page replaces all rows of unit
 * 1000 by rows that carry its position, so that whoever looks can tell a whole page from half of one. Prints a line per
 * page.
 */
const [folder = '', runner = '', pages = '0', mode = ''] = process.argv.slice(2);
const ROWS_A_PAGE = 200;

try {
  const store = await SqliteViewStore.open(folder);
  const version = await store.open(PROJECTION, '1', COLLECTIONS);
  if (mode === 'bulk') await version.beginBulk();
  for (let written = 0; written < Number(pages);) {
    const expected = await version.checkpoint();
    const position = Number(expected?.position ?? 0n) + 1;
    const rows = Array.from({ length: ROWS_A_PAGE }, (_, n) => item(n, { due: position, label: runner }));
    // While it is filled only the key serves, so there the page is replaced row by row.
    const deletes = mode === 'bulk' ? [] : [{ collection: 'items', where: { unit: id(1000) } }];
    try {
      await version.write({ expected, next: checkpointAt(position), deletes, puts: [{ collection: 'items', rows }] });
      written += 1;
      process.stdout.write(`${position}\n`);
    } catch (error) {
      if (!(error instanceof CheckpointMoved)) throw error;
    }
  }
  await store.close();
} catch (error) {
  process.stdout.write(error instanceof ViewStoreError ? `${error.code}: ${error.message}\n` : `${String(error)}\n`);
  process.exitCode = 1;
}
