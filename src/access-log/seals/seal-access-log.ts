import type { SigningKey } from '../../kernel/integrity/signing-key.js';
import type { Clock } from '../../kernel/time/clock.js';
import type { AccessHead, AccessLog } from '../access-log.js';
import { readAccessSeal, sealHash, signAccessSeal } from './access-seal.js';
import type { AccessSealFile } from './access-seal-file.js';

/**
 * Signs where the access log has come to, unless that was signed last.
 * @returns the hash of what was signed last; undefined while there is nothing to sign
 * @throws AccessLogUnavailable
 */
export async function sealAccessLog(
  log: AccessLog,
  seals: AccessSealFile,
  key: SigningKey,
  register: string,
  clock: Clock,
): Promise<string | undefined> {
  const heads = await log.heads();
  const last = seals.last();
  if (heads.length === 0) return last === undefined ? undefined : sealHash(last);
  const before = last === undefined ? undefined : readAccessSeal(last);
  if (last !== undefined && before && isSame(before.heads, heads)) return sealHash(last);
  const note = signAccessSeal({ register, at: clock.now(), heads }, key);
  seals.add(note);
  return sealHash(note);
}

function isSame(one: readonly AccessHead[], other: readonly AccessHead[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ node, n, hash }) =>
      other.some((head) => head.node === node && head.n === n && Buffer.compare(head.hash, hash) === 0),
    )
  );
}
