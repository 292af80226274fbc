// Reads every stream of a log by itself, and writes what stands in them for the peer. Input: {dataDir, out}.
import { writeFileSync } from 'node:fs';
import { openRegister } from '../../../dist/app/register.js';
import { pagesOf } from '../raw-log.mjs';
import { dataPaths } from '../../../dist/stores/open-stores.js';
import { rates, timed } from '../stopwatch.mjs';
import { taskInput, tell } from '../task.mjs';

const { dataDir, out } = taskInput();
const names = [];
for (const page of pagesOf(dataPaths(dataDir).events))
  for (const { newStream } of page) if (newStream !== null) names.push(newStream);

const register = await openRegister({ dataDir, eventStore: 'sqlite', viewStore: 'sqlite' });
const streams = [];
const read = await timed(async () => {
  let count = 0;
  for (const stream of names) {
    const events = await register.log.readStream(stream);
    count += events.length;
    streams.push({ stream, events: events.map(({ type, data }) => ({ type, data })) });
  }
  return count;
});
await register.close();
writeFileSync(out, JSON.stringify(streams));
tell({ read: rates(read.result, read) });
