/**
 * `compare.ts RELEASE SCENARIO ANSWERS [UNARY] [SHUFFLED]`: runs a scenario, a program that speaks to EVENTSTORE_URL and prints a line a step, against
 * the double, and compares the lines, by the step that they name, with the recorded answers of a real server. SHUFFLED runs the steps in
 * another order each time, where none depends on another. Exit code 1 when a line differs, is missing or is too many.
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { EventStoreDbDouble } from './eventstoredb-double.js';
import { shuffled } from './shuffle.js';

/**
 * What stood in the log of the server whose answers were recorded: of 23.10.8, which was in use, more than the scenario ever reads; of 26.1.0
 * nothing, and the second time what the scenario itself had written the first time.
 */
const EVENTS_OF_OTHERS = {
  '23.10.8': { batch: 100_001, unary: 100_001 },
  '26.1.0': { batch: 0, unary: 750 },
};

const [release = '', given = '', answers = '', ...modes] = process.argv.slice(2);
if (release !== '23.10.8' && release !== '26.1.0') throw new Error('the answers of 23.10.8 and 26.1.0 are recorded');

const folder = await mkdtemp(join(tmpdir(), 'scenario-'));
const scenario = join(folder, 'scenario.mjs');
const source = await readFile(given, 'utf8');
const seed = modes.includes('SHUFFLED') ? Number(process.env['SEED'] ?? randomInt(1_000_000)) : undefined;
await writeFile(scenario, seed === undefined ? source : shuffled(source, seed));

const double = new EventStoreDbDouble({ release });
double.faults.flushMs = 3;
double.log.addOthers(EVENTS_OF_OTHERS[release][modes.includes('UNARY') ? 'unary' : 'batch']);
await double.start();

const child = spawn(process.execPath, [scenario], {
  env: { ...process.env, EVENTSTORE_URL: double.connectionString, ...(modes.includes('UNARY') ? { UNARY: '1' } : {}) },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const stepOf = (line: string) => (JSON.parse(line) as { readonly step: string }).step;

/** Shuffled, these show the order in which the scenario happened to write, and are compared in the order of the scenario only. */
const ORDER_OF_WRITING =
  /^(\$all (forwards, ours|(forwards|backwards) from a position .*)|subscribe \$all, excludeSystemEvents)$/;
/** The client has been seen to wait for ever for what it has not read; as nothing else is left to do, Node then ends the scenario. */
const MAY_BE_MISSING = 'dispose';

/** What of a line is to be the same on both. */
function comparable(line: string): string {
  const parsed = JSON.parse(line.replace(/at actual pos \d+/, 'at actual pos N')) as {
    readonly step: string;
    readonly value: unknown;
  };
  // The scenario hangs up 150 ms after the twentieth event: how many more came until then is a matter of speed.
  const hangsUp = parsed.step === 'subscribe $all, prefix filter, START' && Array.isArray(parsed.value);
  return JSON.stringify(hangsUp ? { ...parsed, value: (parsed.value as unknown[]).slice(0, 21) } : parsed);
}
const wanted = new Map(
  (await readFile(answers, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => [stepOf(line), line]),
);
const steps = wanted.size;
let differences = 0;
for await (const got of createInterface({ input: child.stdout })) {
  const step = stepOf(got);
  const server = wanted.get(step);
  const anyOrder = seed !== undefined && release === '26.1.0' && ORDER_OF_WRITING.test(step);
  if (server === undefined || (!anyOrder && comparable(got) !== comparable(server))) {
    differences++;
    process.stdout.write(`${step}\n  server ${server ?? 'was not asked, or once only'}\n  double ${got}\n`);
  }
  wanted.delete(step);
}
wanted.delete(MAY_BE_MISSING);
for (const step of wanted.keys()) process.stdout.write(`${step}\n  the double was not asked\n`);
differences += wanted.size;
process.stdout.write(
  `${release}: ${steps} steps ${modes.join(' ').toLowerCase()}${seed === undefined ? '' : ` (SEED=${seed})`}, ${differences} differences\n`,
);
double.kill();
await rm(folder, { recursive: true });
process.exitCode = differences === 0 ? 0 : 1;
