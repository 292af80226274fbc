// A municipality with people who sign in, over TLS, on a day that does not change: what the working days are spent in.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import '../support/typescript.mjs';

/** The last day of the history; the day after it is the day on which people work. */
const LAST_DAY = '2026-06-30';
const NOW = '2026-07-01T08:00:00.000Z';

/** @returns where it listens, its register, and how it is ended */
export async function startDemo() {
  const folder = mkdtempSync(join(tmpdir(), 'fok-days-'));
  const file = join(folder, 'history.ndjson');
  const period = ['--from', '2025-01-01', '--to', LAST_DAY];
  const simulated = spawnSync(
    process.execPath,
    ['bin/fok.mjs', 'simulate', '--recipients', '40', ...period, '--seed', 'dagar', '--with-access', '--out', file],
    { encoding: 'utf8' },
  );
  if (simulated.status !== 0) throw new Error(simulated.stderr);
  const [
    { openRegister },
    { createApp },
    { FixedClock },
    { importHistory },
    { signInByDemo },
    { rolesIn },
    { configure },
  ] = await Promise.all(
    [
      'app/register.js',
      'server/create-app.js',
      'kernel/time/clock.js',
      'import/import-history.js',
      'sign-in/demo/demo-sign-in.js',
      'server/roles-in.js',
      'kernel/config/configure.js',
    ].map((module) => import(`../../dist/${module}`)),
  );
  const { CertificateAuthority } = await import('../doubles/eventstoredb/certificates.ts');
  const config = { dataDir: folder, eventStore: 'memory', viewStore: 'memory' };
  const register = await openRegister(config, { clock: new FixedClock(NOW), follow: true, judge: (local) => local });
  await importHistory(register, {
    file,
    source: 'dagar',
    dryRun: false,
    leave: 'ALL',
    rejectFile: join(folder, 'rejects'),
  });
  await register.waitFor(await register.head(), 60_000);
  const logger = pino({ level: 'silent' });
  const signIn = await signInByDemo(
    { ...config, host: '127.0.0.1' },
    { reads: register, rolesOf: rolesIn(register) },
    { logger },
  );
  const { certificate, key } = new CertificateAuthority(folder).issue('IP:127.0.0.1');
  const app = await createApp(register, {
    logger,
    configured: await configure({ AUTH: 'demo' }),
    signIn,
    tls: { cert: certificate, key },
  });
  // The register asks the provider inside it over its own TLS, whose certificate nobody vouches for.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  await app.listen(0, '127.0.0.1');
  return {
    url: await app.getUrl(),
    register,
    close: async () => {
      await app.close();
      await signIn.close();
      await register.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
