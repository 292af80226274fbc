/**
 * Mutation run over the compliance rules: makes small wrong versions of each file (scripts/mutation/mutants.mjs), runs
 * the rules' specs on each, and reports the versions that no spec noticed. A survivor is a missing test, or a change
 * that changes nothing: then it stands in scripts/mutation-allowlist.json with the reason.
 *
 *   node scripts/mutate-rules.mjs [part of a file name]
 *
 * Exit codes: 0 every mutant was noticed or is explained, 1 not so.
 */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { mutantsOf } from './mutation/mutants.mjs';
import { repository, sources } from './mutation/rule-files.mjs';

/** A mutant that keeps a run busy longer than this is in an endless loop: it was noticed. */
const TIMEOUT_MS = 10_000;
/** Modules of earlier runs are never quite given back, so a worker does a bounded number of them. */
const RUNS_PER_WORKER = 250;

/** A child process that runs one mutant at a time and is replaced when it hangs or has done its share. */
class Worker {
  #child;
  #runs = 0;

  async run(file, source) {
    if (!this.#child || this.#runs >= RUNS_PER_WORKER) this.#renew();
    this.#runs += 1;
    const child = this.#child;
    return new Promise((done) => {
      const finish = (failure) => {
        clearTimeout(timer);
        child.removeAllListeners();
        done(failure);
      };
      const timer = setTimeout(() => {
        this.#runs = RUNS_PER_WORKER;
        finish('it does not end');
      }, TIMEOUT_MS);
      child.once('message', ({ failure }) => finish(failure));
      child.once('exit', () => {
        this.#runs = RUNS_PER_WORKER;
        finish('it ends the process');
      });
      child.send({ file, source });
    });
  }

  #renew() {
    this.stop();
    this.#child = fork(join(repository, 'scripts/mutation/worker.mjs'), {
      execArgv: ['--experimental-vm-modules', '--no-warnings'],
    });
    this.#runs = 0;
  }

  stop() {
    this.#child?.kill('SIGKILL');
  }
}

function allowed() {
  const listed = JSON.parse(readFileSync(join(repository, 'scripts/mutation-allowlist.json'), 'utf8'));
  return new Map(listed.map((entry) => [keyOf(entry), entry.reason]));
}

/** Lines move; what a line says and what was made of it name a mutant well enough. */
function keyOf({ file, code, change }) {
  return `${file}\n${code}\n${change}`;
}

async function main(part) {
  const worker = new Worker();
  const reasons = allowed();
  const used = new Set();
  const survivors = [];
  let made = 0;
  try {
    const failure = await worker.run();
    if (failure) throw new Error(`the specs fail without a mutant: ${failure}`);
    for (const path of sources().filter((each) => each.includes(part ?? ''))) {
      const file = relative(repository, path);
      const mutants = mutantsOf(file, readFileSync(path, 'utf8'));
      let noticed = 0;
      for (const mutant of mutants) {
        made += 1;
        if (await worker.run(path, mutant.source)) noticed += 1;
        else if (reasons.has(keyOf(mutant))) used.add(keyOf(mutant));
        else survivors.push(mutant);
      }
      console.log(`${file}: ${noticed} of ${mutants.length} noticed`);
    }
  } finally {
    worker.stop();
  }
  for (const { file, line, code, change } of survivors)
    console.log(`\nsurvived ${file}:${line}\n  ${code}\n  ${change}`);
  const stale = part === undefined ? [...reasons.keys()].filter((key) => !used.has(key)) : [];
  for (const key of stale) console.log(`\nlisted, but noticed or gone:\n  ${key.replaceAll('\n', '\n  ')}`);
  console.log(
    `\n${made} mutants, ${survivors.length} survived without a reason, ${used.size} with one, ${stale.length} listed for nothing`,
  );
  process.exitCode = survivors.length + stale.length > 0 ? 1 : 0;
}

await main(process.argv[2]);
