/** Why a line of a history file is turned away (contract §2). There are no other reasons: everything else happened. */
export type RejectCode =
  | 'NOT_JSON'
  | 'TOO_LONG'
  | 'TOO_DEEP'
  | 'UNKNOWN_TYPE'
  | 'WRONG_STREAM'
  | 'INVALID'
  | 'IMPOSSIBLE_DATE'
  | 'NOT_OPENED'
  | 'OPENED_TWICE'
  | 'UNKNOWN_REFERENCE'
  | 'ID_TAKEN'
  | 'REF_CONFLICT'
  | 'CYCLE'
  /** It gives access, and the import has no leave to. */
  | 'GIVES_ACCESS'
  /** The person was forgotten in this register: a fence keeps them from coming back. */
  | 'PERSON_FORGOTTEN';

/** A line turned away. The reason names fields and ids, never what stands in a personal field. */
export class Reject extends Error {
  constructor(
    readonly code: RejectCode,
    readonly reason: string,
  ) {
    super(`${code}: ${reason}`);
  }
}
