import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { Option } from 'commander';
import { type Config, readConfig } from '../kernel/config/config.js';
import { type Clock, systemClock } from '../kernel/time/clock.js';
import { safeJson, withoutOrders } from '../kernel/safe-text.js';
import type { Register, RegisterOptions } from '../app/register.js';
import { Asked } from '../answers/asked.js';
import { NARROWEST } from '../answers/reports/count-table.js';
import { CliError, EXIT } from './cli-error.js';
import type { Look, LookingOptions } from './looking.js';

/** The world as verbs see it: results go out, everything else goes to standard error. */
export interface World {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: Writable & { readonly columns?: number };
  /** Where answers to questions come from; nobody is asked where it is no terminal. */
  readonly stdin?: Readable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** How registers are opened, where not as usual. */
  readonly register?: RegisterOptions;
}

/** What every verb works with. */
export class Context {
  readonly clock: Clock = systemClock;
  readonly asked = new Asked(this.clock);
  /** What the process ends with when nothing is thrown. */
  exitCode = 0;

  constructor(
    private readonly world: World,
    private readonly options: () => { readonly data?: string; readonly rebuild?: true } & LookingOptions,
  ) {}

  /** How many characters of the result go on a line; those of a narrow terminal where it is none. */
  get width(): number {
    return this.world.stdout.columns ?? NARROWEST;
  }

  /** The settings as they are given: an option goes before the environment. */
  environment(): Readonly<Record<string, string | undefined>> {
    const { data } = this.options();
    return { ...this.world.environment, ...(data === undefined ? {} : { DATA_DIR: data }) };
  }

  /** @throws ConfigError */
  config(): Config {
    return readConfig(this.environment());
  }

  /** Writes a part of the result, no faster than it is read. */
  async print(text: string): Promise<void> {
    await this.write(withoutOrders(text));
  }

  /** Writes a file's worth of the result as it is: whoever made it has made its texts safe. */
  async printFile(text: string): Promise<void> {
    await this.write(text);
  }

  /**
   * Writes a document as it is.
   * @param name what the file would be called
   * @throws CliError at a terminal, which cannot show it
   */
  async printBytes(bytes: Uint8Array, name: string): Promise<void> {
    const { stdout } = this.world;
    if (stdout.columns !== undefined)
      throw new CliError(`a document is no text: write it to a file, > ${name}`, EXIT.misused);
    if (!stdout.write(bytes)) await once(stdout, 'drain');
  }

  async printJson(value: unknown): Promise<void> {
    await this.write(safeJson(JSON.stringify(value, undefined, 2)));
  }

  /** One line of a result that is a list without end. */
  async printLine(value: unknown): Promise<void> {
    await this.write(safeJson(JSON.stringify(value)));
  }

  /** Says something beside the result. */
  say(text: string): void {
    this.world.stderr.write(`${withoutOrders(text)}\n`);
  }

  /**
   * Writes down who looks at whom, where that is kept; to be asked before anything of it is shown.
   * @throws CliError, AccessLogUnavailable: then nothing may be shown
   */
  async lookingAt(look: Look): Promise<void> {
    const { writeDownLook } = await import('./looking.js');
    await writeDownLook(look, this.config(), this.options(), this.clock, (text) => this.say(text));
  }

  private async write(text: string): Promise<void> {
    if (!this.world.stdout.write(`${text}\n`)) await once(this.world.stdout, 'drain');
  }

  /** Asks at the terminal for one word before something that cannot be undone. @throws CliError when it is not given, or there is nobody to ask */
  async mustConfirm(question: string, word: string): Promise<void> {
    const { stdin, stderr } = this.world;
    if (!stdin?.isTTY) throw new CliError(`${question}: nobody can be asked here; say --yes`);
    const asked = createInterface({ input: stdin, output: stderr });
    try {
      const answer = await asked.question(`${question}: type ${word} `);
      if (answer.trim() !== word) throw new CliError('nothing was done');
    } finally {
      asked.close();
    }
  }

  /** Shows how far something has come: over and over on one line of a terminal, and nowhere else. */
  progress(text: string): void {
    if (this.world.stderr.isTTY) this.world.stderr.write(`\r\u001b[2K${text}`);
  }

  /** Ends the line of {@link progress}. */
  progressDone(): void {
    if (this.world.stderr.isTTY) this.world.stderr.write('\r\u001b[2K');
  }

