// `npm run bench [-- --quick | --full] [--out FILE] [--folder DIR]`: measures the register against what bounds it, in
// the same run.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './ensure-built.mjs';

const USAGE = `npm run bench [-- OPTIONS]
  --quick       shows within a minute that everything can be measured; says little about speed
  --full        adds 100,000 recipients
  --out FILE    where the JSON goes (default: reports/bench-<date>.json)
  --folder DIR  on the disk that is to be measured (default: data)
  --compare BEFORE AFTER
                measures nothing: shows two JSON files beside each other, with their ratios
`;
const root = dirname(fileURLToPath(new URL('.', import.meta.url)));

let options;
let files;
try {
  ({ values: options, positionals: files } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean' },
      full: { type: 'boolean' },
      out: { type: 'string' },
      folder: { type: 'string' },
      compare: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  }));
  if (files.length !== (options.compare ? 2 : 0)) throw new Error('two files, and only with --compare');
  if (options.quick && options.full) throw new Error('--quick and --full exclude each other');
} catch (error) {
  process.stderr.write(`${error.message}\n${USAGE}`);
  process.exit(2);
}
if (options.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}

if (options.compare) {
  const { compareFiles } = await import('../test/bench/compare.mjs');
  try {
    process.stdout.write(`${compareFiles(...files)}\n`);
    process.exit(0);
  } catch (error) {
    process.stderr.write(`bench: ${error.message}\n`);
    process.exit(2);
  }
}

ensureBuilt();
process.env.NODE_ENV ??= 'production';
const { bench } = await import('../test/bench/bench.mjs');
const { planOf } = await import('../test/bench/plan.mjs');
const out =
  options.out ?? join(root, 'reports', `bench-${new Date().toISOString().slice(0, 16).replace(':', '')}.json`);
try {
  await bench({
    root,
    plan: planOf(options.quick ? 'quick' : options.full ? 'full' : 'default'),
    out,
    folder: options.folder ?? join(root, 'data'),
  });
} catch (error) {
  process.stderr.write(`bench: ${error.stack}\n`);
  process.exit(1);
}
