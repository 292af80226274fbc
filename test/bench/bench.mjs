import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeMachine } from './machine.mjs';
import { measureAppends } from './measures/appends.mjs';
import { measureCommands } from './measures/commands.mjs';
import { measureEmmett } from './measures/emmett.mjs';
import { measureHistory } from './measures/history.mjs';
import { measureVerify } from './measures/integrity.mjs';
import { onPaper, paperTable } from './measures/paper.mjs';
import { measureQueries } from './measures/queries.mjs';
import { measureServerLog } from './measures/server-log.mjs';
import { BATCH_ROWS } from './plan.mjs';
import { Results } from './results.mjs';
import { startTask } from './task.mjs';

/**
 * Measures everything, prints the tables on standard output and writes the JSON file. Progress goes to standard error.
 * @param options {root, plan, out, folder}: the working tree, how much, where the JSON goes, and a folder on the disk
 * that is to be measured
 * @throws Error when something cannot be measured; never for being slow
 */
export async function bench({ root, plan, out, folder: parent }) {
  const machine = describeMachine(root);
  const started = performance.now();
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'bench-'));
  const results = new Results(plan.judges);
  try {
    const histories = [];
    let settings;
    for (const size of plan.sizes) {
      process.stderr.write(`${size} recipients\n`);
      const history = await measureHistory(results, plan, folder, size);
      histories.push(history);
      await measureVerify(results, plan, history);
      if (size === plan.sizes[0]) {
        settings = await measureAppends(results, plan, folder, history);
        await measureEmmett(results, plan, folder, history);
        await measureServerLog(results, plan, folder, history);
      }
      await measureServer(results, plan, history);
    }
    const paper = plan.judges ? onPaper(results, histories) : undefined;
    const report = {
      machine,
      plan,
      settings: { ...settings, batchRows: BATCH_ROWS },
      seconds: (performance.now() - started) / 1000,
      rows: results.rows,
      skipped: results.skipped,
      paper,
    };
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, `${JSON.stringify(report, null, 2)}\n`);
    process.stdout.write(textOf(report, results, paper));
    process.stderr.write(`\n${out}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Queries at every size, commands at the second, in a server of its own. */
async function measureServer(results, plan, { size, dataDir }) {
  const server = await startTask('serve', { dataDir });
  await measureQueries(results, plan, size, server.told);
  if (size === plan.sizes[Math.min(1, plan.sizes.length - 1)]) await measureCommands(results, plan, size, server.told);
  const { peakMiB } = await server.stop();
  results.value('memory-serve', 'memory: server', { size, value: peakMiB, unit: 'MiB' });
}

function textOf({ machine, plan, settings, seconds }, results, paper) {
  const facts = [
    `commit ${machine.commit.slice(0, 12)}${machine.changed ? ' with changes' : ''}, ${machine.date}, Node ${machine.node}`,
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.platform}, load ${machine.loadBefore.toFixed(1)} at the start`,
    `log: ${Object.entries(settings)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')}`,
    `${plan.name} run, ${Math.round(seconds)} s; medians, and the smallest and largest round. A ratio of rates is ours ÷ theirs: more is better; of times: less is better.`,
  ];
  return `\n${facts.join('  \n')}\n\n${results.markdown()}\n${paper ? `\n${paperTable(paper)}\n` : ''}`;
}
