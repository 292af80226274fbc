import { START, streamNameFilter } from '@eventstore/db-client';

/**
 * Reads all events of a namespace by a filtered subscription, as plain as the client allows.
 * @returns them, as they stand on the server
 */
export async function serverEvents(client, prefix) {
  const events = [];
  const subscription = client.subscribeToAll(
    { fromPosition: START, filter: streamNameFilter({ prefixes: [prefix] }) },
    { highWaterMark: 500 },
  );
  await new Promise((resolve, reject) => {
    subscription.on('data', ({ event }) =>
      events.push({
        stream: event.streamId,
        type: event.type,
        data: event.data,
        metadata: Buffer.from(JSON.stringify(event.metadata)),
      }),
    );
    subscription.on('caughtUp', resolve).on('error', reject);
  });
  await subscription.unsubscribe();
  return events;
}
