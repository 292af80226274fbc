// Builds when dist is missing or older than the sources, and says so on standard error only: standard output belongs to the verb.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    time = Math.max(time, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return time;
}

/** Builds dist when it is missing or stale; without sources (a production image) it leaves dist as it is. */
export function ensureBuilt() {
  const src = join(root, 'src');
  const mark = join(root, 'dist', '.built');
  if (!existsSync(src)) return;
  if (existsSync(mark) && statSync(mark).mtimeMs > newest(src)) return;
  process.stderr.write('building …\n');
  const run = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (run.status !== 0) process.exit(run.status ?? 1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureBuilt();
