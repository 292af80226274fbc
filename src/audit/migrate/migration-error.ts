/**
 * Why a log cannot be taken to another store:
 * - `NOT_A_BEGINNING`: the log that is there already is no beginning of the one to be copied
 * - `COPY_REFUSED`: the other store did not take an event
 * - `COPY_DIFFERS`: the copy is not the log that was copied
 * - `SEALS_DIFFER`: the log is not the one that was sealed
 */
export type MigrationProblem = 'NOT_A_BEGINNING' | 'COPY_REFUSED' | 'COPY_DIFFERS' | 'SEALS_DIFFER';

export class MigrationError extends Error {
  constructor(
    readonly code: MigrationProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
