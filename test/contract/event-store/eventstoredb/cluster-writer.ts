/**
 * A process that writes to a cluster whose nodes go away and come back: `cluster-writer.ts CONNECTION`. It prints a
 * line an append that was answered, and dies as any Node process does of a rejection that nobody holds.
 */
import { type EventStore, EventStoreUnavailable } from '../../../../src/kernel/event-store/event-store.js';
import { EventStoreDbEventStore } from '../../../../src/kernel/event-store/eventstoredb/eventstoredb-event-store.js';
import { appendTo, newStream, record, to } from '../records.js';

for (let i = 0; i < 2; i++) {
  const store = EventStoreDbEventStore.open({ connectionString: process.argv[2]! });
  store.watch(() => undefined);
  for (let writer = 0; writer < 15; writer++) void write(store);
}

async function write(store: EventStore): Promise<void> {
  for (;;) {
    try {
      await appendTo(store, to(newStream(), 'NO_STREAM', record({ body: Buffer.alloc(20_000) })));
      process.stdout.write('written\n');
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable)) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
  }
}
