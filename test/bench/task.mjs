import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Runs a task in a process of its own, so that its memory is its own and what was measured before does not help it.
 * @param name a file in tasks/
 * @param input handed over as JSON
 * @param without true to run it with SHA-256 and AES made to do nothing
 * @returns what the task tells when it is done, with `peakMiB`, the most memory it had
 * @throws Error when it fails
 */
export async function runTask(name, input, { without = false } = {}) {
  const child = start(name, input, without);
  const told = await messageOf(child, name);
  await endOf(child);
  return told;
}

/**
 * Starts a task that goes on after it told something.
 * @returns what it told, and `stop()`, which ends it and gives what it tells then
 */
export async function startTask(name, input) {
  const child = start(name, input, false);
  const told = await messageOf(child, name);
  return {
    told,
    stop: async () => {
      child.send('stop');
      const last = await messageOf(child, name);
      await endOf(child);
      return last;
    },
  };
}

/** For tasks: tells the process that started this one, with the most memory that was needed so far. */
export function tell(result) {
  process.send({ ...result, peakMiB: process.resourceUsage().maxRSS / 1024 });
}

/** For tasks: what they were asked to do. */
export function taskInput() {
  return JSON.parse(process.argv[2]);
}

function start(name, input, without) {
  const program = fileURLToPath(new URL(`./tasks/${name}.mjs`, import.meta.url));
  const flags = without ? ['--import', new URL('./without-cryptography.mjs', import.meta.url).href] : [];
  return spawn(process.execPath, ['--no-warnings', ...flags, program, JSON.stringify(input)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

function messageOf(child, name) {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the task ${name} ended with ${code} before it was done`)));
  });
}

async function endOf(child) {
  if (child.connected) child.disconnect();
  if (child.exitCode === null) await once(child, 'exit');
  if (child.exitCode !== 0) throw new Error(`a task ended with ${child.exitCode}`);
}
