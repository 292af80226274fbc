import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { addBackup, addRestore } from './backup.verbs.js';
import { addCheck } from './check.verb.js';
import { addCompliance } from './compliance.verb.js';
import { EXIT, exitCodeOf, told } from './cli-error.js';
import { Context, type World } from './context.js';
import { addReplay, addTimeline } from './history.verbs.js';
import { addEvents } from './events.verb.js';
import { addSeal, addVerify } from './evidence.verbs.js';
import { addExport, addVerifyExport } from './export.verbs.js';
import { addForget, addKeys } from './privacy.verbs.js';
import { addWitness } from './witness.verb.js';
import { addServe } from './serve.verb.js';
import { addImport } from './import.verb.js';
import { addMigrateStore } from './migrate-store.verb.js';
import { addParked } from './parked.verb.js';
import { addProjections } from './projections.verb.js';
import { addReport } from './report.verb.js';
import { addRules } from './rules.verb.js';
import { addSimulate } from './simulate.verb.js';

/**
 * Runs one verb.
 * @param args what stands after the program's name
 * @returns the exit code: 0 done, 1 nothing done or not as it should be, 2 misused, 3 some lines rejected, 4 not
 * verified
 */
export async function runCli(args: readonly string[], world: World): Promise<number> {
  const program = new Command('fok');
  const context = new Context(world, () => program.opts<{ data?: string }>().data);
  program
    .description(
      'The register of the fast omsorgskontakt process. Results go to standard output, messages to standard error.',
    )
    .option('--data <dir>', 'folder of the embedded stores (default: DATA_DIR, else ./data)')
    .configureOutput({ writeOut: (text) => world.stdout.write(text), writeErr: (text) => world.stderr.write(text) })
    .showHelpAfterError('(fok VERB --help tells how)')
    .exitOverride();
  addImport(program, context);
  addSimulate(program, context, world.stdout);
  addReport(program, context);
  addTimeline(program, context);
  addReplay(program, context);
  addCompliance(program, context);
  addRules(program, context);
  addProjections(program, context);
  addParked(program, context);
  addEvents(program, context);
  addSeal(program, context);
  addVerify(program, context);
  addExport(program, context);
  addVerifyExport(program, context);
  addForget(program, context);
  addKeys(program, context);
  addCheck(program, context);
  addBackup(program, context);
  addRestore(program, context);
  addMigrateStore(program, context);
  addServe(program, context);
  addWitness(program, context);
  try {
    await program.parseAsync(args, { from: 'user' });
    return context.exitCode;
  } catch (error) {
    // Commander says what is wrong with an option as it reads it; what an action finds wrong with one has to be said
    // here.
    if (error instanceof InvalidArgumentError) context.say(`fok: ${error.message}`);
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.misused;
    context.progressDone();
    context.say(`fok: ${told(error)}`);
    return exitCodeOf(error);
  }
}
