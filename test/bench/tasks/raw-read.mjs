// The rival of the rebuild: one sequential read of the log with JSON.parse of every event, on one core. Input: {log}.
import { plainPagesOf } from '../raw-log.mjs';
import { rates, timed } from '../stopwatch.mjs';
import { taskInput, tell } from '../task.mjs';

const { log } = taskInput();
const decoder = new TextDecoder();
const took = await timed(() => {
  let events = 0;
  for (const page of plainPagesOf(log))
    for (const { body } of page) events += typeof JSON.parse(decoder.decode(body)) === 'object' ? 1 : 0;
  return events;
});
tell({ events: took.result, ...rates(took.result, took) });