  /** Opens the register for work that may begin a new one, and closes it whatever happens. */
  withRegister<T>(work: (register: Register) => Promise<T>): Promise<T> {
    return this.open(this.config(), work);
  }

  /**
   * As {@link withRegister}, for work that leaves nothing behind: where there is no register, an empty one in memory
   * stands in.
   */
  async withScratchRegister<T>(work: (register: Register) => Promise<T>): Promise<T> {
    const config = this.config();
    const { isBegun } = await import('../stores/open-stores.js');
    return this.open((await isBegun(config)) ? config : { ...config, eventStore: 'memory', viewStore: 'memory' }, work);
  }

  /** Opens a register that is there already. @throws CliError when there is none: asking must not make an empty one */
  async withExistingRegister<T>(work: (register: Register) => Promise<T>): Promise<T> {
    return this.open(await this.existing(), work);
  }

  /**
   * As {@link withExistingRegister}, for looking: a log that does not go on where it was sealed is told, and looked at
   * all the same.
   */
  async withRegisterAsItLies<T>(work: (register: Register) => Promise<T>): Promise<T> {
    return this.open(await this.existing(), work, {
      onDamage: ({ message }) => this.say(`fok: the log is damaged: ${message}`),
    });
  }

  /**
   * The configuration of a register that is there already.
   * @throws CliError when there is none, ConfigError, EventStoreError
   */
  async existing(): Promise<Config> {
    const config = this.config();
    const { isBegun } = await import('../stores/open-stores.js');
    if (await isBegun(config)) return config;
    const missing =
      config.eventStore === 'eventstoredb'
        ? 'there is no register of this name on the server'
        : `there is no register in ${config.dataDir}`;
    throw new CliError(`${missing}; import a history first (fok import FILE), or name its folder with --data DIR`);
  }

  /**
   * Opens a register to build its views anew: those that are there may have been made from another log of it.
   * @param config default the environment's, of a register that is there already
   * @throws CliError when there is none
   */
  async withViewsToBuild<T>(work: (register: Register) => Promise<T>, config?: Config): Promise<T> {
    return this.open(config ?? (await this.existing()), work, { anyViews: true });
  }

  private async open<T>(
    config: Config,
    work: (register: Register) => Promise<T>,
    options: RegisterOptions = {},
  ): Promise<T> {
    // One after the other: Jest cannot link two imports at once that share what they need.
    const { openRegister } = await import('../app/register.js');
    const { warningsOf } = await import('../stores/warnings.js');
    const register = await openRegister(config, { ...this.world.register, ...options });
    try {
      for (const warning of warningsOf(config)) this.say(`fok: ${warning}`);
      return await work(register);
    } finally {
      await register.close();
    }
  }

  /** Opens a register to be asked, with its views brought up to the end of the log. */
  async withAnswers<T>(work: (register: Register) => Promise<T>): Promise<T> {
    return this.withExistingRegister(async (register) => {
      await this.bringUpToDate(register);
      await this.mindOlderViews(register);
      return work(register);
    });
  }

  /**
   * Views that an older program made answer until they are built anew, which a server does by itself. Here they are
   * built on demand (`--rebuild`); else every answer is marked.
   */
  private async mindOlderViews(register: Register): Promise<void> {
    const { olderViews, rebuildViews } = await import('../judgement/running/rebuild-views.js');
    const older = olderViews(register);
    if (older.length === 0) return;
    if (this.options().rebuild) {
      await rebuildViews(register, (view, done, total) => this.progress(`${view}: ${done} of ${total}`));
      this.progressDone();
    } else
      this.say(
        `fok: OBS: svaret bygger på vyer som ett äldre program har gjort (${older.join(', ')}); --rebuild bygger dem på nytt först`,
      );
  }

  /** Brings the views to the end of the log, telling how far they are. */
  async bringUpToDate(register: Register): Promise<void> {
    const head = await register.store.head();
    await register.runner.drain(() => this.progress(`views: ${register.projection.reached.position} of ${head}`));
    this.progressDone();
  }
}

/** `--format`, with what a verb can be asked for; the first is the usual one. */
export function formatOption(...choices: readonly [string, ...string[]]): Option {
  return new Option('--format <format>', 'form of the answer').choices([...choices]).default(choices[0]);
}
