// A projection that counts events by type follows a log on a server from its start, by turns with the client's own
// subscription that
// does the same. Input: {url, namespace, rounds}.
import { EventStoreDBClient, START, streamNameFilter } from '@eventstore/db-client';
import { EventStoreDbEventStore } from '../../../dist/kernel/event-store/eventstoredb/eventstoredb-event-store.js';
import { byTurns, rates, timed } from '../stopwatch.mjs';
import { taskInput, tell } from '../task.mjs';

const { url, namespace, rounds } = taskInput();
const store = EventStoreDbEventStore.open({ connectionString: url, namespace: `${namespace}.` });
const client = EventStoreDBClient.connectionString(url);
const total = await store.count();
const measured = await byTurns(
  rounds,
  () => round(throughThePort),
  () => round(byTheClient),
);
await store.close();
await client.dispose();
tell(measured);

/** @param follow calls back with each event's type, and stops when that gives true */
async function round(follow) {
  const counts = new Map();
  let counted = 0;
  const count = (type) => {
    counts.set(type, (counts.get(type) ?? 0) + 1);
    return ++counted === total;
  };
  return rates(total, await timed(() => follow(count)));
}

/** As who follows does: pages of a thousand, from where the last one ended. */
async function throughThePort(count) {
  for (let from = 0n; ;) {
    const page = await store.readLog({ from, limit: 1_000 });
    for (const { type, position } of page) {
      if (count(type)) return;
      from = position;
    }
    if (page.length === 0) throw new Error('the log ended before all events were read');
  }
}

async function byTheClient(count) {
  const subscription = client.subscribeToAll({
    fromPosition: START,
    filter: streamNameFilter({ prefixes: [`${namespace}.`] }),
  });
  await new Promise((resolve, reject) => {
    subscription.on('data', ({ event }) => (count(event.type) ? resolve() : undefined)).on('error', reject);
  });
  await subscription.unsubscribe();
}
