import { z } from 'zod';
import { databaseOf, orDatabase, sameDatabase } from './database-of.js';
import { readWitnessPlaces, type WitnessPlace } from '../integrity/witness-places.js';
import { HOST_NAME_PATTERN } from './host-name.js';
import { SECRET_FILE_SETTINGS, withSecretFiles } from './secret-files.js';
import { isServerUrl } from './server-url.js';
import {
  ALLOW_REMOTE_GONE,
  hostOf,
  signInConfig,
  type SignInConfig,
  signInContradictions,
  signInSettings,
} from './sign-in-settings.js';

/**
 * How this process was told to run. Read once at start from the environment; free of Nest, so that the CLI reads the
 * same.
 */
export interface Config extends SignInConfig {
  /** The folder of the embedded stores and, unless said otherwise, of the master key. */
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly eventStore: 'sqlite' | 'memory' | 'eventstoredb';
  readonly viewStore: 'sqlite' | 'memory' | 'mongodb';
  readonly eventStoreUrl?: string;
  /** The register's name on a server that others use too; it keeps its streams apart from theirs. */
  readonly eventStoreNamespace?: string;
  readonly mongodbUrl?: string;
  /** Where the persons' keys lie: a file of the data folder, or a database of their own that several servers share. */
  readonly keyStore: 'sqlite' | 'mongodb';
  readonly keysMongodbUrl?: string;
  /** The file with the key that wraps every person's key; without it the register keeps one in its data folder. */
  readonly masterKeyFile?: string;
  /** The file with the key that checkpoints are signed with; without it the register keeps one in its data folder. */
  readonly signingKeyFile?: string;
  /** What the server is called besides `localhost`, `127.0.0.1` and `[::1]`; calls to another name are refused. */
  readonly hostNames?: readonly string[];
  /**
   * What is done with an episode that cannot be judged: put it aside and go on, or stand still until somebody has
   * looked.
   */
  readonly poisonPolicy: 'park' | 'stop';
  /**
   * What is answered to who asks to see a recording that the views have not taken in within the wait: the answer as it
   * is, marked, or a refusal.
   */
  readonly staleReads: 'header' | 'refuse';
  /** Views that are further behind than this are not ready to answer; in seconds. */
  readonly readyMaxLagSeconds: number;
  /** How many calls a minute are taken from one caller; as many as come when undefined. */
  readonly callsAMinute?: number;
  /** Whether it is written down who looked at whom. */
  readonly accessLog: boolean;
  /** How long after a verification of the whole log in the background the next begins; undefined for never. */
  readonly verifyEveryMs?: number;
  /** Who is shown each checkpoint. */
  readonly witnesses: readonly WitnessPlace[];
  /** How many of them make a checkpoint a witnessed one. */
  readonly witnessesNeeded: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
}

/**
 * One or more settings are wrong; the message names them all, one a line, and holds no value that could be a secret.
 */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is wrong:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });
