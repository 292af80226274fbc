/**
 * What can be wrong beyond what `verify` finds in the log:
 * - `FILE_DAMAGED`: the log's file is not what SQLite wrote: a page, or an index that does not lead to its rows
 * - `NOT_READABLE`: an entry that nobody can read: it is damaged, or a newer program wrote it
 * - `NOT_OPENED`: what an entry seals cannot be opened, although its person was not forgotten: the key is missing or
 * another one
 * - `FORGOTTEN_BUT_KEYED`: the log says that a person was forgotten, but the person's key is there (again)
 * - `FORGOTTEN_WITHOUT_ENTRY`: a person's key is destroyed or kept back, but the log does not say that this was decided
 * - `ROW_MISSING`, `ROW_DIFFERS`, `ROW_TOO_MANY`: a view does not hold what the log says
 * - `PARKED`: an episode cannot be judged, and nobody decided to go on without it
 */
export type CheckCode =
  | 'FILE_DAMAGED'
  | 'NOT_READABLE'
  | 'NOT_OPENED'
  | 'FORGOTTEN_BUT_KEYED'
  | 'FORGOTTEN_WITHOUT_ENTRY'
  | 'ROW_MISSING'
  | 'ROW_DIFFERS'
  | 'ROW_TOO_MANY'
  | 'PARKED';

export interface CheckFinding {
  readonly code: CheckCode;
  /** In English, without personal data: which entry or row, and what is wrong with it. */
  readonly message: string;
}

/** Keeps the first findings and counts them all. */
export class CheckFindings {
  static readonly KEPT = 200;
  readonly kept: CheckFinding[] = [];
  count = 0;

  add(code: CheckCode, message: string): void {
    this.count += 1;
    if (this.kept.length < CheckFindings.KEPT) this.kept.push({ code, message });
  }
}
