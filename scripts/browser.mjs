// `node scripts/browser.mjs`: sees to it that a Chromium is here, and says where. Exit code 75 where none can be had.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const KNOWN = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** A mirror that does not answer is no reason to wait for ever. */
const INSTALL_MS = 300_000;

/** Where a browser lies; installed by the system's packages where there is none and that may be done. */
export function findBrowser() {
  const found = () => KNOWN.find((path) => path !== undefined && existsSync(path));
  if (found() === undefined && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args) => spawnSync('apt-get', args, { stdio: 'ignore', timeout: INSTALL_MS, env });
    apt('update', '-qq');
    apt('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-core');
  }
  return found();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const browser = findBrowser();
  process.stderr.write(`${browser ?? 'no Chromium is here, and none can be installed'}\n`);
  if (browser === undefined) process.exitCode = 75;
}
