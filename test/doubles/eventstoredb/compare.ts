/**
 * `compare.ts SCENARIO ANSWERS [UNARY]`: runs a scenario, a program that speaks to EVENTSTORE_URL and prints one line a step, against the
 * double, and compares the lines with the recorded answers of a real server. Exit code 1 when one differs.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { EventStoreDbDouble } from './eventstoredb-double.js';

/** The server whose answers were recorded was in use: more events of others stood at the start of its log than the scenario ever reads. */
const EVENTS_OF_OTHERS = 100_001;

const [scenario, answers, unary] = process.argv.slice(2) as [string, string, string | undefined];
const double = new EventStoreDbDouble({ flushMs: 3 });
for (let i = 0; i < EVENTS_OF_OTHERS; i++) {
  double.log.append('others', 'any', [{ id: randomUUID(), type: 'Foreign', contentType: 'application/json', data: Buffer.from('{}'), metadata: new Uint8Array() }]);
}
await double.start();

const child = spawn(process.execPath, [scenario], {
  env: { ...process.env, EVENTSTORE_URL: double.connectionString, ...(unary ? { UNARY: '1' } : {}) },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const expected = (await readFile(answers, 'utf8')).trimEnd().split('\n');
let line = 0;
let differences = 0;
for await (const got of createInterface({ input: child.stdout })) {
  const wanted = expected[line++];
  if (got === wanted) continue;
  differences++;
  process.stdout.write(`step ${line}\n  server ${wanted}\n  double ${got}\n`);
}
if (line < expected.length) differences += expected.length - line;
process.stdout.write(`${line} of ${expected.length} steps, ${differences} differences\n`);
double.kill();
process.exitCode = differences === 0 ? 0 : 1;
