/**
 * What can be wrong with the keys:
 * - `MASTER_KEY_MISSING`, `MASTER_KEY_WRONG`: there is none, or it is not the one that wrapped these keys
 * - `KEY_STORE_MISSING`: the log has entries, but the store with their keys is not there
 * - `KEY_STORE_MISMATCH`: the key store and the log belong to different registers, or the log is gone and its keys are
 * there
 * - `KEY_STORE_ROTATED`: another process changed the master key, or was broken off while it did; start again with the
 * new one
 * - `KEY_STORE_BUSY`: other processes hold its lock; trying again is safe
 * - `KEY_STORE_UNAVAILABLE`: its server cannot be reached or takes nothing now; trying again is safe
 * - `KEY_STORE_UNUSABLE`: not ours, newer than the program, read-only, full or damaged
 */
export type KeyStoreProblem =
  | 'MASTER_KEY_MISSING'
  | 'MASTER_KEY_WRONG'
  | 'KEY_STORE_MISSING'
  | 'KEY_STORE_MISMATCH'
  | 'KEY_STORE_ROTATED'
  | 'KEY_STORE_BUSY'
  | 'KEY_STORE_UNAVAILABLE'
  | 'KEY_STORE_UNUSABLE';

/** An error of the key store or the master key: typed, without personal data and without key bytes. */
export class KeyStoreError extends Error {
  constructor(
    readonly code: KeyStoreProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
