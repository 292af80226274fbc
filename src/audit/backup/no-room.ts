import { sqliteFailure } from '../../kernel/sqlite/sqlite.js';

/** No room, a limit on the size of files, and a quota. */
const NO_ROOM = new Set(['ENOSPC', 'EFBIG', 'EDQUOT']);

/** Whether an error, or what it came from, says that something could not be written for want of room. */
export function isWantOfRoom(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const failure = sqliteFailure(error);
  // A limit on the size of a file comes as IOERR and not as FULL.
  if (failure === 'FULL' || failure === 'IOERR') return true;
  return ('code' in error && NO_ROOM.has(String(error.code))) || isWantOfRoom(error.cause);
}
