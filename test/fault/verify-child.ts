import { verifyInBackground } from '../../src/audit/verify/background/verify-in-background.js';

// A process that verifies the log in a folder once in the background: <folder> <share>. It tells the report, how long
// it took and how much of a core; with SIGTERM it ends between two pages.
const [folder = '', share = '1'] = process.argv.slice(2);
const config = { dataDir: folder, eventStore: 'sqlite', viewStore: 'sqlite' } as const;
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
const began = performance.now();
const before = process.cpuUsage();
console.log('ready');
const report = await verifyInBackground({ config, share: Number(share) }, stop.signal);
const { user, system } = process.cpuUsage(before);
const ms = performance.now() - began;
console.log(
  JSON.stringify({ report, ms, share: (user + system) / 1000 / ms }, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  ),
);
