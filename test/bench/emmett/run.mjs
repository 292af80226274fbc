// The peer: the same appends, stream reads and replay in emmett-sqlite. Arguments: a JSON file of streams [{stream,
// events: [{type, data}]}],
// the path of the new database, and how many single appends. Writes its rates as JSON on standard output.
import { readFileSync } from 'node:fs';
import { getSQLiteEventStore } from '@event-driven-io/emmett-sqlite';
import { rates, timed } from '../stopwatch.mjs';

const [, , input, fileName, appends] = process.argv;
const streams = JSON.parse(readFileSync(input, 'utf8'));
const events = streams.flatMap((each) => each.events);
const store = getSQLiteEventStore({ fileName });

const single = await timed(async () => {
  for (let done = 0; done < Number(appends); done++)
    await store.appendToStream(`single-${done % 100}`, [events[done % events.length]]);
});
for (const each of streams) await store.appendToStream(each.stream, each.events);

const read = await timed(async () => {
  let count = 0;
  for (const { stream } of streams) count += (await store.readStream(stream)).events.length;
  return count;
});

// Their way to build a read model anew: a processor from the beginning, here with a fold in memory, so that nothing but
// reading and delivery counts.
const all = Number(appends) + events.length;
const perType = new Map();
let seen = 0;
const consumer = store.consumer({ pulling: { batchSize: 1_000 } });
consumer.processor({
  processorId: 'bench',
  startFrom: 'BEGINNING',
  stopAfter: () => seen >= all,
  eachMessage: ({ type }) => {
    perType.set(type, (perType.get(type) ?? 0) + 1);
    seen += 1;
  },
});
const replay = await timed(async () => {
  await consumer.start();
});
await consumer.close();
if (seen !== all) throw new Error(`emmett-sqlite delivered ${seen} of ${all} events`);
process.stdout.write(
  JSON.stringify({
    single: rates(Number(appends), single),
    read: rates(read.result, read),
    replay: rates(all, replay),
  }),
);
process.exit(0);
