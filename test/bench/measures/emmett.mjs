import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runTask } from '../task.mjs';

const PEER = fileURLToPath(new URL('../emmett', import.meta.url));
const MEASURE = 'the same in emmett-sqlite';
const ATTEMPTS = 5;

/**
 * The peer: emmett-sqlite on the same events. It is installed into its own folder when it is not there, which compiles
 * for minutes.
 */
export async function measureEmmett(results, plan, folder, { size, dataDir }) {
  const missing = install(plan.installEmmett);
  if (missing !== undefined) {
    results.skip(MEASURE, missing);
    return;
  }
  const out = `${folder}/streams.json`;
  const streams = await runTask('streams', { dataDir, out });
  const run = runPeer(out, folder, plan.emmettAppends);
  if (run.status !== 0) {
    results.skip(
      MEASURE,
      `it broke off ${ATTEMPTS} times: ${/^\[?\w*Error: [^\n]*/m.exec(run.stderr)?.[0] ?? `exit code ${run.status}`}`,
    );
    return;
  }
  const theirs = JSON.parse(run.stdout.trim().split('\n').at(-1));
  const rival = 'emmett-sqlite 0.38.5';
  const against = (id, measure, ours, peer, options) =>
    results.rates(id, measure, { ours: [ours], theirs: [peer], rival, ...options });
  const ofRow = ({ ours, cpuPerSecond }) => ({ rate: ours.median, cpuRate: cpuPerSecond.median });
  against('emmett-append', 'durable single fact', ofRow(results.find('append-fact')), theirs.single, {
    goal: { ratio: 10 },
  });
  against('emmett-read', 'streams read one by one', streams.read, theirs.read, { size, unit: 'events/s' });
  against(
    'emmett-rebuild',
    'rebuild of all projections; theirs: replay with a fold in memory',
    ofRow(results.find('rebuild', size)),
    theirs.replay,
    { size, unit: 'events/s', goal: { ratio: 3 } },
  );
}

/**
 * Now and then it breaks off by itself (SQLITE_BUSY: it commits while it reads). That is not ours to judge, so it gets
 * another file and tries again.
 */
function runPeer(streams, folder, appends) {
  let run;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    run = spawnSync(
      process.execPath,
      ['--no-warnings', 'run.mjs', streams, `${folder}/emmett-${attempt}.sqlite`, String(appends)],
      { cwd: PEER, encoding: 'utf8' },
    );
    if (run.status === 0) break;
  }
  return run;
}

/** @returns why it is not there, or undefined */
function install(allowed) {
  if (existsSync(`${PEER}/node_modules/@event-driven-io/emmett-sqlite`)) return undefined;
  if (!allowed) return 'it is not installed and a quick run installs nothing';
  process.stderr.write('installing emmett-sqlite …\n');
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock'], {
    cwd: PEER,
    stdio: ['ignore', 2, 2],
  });
  return status === 0 ? undefined : 'it cannot be installed here';
}
