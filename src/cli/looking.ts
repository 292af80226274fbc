import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { type AccessLog, AccessLogUnavailable } from '../access-log/access-log.js';
import type { Access } from '../access-log/access-record.js';
import { personsIn } from '../access-log/http/persons-in.js';
import { accessLogPath, openAccessLog } from '../access-log/open-access-log.js';
import { SqliteAccessLog } from '../access-log/sqlite/sqlite-access-log.js';
import type { Config } from '../kernel/config/config.js';
import { PURPOSES, type Purpose } from '../kernel/http/caller.js';
import { isWritable } from '../kernel/sqlite/sqlite.js';
import type { Clock } from '../kernel/time/clock.js';
import { CliError, EXIT } from './cli-error.js';

/** What a verb is about to show. */
export interface Look extends Pick<Access, 'act' | 'route' | 'shown' | 'knownAt' | 'on'> {
  /** The answer, or a list of ids: every recipient in it is written down. */
  readonly persons: unknown;
}

export interface LookingOptions {
  readonly purpose?: string;
  /** Where the record is kept instead of with the register. */
  readonly accessLog?: string;
}

/**
 * Writes down that whoever sits at the machine looks at somebody, before anything of it is shown. On evidence that
 * nobody may write to a verb works all the same, and says that no record is kept.
 * @throws CliError without a purpose where people sign in; AccessLogUnavailable when the record cannot be kept
 */
export async function writeDownLook(
  look: Look,
  config: Config,
  { purpose, accessLog: file }: LookingOptions,
  clock: Clock,
  say: (text: string) => void,
): Promise<void> {
  if (purpose === undefined && config.auth === 'oidc')
    throw new CliError(`say what it is for: --purpose ${PURPOSES.join('|')}`, EXIT.misused);
  const log = await openFor(config, file, clock, say);
  if (!log) return;
  try {
    const persons = [...personsIn(look.persons)];
    const { act, route, shown, knownAt, on } = look;
    await log.append({
      who: { kind: 'OS_USER', id: `uid:${userInfo().uid}` },
      act,
      route,
      persons,
      shown,
      purpose: purpose === undefined ? 'DAILY' : purposeOf(purpose),
      ...(knownAt === undefined ? {} : { knownAt }),
      ...(on === undefined ? {} : { on }),
      request: randomUUID(),
      count: persons.length,
    });
  } finally {
    await log.close();
  }
}

async function openFor(
  config: Config,
  file: string | undefined,
  clock: Clock,
  say: (text: string) => void,
): Promise<AccessLog | undefined> {
  if (file !== undefined) return SqliteAccessLog.open({ path: file, clock });
  try {
    return await openAccessLog(config, clock);
  } catch (error) {
    if (!(error instanceof AccessLogUnavailable) || isWritable(config.dataDir)) throw error;
    say(
      `fok: no record of this look can be kept in ${accessLogPath(config.dataDir)}, where nobody may write; --access-log FILE keeps it elsewhere`,
    );
    return undefined;
  }
}

function purposeOf(given: string): Purpose {
  const purpose = PURPOSES.find((known) => known === given);
  if (!purpose) throw new CliError(`--purpose is one of ${PURPOSES.join(', ')}`, EXIT.misused);
  return purpose;
}
