import { sqliteFailure } from '../sqlite/sqlite.js';

/**
 * What can be wrong with the evidence:
 * - `SIGNING_KEY_UNUSABLE`: the file holds no key that can sign
 * - `SEALS_UNUSABLE`: the file with the seals is not ours, newer than the program, busy or damaged
 * - `SEALS_INCONSISTENT`: the tree of the seals no longer has the root that was signed
 * - `LOG_NOT_CONTINUED`: the log does not go on where it was last sealed; it was cut off, changed or exchanged
 */
export type IntegrityProblem = 'SIGNING_KEY_UNUSABLE' | 'SEALS_UNUSABLE' | 'SEALS_INCONSISTENT' | 'LOG_NOT_CONTINUED';

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
