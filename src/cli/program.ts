import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { PURPOSES } from '../kernel/http/caller.js';
import { EXIT } from './cli-error.js';
import { Context, type World } from './context.js';
import { programVersion } from '../kernel/program-version.js';

type AddVerb = (program: Command, context: Context, world: World) => void;

/** Every verb, in the order of the help. What a verb needs is loaded when that verb is called. */
const VERBS: Readonly<Record<string, () => Promise<AddVerb>>> = {
  import: async () => (await import('./import.verb.js')).addImport,
  simulate: async () => {
    const { addSimulate } = await import('./simulate.verb.js');
    return (program, context, { stdout }) => addSimulate(program, context, stdout);
  },
  report: async () => (await import('./report.verb.js')).addReport,
  find: async () => (await import('./everyday.verbs.js')).addFind,
  units: async () => (await import('./everyday.verbs.js')).addUnits,
  today: async () => (await import('./everyday.verbs.js')).addToday,
  due: async () => (await import('./everyday.verbs.js')).addDue,
  load: async () => (await import('./everyday.verbs.js')).addLoad,
  timeline: async () => (await import('./history.verbs.js')).addTimeline,
  replay: async () => (await import('./history.verbs.js')).addReplay,
  file: async () => (await import('./file.verb.js')).addFile,
  compliance: async () => (await import('./compliance.verb.js')).addCompliance,
  rules: async () => (await import('./rules.verb.js')).addRules,
  projections: async () => (await import('./projections.verb.js')).addProjections,
  parked: async () => (await import('./parked.verb.js')).addParked,
  events: async () => (await import('./events.verb.js')).addEvents,
  seal: async () => (await import('./evidence.verbs.js')).addSeal,
  verify: async () => (await import('./evidence.verbs.js')).addVerify,
  export: async () => (await import('./export.verbs.js')).addExport,
  'verify-export': async () => (await import('./export.verbs.js')).addVerifyExport,
  forget: async () => (await import('./privacy.verbs.js')).addForget,
  keys: async () => (await import('./privacy.verbs.js')).addKeys,
  check: async () => (await import('./check.verb.js')).addCheck,
  backup: async () => (await import('./backup.verbs.js')).addBackup,
  restore: async () => (await import('./backup.verbs.js')).addRestore,
  'migrate-store': async () => (await import('./migrate-store.verb.js')).addMigrateStore,
  access: async () => (await import('./access.verb.js')).addAccess,
  serve: async () => (await import('./serve.verb.js')).addServe,
  eventstore: async () => (await import('./eventstore.verb.js')).addEventStore,
  witness: async () => (await import('./witness.verb.js')).addWitness,
};

/**
 * Runs one verb.
 * @param args what stands after the program's name
 * @returns the exit code: 0 done, 1 nothing done or not as it should be, 2 misused, 3 some lines rejected, 4 not
 * verified
 */
export async function runCli(args: readonly string[], world: World): Promise<number> {
  const program = new Command('fok');
  const context = new Context(world, () =>
    program.opts<{ data?: string; rebuild?: true; purpose?: string; accessLog?: string }>(),
  );
  program
    .description(
      'The register of the fast omsorgskontakt process. Results go to standard output, messages to standard error.',
    )
    .version(programVersion(), '--version', 'the version of the program')
    .option('--data <dir>', 'folder of the embedded stores (default: DATA_DIR, else ./data)')
    .addOption(
      new Option('--purpose <purpose>', 'what a look at somebody is for (compulsory where people sign in)').choices([
        ...PURPOSES,
      ]),
    )
    .option('--rebuild', 'build views that an older program made anew before they are asked')
    .option('--access-log <file>', 'where a look is written down instead of in the register')
    .configureOutput({ writeOut: (text) => world.stdout.write(text), writeErr: (text) => world.stderr.write(text) })
    .showHelpAfterError('(fok VERB --help tells how)')
    .exitOverride();
  for (const add of await addersFor(args)) add(program, context, world);
  try {
    await program.parseAsync(args, { from: 'user' });
    return context.exitCode;
  } catch (error) {
    // Commander says what is wrong with an option as it reads it; what an action finds wrong with one has to be said
    // here.
    if (error instanceof InvalidArgumentError) context.say(`fok: ${error.message}`);
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.misused;
    context.progressDone();
    const { exitCodeOf, told } = await import('./explain.js');
    context.say(`fok: ${told(error)}`);
    return exitCodeOf(error);
  }
}

/** The one verb that is called; all of them for help, and where none is recognised. */
async function addersFor(args: readonly string[]): Promise<AddVerb[]> {
  const [first = '', second = '', third = ''] = args;
  const verb = first === '--data' ? third : first.startsWith('--data=') ? second : first;
  const one = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  const adders: AddVerb[] = [];
  for (const load of one ? [one] : Object.values(VERBS)) adders.push(await load());
  return adders;
}
