import type { PublicKey } from '../../kernel/integrity/signing-key.js';
import type { AccessLog, DisposedAccess, RawAccess } from '../access-log.js';
import { ACCESS_CHAIN_START, accessHash } from '../access-record.js';
import { isSealedBy, readAccessSeal, sealHash } from '../seals/access-seal.js';

/**
 * What can be wrong with an access log:
 * - `CHANGED`: a record's bytes, or what its chain comes to, are not what they were
 * - `UNREADABLE`: what lies there is no record
 * - `COLUMN_DIFFERS`: what stands beside the bytes says something else than they do
 * - `MISSING`, `REORDERED`: records of the node are missing before it, doubled or out of order
 * - `TIME_BACKWARDS`: it says an earlier time than the one before it
 * - `NOT_AS_SEALED`, `CUT_OFF`: it is not the record that was signed, or what was signed is not there
 * - `INDEX_DIFFERS`: records are not found by their persons and readers, or the file is not as the program made it
 * - `SEAL_NOT_SIGNED`, `SEAL_MISSING`: a seal is not by the register's key, or one that a checkpoint names is gone
 */
export type AccessFindingCode =
  | 'CHANGED'
  | 'UNREADABLE'
  | 'COLUMN_DIFFERS'
  | 'MISSING'
  | 'REORDERED'
  | 'TIME_BACKWARDS'
  | 'NOT_AS_SEALED'
  | 'CUT_OFF'
  | 'INDEX_DIFFERS'
  | 'SEAL_NOT_SIGNED'
  | 'SEAL_MISSING';

export interface AccessFinding {
  readonly code: AccessFindingCode;
  readonly node?: string;
  /** The number of the record within its node. */
  readonly n?: number;
  /** In English, without personal data. */
  readonly message: string;
}

export interface AccessVerifyReport {
  readonly ok: boolean;
  readonly checked: number;
  readonly findings: readonly AccessFinding[];
  /** Records that a seal vouches for, directly or by what comes after them. */
  readonly sealed: number;
  readonly unsealed: number;
  readonly disposed: number;
}

export interface WhatVouches {
  /** What was signed of the log, oldest first. */
  readonly notes: readonly string[];
  readonly publicKey?: PublicKey;
  /** The hash of the seal that the last checkpoint of the event log names. */
  readonly named?: string;
}

interface End {
  readonly n: number;
  readonly hash: Uint8Array;
  readonly at: string;
}

/**
 * Verifies an access log: each record against its bytes, its chain and its time, all of them against what was signed.
 * It reads the log once. @throws AccessLogUnavailable
 */
export async function verifyAccessLog(log: AccessLog, vouches: WhatVouches): Promise<AccessVerifyReport> {
  const findings: AccessFinding[] = [];
  const disposed = await log.disposed();
  const seals = readSeals(vouches, findings);
  const ends = new Map<string, End>(disposed.map(({ node, n, hash }) => [node, { n, hash, at: '' }]));
  let checked = 0;
  let unsealed = 0;
  for await (const raw of log.raw()) {
    checked += 1;
    if (raw.n > (seals.upTo.get(raw.node) ?? 0)) unsealed += 1;
    findings.push(...faultsOf(raw, ends.get(raw.node), seals.hashes.get(`${raw.node} ${raw.n}`)));
    const before = ends.get(raw.node)?.at ?? '';
    ends.set(raw.node, { n: raw.n, hash: raw.hash, at: raw.at > before ? raw.at : before });
  }
  for (const [node, upTo] of seals.upTo) {
    const end = ends.get(node)?.n ?? 0;
    if (end < upTo)
      findings.push({
        code: 'CUT_OFF',
        node,
        n: end + 1,
        message: `${upTo - end} record(s) that were signed are missing after record ${end}`,
      });
  }
  for (const message of await log.misplaced()) findings.push({ code: 'INDEX_DIFFERS', message });
  return {
    ok: findings.length === 0,
    checked,
    findings,
    sealed: checked - unsealed,
    unsealed,
    disposed: disposed.reduce((sum, { count }: DisposedAccess) => sum + count, 0),
  };
}

/** What is wrong with one record, given the one before it in its node and what was signed of it. */
function faultsOf(raw: RawAccess, last: End | undefined, sealed: Uint8Array | undefined): AccessFinding[] {
  const { node, n, bytes, hash, record } = raw;
  const found = (code: AccessFindingCode, message: string): AccessFinding => ({ code, node, n, message });
  const before = last ?? { n: 0, hash: ACCESS_CHAIN_START, at: '' };
  const faults: AccessFinding[] = [];
  if (!record) faults.push(found('UNREADABLE', 'what lies there is no record'));
  else if (record.node !== node || record.n !== n || record.at !== raw.at)
    faults.push(found('COLUMN_DIFFERS', `beside it stands another node, number or time than in it`));
  if (n > before.n + 1)
    faults.push(found('MISSING', `${n - before.n - 1} record(s) are missing between ${before.n} and ${n}`));
  else if (n <= before.n) faults.push(found('REORDERED', `it stands after record ${before.n}`));
  if (n === before.n + 1 && Buffer.compare(accessHash(before.hash, bytes), hash) !== 0)
    faults.push(found('CHANGED', 'it, or the record before it, is not what was recorded'));
  if (raw.at < before.at) faults.push(found('TIME_BACKWARDS', `it says ${raw.at}, and the one before it ${before.at}`));
  if (sealed && Buffer.compare(sealed, hash) !== 0)
    faults.push(found('NOT_AS_SEALED', 'this, or something before it, is not what was signed'));
  return faults;
}

interface Sealed {
  /** What was signed of a record, by node and number. */
  readonly hashes: ReadonlyMap<string, Uint8Array>;
  /** The last number that was signed, by node. */
  readonly upTo: ReadonlyMap<string, number>;
}

function readSeals({ notes, publicKey, named }: WhatVouches, findings: AccessFinding[]): Sealed {
  const hashes = new Map<string, Uint8Array>();
  const upTo = new Map<string, number>();
  for (const [index, note] of notes.entries()) {
    const seal = readAccessSeal(note);
    if (!seal || (publicKey && !isSealedBy(note, publicKey))) {
      findings.push({ code: 'SEAL_NOT_SIGNED', message: `seal ${index + 1} is not by the register's key` });
      continue;
    }
    for (const { node, n, hash } of seal.heads) {
      hashes.set(`${node} ${n}`, hash);
      upTo.set(node, Math.max(n, upTo.get(node) ?? 0));
    }
  }
  if (named !== undefined && !notes.some((note) => sealHash(note) === named))
    findings.push({ code: 'SEAL_MISSING', message: 'a checkpoint of the event log names a seal that is not there' });
  return { hashes, upTo };
}
