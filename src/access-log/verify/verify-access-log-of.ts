import { existsSync } from 'node:fs';
import type { Config } from '../../kernel/config/config.js';
import { signedHere } from '../../stores/open-heads.js';
import { keptPublicKey } from '../../stores/open-notary.js';
import type { sealPaths } from '../../stores/seal-paths.js';
import { accessLogIsThere, openAccessLogForReading } from '../open-access-log.js';
import { AccessSealFile } from '../seals/access-seal-file.js';
import { accessSealPath } from '../seals/access-seal-path.js';
import { type AccessVerifyReport, verifyAccessLog, type WhatVouches } from './verify-access-log.js';

/**
 * Verifies the access log of a register as it lies, with what was signed of it.
 * @returns undefined where there is none, and nothing says that there was
 * @throws AccessLogUnavailable, IntegrityError
 */
export async function verifyAccessLogOf(
  config: Pick<Config, 'dataDir' | 'eventStore'> & Partial<Pick<Config, 'signingKeyFile'>>,
): Promise<AccessVerifyReport | undefined> {
  const vouches = await whatVouches(config);
  if (!accessLogIsThere(config)) {
    if (vouches.notes.length === 0 && vouches.named === undefined) return undefined;
    const message = 'something was signed of an access log, but there is none: it was lost or taken away';
    return { ok: false, checked: 0, findings: [{ code: 'CUT_OFF', message }], sealed: 0, unsealed: 0, disposed: 0 };
  }
  const log = await openAccessLogForReading(config);
  try {
    return await verifyAccessLog(log, vouches);
  } finally {
    await log.close();
  }
}

async function whatVouches(config: Parameters<typeof sealPaths>[0]): Promise<WhatVouches> {
  const path = accessSealPath(config.dataDir);
  const seals = existsSync(path) ? AccessSealFile.open(path, true) : undefined;
  const head = (await signedHere(config))?.signed.checkpoint;
  const publicKey = keptPublicKey(config);
  try {
    return {
      notes: seals?.all() ?? [],
      ...(publicKey && { publicKey }),
      ...(head?.v === 2 && head.access !== undefined && { named: head.access }),
    };
  } finally {
    seals?.close();
  }
}
