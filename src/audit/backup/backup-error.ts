/**
 * What can be wrong with a backup, or with the place it is taken to:
 * - `NOTHING_TO_BACK_UP`: the log is empty
 * - `FOLDER_IN_USE`: the folder it is to go into holds something already
 * - `PLACES_OVERLAP`: log, keys and register are not each in a folder of its own
 * - `NOT_A_BACKUP`: there is no manifest, or none that can be read; a backup that was broken off has none
 * - `NEWER_FORMAT`: it was made by a newer program
 * - `FILE_DIFFERS`: a file is missing, or is not the one that the manifest names
 * - `NO_ROOM`: the disk that it goes to is full or fails
 * - `DOES_NOT_FIT`: the parts are each whole, but do not belong together or to this configuration
 */
export type BackupProblem =
  | 'NOTHING_TO_BACK_UP'
  | 'FOLDER_IN_USE'
  | 'PLACES_OVERLAP'
  | 'NOT_A_BACKUP'
  | 'NEWER_FORMAT'
  | 'FILE_DIFFERS'
  | 'NO_ROOM'
  | 'DOES_NOT_FIT';

export class BackupError extends Error {
  constructor(
    readonly code: BackupProblem,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
