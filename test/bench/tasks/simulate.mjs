// Writes a simulated history. Input: {recipients, from, to, seed, out}.
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { writeHistory } from '../../../dist/simulation/simulate.js';
import { taskInput, tell } from '../task.mjs';

const { out, ...options } = taskInput();
const file = createWriteStream(out);
const lines = await writeHistory(options, file);
file.end();
await finished(file);
tell({ lines });
