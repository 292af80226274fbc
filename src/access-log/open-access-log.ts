import { join } from 'node:path';
import type { Config } from '../kernel/config/config.js';
import type { Clock } from '../kernel/time/clock.js';
import type { AccessLog } from './access-log.js';
import { SqliteAccessLog } from './sqlite/sqlite-access-log.js';
import { MemoryAccessLog } from './store/memory-access-log.js';

/** Where the access log lies in the data folder. */
export function accessLogPath(dataDir: string): string {
  return join(dataDir, 'access', 'access.sqlite');
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
