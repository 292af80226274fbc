import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { type SimulationOptions, writeHistory } from '../../src/simulation/simulate.js';

/** Writes a simulated history into a file. @returns the file */
export async function simulated(file: string, options: SimulationOptions): Promise<string> {
  const out = createWriteStream(file);
  await writeHistory(options, out);
  out.end();
  await finished(out);
  return file;
}
