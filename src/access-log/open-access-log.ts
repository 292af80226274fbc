import { existsSync } from 'node:fs';
import type { Config } from '../kernel/config/config.js';
import { dataPaths } from '../stores/open-stores.js';
import type { Clock } from '../kernel/time/clock.js';
import type { AccessLog } from './access-log.js';
import { SqliteAccessLog } from './sqlite/sqlite-access-log.js';
import { MemoryAccessLog } from './store/memory-access-log.js';

/** Where the access log lies in the data folder. */
export function accessLogPath(dataDir: string): string {
  return dataPaths(dataDir).accessLog;
}

/**
 * Opens the access log of a register with this configuration; the first opening makes it.
 * @returns undefined where none is kept
 * @throws AccessLogUnavailable
 */
export async function openAccessLog(
  { accessLog, eventStore, dataDir }: Pick<Config, 'accessLog' | 'eventStore' | 'dataDir'>,
  clock: Clock,
): Promise<AccessLog | undefined> {
  if (!accessLog) return undefined;
  if (eventStore === 'memory') return new MemoryAccessLog(clock);
  return SqliteAccessLog.open({ path: accessLogPath(dataDir), clock });
}

/** Whether an access log was begun. */
export function accessLogIsThere({ dataDir }: Pick<Config, 'dataDir'>): boolean {
  return existsSync(accessLogPath(dataDir));
}

/** Opens an access log that is there, to be read. @throws AccessLogUnavailable */
export async function openAccessLogForReading({ dataDir }: Pick<Config, 'dataDir'>): Promise<AccessLog> {
  return SqliteAccessLog.open({ path: accessLogPath(dataDir), readOnly: true });
}
