// Builds when dist is missing or older than the sources, and says so on standard error only: standard output belongs to
// the verb.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');
const mark = join(root, 'dist', '.built');
const lock = join(root, 'node_modules', '.fok-building');

/** Builds dist when it is missing or stale; without sources (a production image) it leaves dist as it is. */
export function ensureBuilt() {
  if (!existsSync(src) || isFresh()) return;
  // A build empties dist first: of several processes one builds, and the others wait for it.
  while (!taken()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  try {
    if (isFresh()) return;
    process.stderr.write('building …\n');
    const run = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
    if (run.status !== 0) process.exitCode = run.status ?? 1;
  } finally {
    rmSync(lock, { force: true });
  }
  if (process.exitCode) process.exit();
}

function isFresh() {
  return existsSync(mark) && statSync(mark).mtimeMs > newest(src);
}

function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    time = Math.max(time, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return time;
}

/** Takes the lock when nobody has it, or when who had it is no more. */
function taken() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isAbandoned()) rmSync(lock, { force: true });
    return false;
  }
}

/** Whether the process that took the lock is gone, or was before it could say who it is. */
function isAbandoned() {
  try {
    const pid = Number(readFileSync(lock, 'utf8'));
    if (pid === 0) return Date.now() - statSync(lock).mtimeMs > 10_000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureBuilt();
