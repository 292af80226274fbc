/**
 * `compare.ts SCENARIO ANSWERS [UNARY] [SHUFFLED]`: runs a scenario, a program that speaks to EVENTSTORE_URL and prints
 * a line a step, against
 * the double, and compares the lines, by the step that they name, with the recorded answers of a real server. SHUFFLED
 * runs the steps in
 * another order each time, where none depends on another. Exit code 1 when a line differs, is missing or is too many.
 */
import { spawn } from 'node:child_process';
import { randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { EventStoreDbDouble } from './eventstoredb-double.js';
import { shuffled } from './shuffle.js';

/**
 * The server whose answers were recorded was in use: more events of others stood at the start of its log than the
 * scenario ever reads.
 */
const EVENTS_OF_OTHERS = 100_001;

const [given = '', answers = '', ...modes] = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'scenario-'));
const scenario = join(folder, 'scenario.mjs');
const source = await readFile(given, 'utf8');
const seed = modes.includes('SHUFFLED') ? Number(process.env['SEED'] ?? randomInt(1_000_000)) : undefined;
await writeFile(scenario, seed === undefined ? source : shuffled(source, seed));

const double = new EventStoreDbDouble({ flushMs: 3 });
for (let i = 0; i < EVENTS_OF_OTHERS; i++) {
  double.log.append('others', 'any', [
    {
      id: randomUUID(),
      type: 'Foreign',
      contentType: 'application/json',
      data: Buffer.from('{}'),
      metadata: new Uint8Array(),
    },
  ]);
}
await double.start();

const child = spawn(process.execPath, [scenario], {
  env: { ...process.env, EVENTSTORE_URL: double.connectionString, ...(modes.includes('UNARY') ? { UNARY: '1' } : {}) },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const stepOf = (line: string) => (JSON.parse(line) as { readonly step: string }).step;
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
  if (got !== wanted.get(step)) {
    differences++;
    process.stdout.write(`${step}\n  server ${wanted.get(step) ?? 'was not asked, or once only'}\n  double ${got}\n`);
  }
  wanted.delete(step);
}
for (const step of wanted.keys()) process.stdout.write(`${step}\n  the double was not asked\n`);
differences += wanted.size;
process.stdout.write(
  `${steps} steps ${modes.join(' ').toLowerCase()}${seed === undefined ? '' : ` (SEED=${seed})`}, ${differences} differences\n`,
);
double.kill();
await rm(folder, { recursive: true });
process.exitCode = differences === 0 ? 0 : 1;
