import type { AccessVerified, VerificationProtocol } from '../../kernel/observability/verification-protocol.js';
import { programVersion } from '../../kernel/program-version.js';
import type { PublicKey } from '../../kernel/integrity/signing-key.js';
import { type SignedCheckpoint, originIn } from '../../kernel/integrity/checkpoint.js';
import { toldCheckpoint } from '../../kernel/integrity/told-checkpoint.js';
import { witnessedBy, type WitnessStatus } from '../witness/witness-rounds.js';
import { witnessFigures } from '../witness/witness-figures.js';
import type { VerifyReport } from './verify.js';

/** So many findings stand in a protocol: who reads it on paper needs the first, and how many there are. */
const FINDINGS = 100;

/** What a protocol says besides what was found. */
export interface ProtocolOf {
  readonly register: string;
  readonly asked: VerificationProtocol['asked'];
  readonly startedAt: string;
  readonly endedAt: string;
  readonly part?: { readonly from?: bigint | undefined; readonly to?: bigint | undefined };
  /** Checkpoints among which is the one that the log was compared with, and the key that they are signed with. */
  readonly checkpoints: readonly (SignedCheckpoint | undefined)[];
  readonly key?: PublicKey | undefined;
  readonly witnesses: readonly WitnessStatus[];
  /** How many of them make a checkpoint witnessed. */
  readonly needed: number;
  readonly accessLog?: AccessVerified | undefined;
}

/** The protocol of a verification, as it is filed. */
export function protocolOf(
  { ok, checked, sealed, unsealed, count, backwards, findings, witnessed, checkpoint }: VerifyReport,
  { register, asked, startedAt, endedAt, part, checkpoints, key, witnesses, needed, accessLog }: ProtocolOf,
): VerificationProtocol {
  const signed = checkpoints.find(
    (one) => one?.checkpoint.size === checkpoint?.size && one?.checkpoint.root === checkpoint?.root,
  );
  const said = {
    ...(part?.from === undefined ? {} : { from: String(part.from) }),
    ...(part?.to === undefined ? {} : { to: String(part.to) }),
  };
  return {
    register,
    program: programVersion(),
    asked,
    startedAt,
    endedAt,
    result: ok && accessLog?.ok !== false ? 'VERIFIED' : 'NOT_VERIFIED',
    ...(Object.keys(said).length === 0 ? {} : { part: said }),
    counts: { checked, sealed, unsealed, findings: count, backwards: backwards.count },
    ...(signed ? { checkpoint: toldCheckpoint(signed) } : {}),
    ...(signed && key
      ? { key: { id: key.id, pem: key.toPem(), vkey: key.forNotes(originIn(signed.checkpoint)) } }
      : {}),
    witnesses: witnesses.map(witnessFigures),
    ...(witnesses.length === 0 ? {} : { witnessed: { needed, size: witnessedBy(witnesses, needed)?.size ?? 0 } }),
    ...(witnessed === undefined ? {} : { trusted: witnessed.map(({ name, size, at }) => ({ name, size, at })) }),
    findings: findings.slice(0, FINDINGS).map(({ code, position, event, stream, message }) => ({
      code,
      ...(position === undefined ? {} : { position: String(position) }),
      ...(event === undefined ? {} : { event }),
      ...(stream === undefined ? {} : { stream }),
      message,
    })),
    ...(accessLog === undefined ? {} : { accessLog }),
  };
}
