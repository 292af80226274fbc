// The rival of the import: JSON.parse of the same lines and insert of the rows that the import made of them, in batches
// of the same size.
// Input: {file, log, path, rows, window}; `log` is the log that the import wrote, `path` the new file.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Marks } from '../marks.mjs';
import { pagesOf, RawLog } from '../raw-log.mjs';
import { rates, timed } from '../stopwatch.mjs';
import { taskInput, tell } from '../task.mjs';

const { file, log, path, rows: batchRows, window } = taskInput();
const batches = batchesOf(pagesOf(log), batchRows);
const raw = new RawLog(path);
const total = { seconds: 0, cpuSeconds: 0 };
const marks = new Marks();
let lines = [];
let done = 0;
let parsed = 0;
for await (const line of createInterface({ input: createReadStream(file) })) {
  lines.push(line);
  if (lines.length === batchRows) await writeBatch();
}
if (lines.length > 0) await writeBatch();
raw.close();
if (parsed !== done) throw new Error(`the log has ${done} facts of ${parsed} lines`);
tell({ facts: done, whole: rates(done, total), last: marks.last(window) });

/**
 * What is measured is parsing and inserting; that the rows have to be fetched from the other log is not raw's fault.
 */
async function writeBatch() {
  const rows = batches.next().value ?? [];
  const took = await timed(() => {
    for (const line of lines) parsed += typeof JSON.parse(line) === 'object' ? 1 : 0;
    raw.commit(rows);
  });
  done += rows.length;
  lines = [];
  total.seconds += took.seconds;
  total.cpuSeconds += took.cpuSeconds;
  marks.add(done, total);
}

function* batchesOf(pages, size) {
  let batch = [];
  for (const page of pages) {
    for (const row of page) {
      batch.push(row);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
