// The rival of the import into a server: the client's own unary appends of the same events, one each. Input: {url,
// namespace, atOnce}.
import { ANY, binaryEvent, EventStoreDBClient } from '@eventstore/db-client';
import { v4 } from 'uuid';
import { rates, timed } from '../stopwatch.mjs';
import { taskInput, tell } from '../task.mjs';
import { serverEvents } from '../server-events.mjs';

const { url, namespace, atOnce } = taskInput();
const client = EventStoreDBClient.connectionString(url);
const events = await serverEvents(client, `${namespace}.`);
let next = 0;
const took = await timed(() => Promise.all(Array.from({ length: atOnce }, appendNext)));
await client.dispose();
tell(rates(events.length, took));

async function appendNext() {
  while (next < events.length) {
    const { stream, type, data, metadata } = events[next++];
    // Credentials make the client use one call an append, as the adapter does; without TLS they are not sent.
    await client.appendToStream(`raw-${stream}`, binaryEvent({ id: v4(), type, data, metadata }), {
      expectedRevision: ANY,
      credentials: { username: 'none', password: 'none' },
    });
  }
}