const url = (schemes: readonly string[]) =>
  z
    .string()
    .refine((value) => schemes.some((scheme) => value.startsWith(`${scheme}://`)), {
      error: `must start with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
      abort: true,
    })
    .refine(isServerUrl, {
      error:
        'must name its servers, like SCHEME://USER:PASSWORD@HOST:PORT,HOST:PORT/DATABASE?OPTION=VALUE; other characters in a name or password are written as %40',
      abort: true,
    });

/**
 * Where the views lie on a server whose URL names no database; the driver's own default is one that everybody tries
 * things in.
 */
const VIEWS_DATABASE = 'fok';

const DAY_MS = 86_400_000;
const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: DAY_MS };

/** @returns -1 for off */
function millisecondsOf(value: string): number {
  return value === 'off' ? -1 : Number(value.slice(0, -1)) * (UNIT_MS[value.slice(-1)] ?? 0);
}

const settings = z.object({
  DATA_DIR: z.string().default('./data'),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or an address')
    .default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number, 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port number, 0 to 65535')
    .default(3000),
  EVENT_STORE: oneOf(['sqlite', 'memory', 'eventstoredb']).default('sqlite'),
  VIEW_STORE: oneOf(['sqlite', 'memory', 'mongodb']).optional(),
  EVENTSTORE_URL: url(['esdb', 'esdb+discover', 'kurrentdb', 'kurrentdb+discover']).optional(),
  // No dot, which ends the name on the server: so no register's name is the beginning of another's.
  EVENTSTORE_NAMESPACE: z
    .string()
    .regex(
      /^[A-Za-z][A-Za-z0-9_-]{0,49}$/,
      'must begin with a letter and hold letters, digits, _ and - only, at most 50',
    )
    .optional(),
  MONGODB_URL: url(['mongodb', 'mongodb+srv'])
    .transform((value) => orDatabase(value, VIEWS_DATABASE))
    .optional(),
  KEY_STORE: oneOf(['sqlite', 'mongodb']).default('sqlite'),
  KEYS_MONGODB_URL: url(['mongodb', 'mongodb+srv'])
    .refine((value) => databaseOf(value) !== '', 'must name a database: mongodb://HOST/DATABASE')
    .optional(),
  MASTER_KEY_FILE: z.string().optional(),
  SIGNING_KEY_FILE: z.string().optional(),
  HOST_NAMES: z
    .string()
    .transform((value) => value.split(',').map((name) => name.trim()))
    .refine((names) => names.every((name) => HOST_NAME_PATTERN.test(name)), {
      error: 'must be host names or addresses without ports, like registret.example,[2001:db8::1]',
    })
    .optional(),
  ...Object.fromEntries(SECRET_FILE_SETTINGS.map((name) => [name, z.string().optional()])),
  ...signInSettings,
  POISON_POLICY: oneOf(['park', 'stop']).default('park'),
  STALE_READS: oneOf(['header', 'refuse']).default('header'),
  READY_MAX_LAG_SECONDS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'must be a whole number of seconds, 1 to 99999')
    .transform(Number)
    .default(60),
  RATE_LIMIT: z
    .string()
    .regex(/^[1-9]\d{0,6}$/, 'must be a whole number of calls a minute, 1 to 9999999')
    .transform(Number)
    .optional(),
  ACCESS_LOG: oneOf(['on', 'off']).optional(),
  VERIFY_EVERY: z
    .string()
    .regex(/^(off|[1-9]\d{0,3}[mhd])$/, 'must be off, or a number of minutes, hours or days: 30m, 24h, 7d')
    .transform(millisecondsOf)
    .default(DAY_MS),
  CHECKPOINT_WITNESSES: z
    .string()
    .transform((value, context) => {
      const places = readWitnessPlaces(value);
      if (typeof places !== 'string') return places;
      context.addIssue({ code: 'custom', message: places });
      return z.NEVER;
    })
    .optional(),
  CHECKPOINT_WITNESSES_NEEDED: z
    .string()
    .regex(/^[1-9]\d?$/, 'must be a whole number, 1 to 99')
    .transform(Number)
    .default(1),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** The names of all settings. */
export const SETTINGS: readonly string[] = Object.keys(settings.shape);

/**
 * Reads the settings from environment variables (docs/reference/configuration.md). A variable that is empty counts as
 * not set.
 * @throws ConfigError naming every wrong setting at once
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const secrets = withSecretFiles(environment);
  const given = Object.fromEntries(
    Object.entries(secrets.environment).filter(
      ([name, value]) => name in settings.shape && value !== undefined && value.trim() !== '',
    ),
  );
  const read = settings.safeParse(given);
  const wrong = read.error?.issues ?? [];
  const named = new Set(wrong.map((issue) => String(issue.path[0])));
  // What fits by itself may still not fit together: that is said in the same message.
  const fitting = settings.safeParse(Object.fromEntries(Object.entries(given).filter(([name]) => !named.has(name))));
  const problems = [
    ...(environment['ALLOW_REMOTE']?.trim() ? [ALLOW_REMOTE_GONE] : []),
    ...secrets.problems,
    ...wrong.map((issue) => `${issue.path.join('.')} ${issue.message}`),
    ...(fitting.success ? contradictions(fitting.data, named) : []),
  ];
  if (!read.success || problems.length > 0) throw new ConfigError(problems);
  const value = read.data;
  return {
    dataDir: value.DATA_DIR,
    host: value.HOST,
    port: value.PORT,
    eventStore: value.EVENT_STORE,
    // A log that ends with the process leaves no views behind, least of all among those of the register in the folder.
    viewStore: value.VIEW_STORE ?? (value.EVENT_STORE === 'memory' ? 'memory' : 'sqlite'),
    eventStoreUrl: value.EVENTSTORE_URL,
    eventStoreNamespace: value.EVENTSTORE_NAMESPACE,
    mongodbUrl: value.MONGODB_URL,
    keyStore: value.KEY_STORE,
    keysMongodbUrl: value.KEYS_MONGODB_URL,
    masterKeyFile: value.MASTER_KEY_FILE,
    signingKeyFile: value.SIGNING_KEY_FILE,
    hostNames: hostNamesOf(value),
    ...signInConfig(value),
    poisonPolicy: value.POISON_POLICY,
    staleReads: value.STALE_READS,
    readyMaxLagSeconds: value.READY_MAX_LAG_SECONDS,
    callsAMinute: value.RATE_LIMIT,
    accessLog: (value.ACCESS_LOG ?? (signInConfig(value).auth === 'none' ? 'off' : 'on')) === 'on',
    ...(value.VERIFY_EVERY < 0 ? {} : { verifyEveryMs: value.VERIFY_EVERY }),
    witnesses: value.CHECKPOINT_WITNESSES ?? [],
    witnessesNeeded: value.CHECKPOINT_WITNESSES_NEEDED,
    logLevel: value.LOG_LEVEL,
  };
}

/** People call the register by its public address, whatever else it is called. */
function hostNamesOf({ HOST_NAMES, PUBLIC_URL }: z.infer<typeof settings>): readonly string[] | undefined {
  return PUBLIC_URL === undefined ? HOST_NAMES : [...(HOST_NAMES ?? []), hostOf(PUBLIC_URL)];
}

/** @param wrong the settings that are wrong by themselves: nothing more is said of them */
function contradictions(value: z.infer<typeof settings>, wrong: ReadonlySet<string>): string[] {
  const found: string[] = [];
  if (value.EVENT_STORE === 'eventstoredb' && value.EVENTSTORE_URL === undefined && !wrong.has('EVENTSTORE_URL'))
    found.push('EVENTSTORE_URL is needed when EVENT_STORE is eventstoredb');
  if (value.VIEW_STORE === 'mongodb' && value.MONGODB_URL === undefined && !wrong.has('MONGODB_URL'))
    found.push('MONGODB_URL is needed when VIEW_STORE is mongodb');
  if (value.KEY_STORE === 'mongodb' && value.KEYS_MONGODB_URL === undefined && !wrong.has('KEYS_MONGODB_URL'))
    found.push('KEYS_MONGODB_URL is needed when KEY_STORE is mongodb');
  if (
    value.MONGODB_URL !== undefined &&
    value.KEYS_MONGODB_URL !== undefined &&
    sameDatabase(value.MONGODB_URL, value.KEYS_MONGODB_URL)
  ) {
    found.push(
      'KEYS_MONGODB_URL must name another database than MONGODB_URL: a copy of the views must not hold the keys',
    );
  }
  if (value.ACCESS_LOG === 'off' && signInConfig(value).auth !== 'none')
    found.push('ACCESS_LOG can be off only where nobody signs in (AUTH=none)');
  return [...found, ...signInContradictions(value, wrong)];
}
