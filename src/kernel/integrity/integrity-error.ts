import { sqliteFailure } from '../sqlite/sqlite.js';

/**
 * What can be wrong with the evidence:
 * - `SIGNING_KEY_UNUSABLE`: the file holds no key that can sign
 * - `SIGNING_KEY_MISSING`: something was signed, but the key is gone; another is never made in its place
 * - `PUBLIC_KEY_DIFFERS`: the public key beside the seals is not the signing key's
 * - `HEAD_UNUSABLE`, `HEAD_NOT_SIGNED`: what is kept beside the signing key cannot be read, or was not signed with it
 * - `HEAD_MISSING`: there are seals, and what was signed last was never taken over from them
 * - `SEALS_UNUSABLE`: the file with the seals is not ours, newer than the program, busy or damaged
 * - `SEALS_MISSING`, `SEALS_SHORTER`: something was signed, but the seals are gone, or hold less than that
 * - `SEALS_INCONSISTENT`: the tree of the seals no longer has the root that was signed
 * - `CHECKPOINT_NOT_SIGNED`: the last checkpoint in the seals is not signed with the register's key
 * - `LOG_NOT_CONTINUED`: the log does not go on where it was last sealed; it was cut off, changed or exchanged
 * - `NOT_THE_NOTARY`: another process signs now
 */
export type IntegrityProblem =
  | 'SIGNING_KEY_UNUSABLE'
  | 'SIGNING_KEY_MISSING'
  | 'PUBLIC_KEY_DIFFERS'
  | 'HEAD_UNUSABLE'
  | 'HEAD_NOT_SIGNED'
  | 'HEAD_MISSING'
  | 'SEALS_UNUSABLE'
  | 'SEALS_MISSING'
  | 'SEALS_SHORTER'
  | 'SEALS_INCONSISTENT'
  | 'CHECKPOINT_NOT_SIGNED'
  | 'LOG_NOT_CONTINUED'
  | 'NOT_THE_NOTARY';

export class IntegrityError extends Error {
  constructor(
    readonly code: IntegrityProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** An error of the driver, met while the seals were read, as one of the seals; any other as it is. */
export function asSealsError(error: unknown): unknown {
  const failure = sqliteFailure(error);
  return failure === undefined
    ? error
    : new IntegrityError('SEALS_UNUSABLE', `the seals cannot be read (${failure})`, { cause: error });
}
