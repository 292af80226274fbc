import type { Writable } from 'node:stream';
import { formatDay, parseDay, type Day } from '../kernel/time/day.js';
import { grantAccess, linkStaff } from './access.js';
import { lineText, type HistoryLine } from './history-line.js';
import { EARLIEST_START } from './identities.js';
import { Ledger } from './ledger.js';
import { found } from './municipality.js';
import { receiveAll } from './recipients.js';
import { TimeOrderedSpool } from './time-ordered-spool.js';
import { cohorts } from './units.js';

const SECONDS_PER_DAY = 86_400;
const MOST_RECIPIENTS = 10_000_000;
const CHUNK_CHARACTERS = 256 * 1024;

/** What to simulate. */
export interface SimulationOptions {
  /** How many people are registered as recipients over the whole period. */
  readonly recipients: number;
  /** First day `YYYY-MM-DD`: the register is taken into use. */
  readonly from: string;
  /** Last day `YYYY-MM-DD`: nothing becomes known after it. */
  readonly to: string;
  readonly seed: string | number;
  /** Also who may see what: grants, sign-ins, inspections, narrowed access. Off unless asked for. */
  readonly withAccess?: boolean;
}

/**
 * A municipality's history, line by line in the order in which the facts became known. The same options give the same
 * lines on every machine. Memory does not grow with the number of recipients: units are simulated a cohort at a time,
 * and their lines wait in a temporary folder when they are many; nothing comes out before all units are simulated.
 * @throws RangeError when the options make no sense
 */
export function* simulate(options: SimulationOptions): Generator<HistoryLine> {
  for (const line of simulateText(options)) yield JSON.parse(line) as HistoryLine;
}

/** As {@link simulate}, each line as the JSON text that stands in the file, without its line break. */
export function* simulateText(options: SimulationOptions): Generator<string> {
  const { from, to } = checked(options);
  const spool = new TimeOrderedSpool(from * SECONDS_PER_DAY);
  try {
    const ledger = new Ledger(to, (at, line) => spool.add(at, lineText(line)));
    const scene = { seed: String(options.seed), from, to, ledger, withAccess: options.withAccess ?? false };
    const municipality = found(scene);
    if (scene.withAccess) grantAccess(scene, municipality);
    for (const cohort of cohorts(scene, municipality, options.recipients)) {
      if (scene.withAccess) linkStaff(cohort);
      for (const unit of cohort.units) receiveAll(cohort, unit);
    }
    yield* spool.drain();
  } finally {
    spool.close();
  }
}

/**
 * Writes the history as NDJSON, no faster than `out` takes it, and leaves `out` open.
 * @returns the number of lines
 * @throws RangeError when the options make no sense; the error of `out` when it fails
 */
export async function writeHistory(options: SimulationOptions, out: Writable): Promise<number> {
  const ignore = (): void => undefined; // what fails is told by the callback of the write
  out.on('error', ignore);
  try {
    let lines = 0;
    let chunk = '';
    for (const line of simulateText(options)) {
      lines += 1;
      chunk += `${line}\n`;
      if (chunk.length < CHUNK_CHARACTERS) continue;
      await written(out, chunk);
      chunk = '';
    }
    await written(out, chunk);
    return lines;
  } finally {
    out.off('error', ignore);
  }
}

function written(out: Writable, chunk: string): Promise<void> {
  return new Promise((resolve, reject) => {
    out.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

function checked({ recipients, from: first, to: last }: SimulationOptions): { from: Day; to: Day } {
  if (!Number.isInteger(recipients) || recipients < 1 || recipients > MOST_RECIPIENTS) {
    throw new RangeError(`recipients must be a whole number from 1 to ${MOST_RECIPIENTS}`);
  }
  const [from, to] = [parseDay(first), parseDay(last)];
  if (from === undefined) throw new RangeError(`from is no calendar day: ${first}`);
  if (to === undefined) throw new RangeError(`to is no calendar day: ${last}`);
  if (from < EARLIEST_START) throw new RangeError(`from must be ${formatDay(EARLIEST_START)} or later`);
  if (to < from) throw new RangeError('to must not lie before from');
  return { from, to };
}
