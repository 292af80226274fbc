import type { Config } from '../../kernel/config/config.js';
import type { SigningKey } from '../../kernel/integrity/signing-key.js';
import type { Clock } from '../../kernel/time/clock.js';
import type { AccessLog } from '../access-log.js';
import { accessLogIsThere, openAccessLogForReading } from '../open-access-log.js';
import { AccessSealFile } from './access-seal-file.js';
import { accessSealPath } from './access-seal-path.js';
import { sealAccessLog } from './seal-access-log.js';

export interface SigningOfAccess {
  /** Signs where the log has come to. @returns the hash of what was signed last, for the checkpoint to name */
  sign(key: SigningKey, register: string): Promise<string | undefined>;
  close(): void;
}

/** What the notary asks before it signs a checkpoint. @throws AccessLogUnavailable, the driver's error */
export function signingOfAccess(dataDir: string, log: AccessLog, clock: Clock): SigningOfAccess {
  const seals = AccessSealFile.open(accessSealPath(dataDir));
  let working: Promise<unknown> = Promise.resolve();
  return {
    sign: (key, register) => {
      const signed = working.then(() => sealAccessLog(log, seals, key, register, clock));
      working = signed.catch(() => undefined);
      return signed;
    },
    close: () => seals.close(),
  };
}

/**
 * Signs where an access log has come to that no server has open here.
 * @returns undefined where there is none @throws AccessLogUnavailable, the driver's error
 */
export async function signAccessOnce(
  config: Pick<Config, 'dataDir'>,
  clock: Clock,
  key: SigningKey,
  register: string,
): Promise<string | undefined> {
  if (!accessLogIsThere(config)) return undefined;
  const log = await openAccessLogForReading(config);
  const signing = signingOfAccess(config.dataDir, log, clock);
  try {
    return await signing.sign(key, register);
  } finally {
    signing.close();
    await log.close();
  }
}
