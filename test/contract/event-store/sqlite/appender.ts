/**
 * A process that appends: `appender.ts FILE COUNT`. It stamps each record with its own clock, or with the log's last
 * time when that is later, and prints the id of every record when the store has answered that it is durable.
 */
import { SqliteEventStore } from '../../../../src/kernel/event-store/sqlite/sqlite-event-store.js';
import { appendStamped } from './stamped.js';

const [path, count] = process.argv.slice(2) as [string, string];
const store = await SqliteEventStore.open({ path });
process.stdout.write('open\n');
for (let i = 0; i < Number(count); i++) process.stdout.write(`${await appendStamped(store)}\n`);
await store.close();
