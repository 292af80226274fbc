/** A process that opens a log for writing and says what came of it: `opener.ts FILE`. */
import { EventStoreError } from '../../../../src/kernel/event-store/event-store.js';
import { SqliteEventStore } from '../../../../src/kernel/event-store/sqlite/sqlite-event-store.js';

try {
  const store = await SqliteEventStore.open({ path: process.argv[2]! });
  await store.close();
  process.stdout.write('opened\n');
} catch (error) {
  process.stdout.write(error instanceof EventStoreError ? `${error.code} ${error.message}\n` : `${String(error)}\n`);
}
