import type { Disturbance } from '../../kernel/event-store/event-store.js';
import type { IntegrityProblem } from '../../kernel/integrity/integrity-error.js';

/**
 * What can be wrong with a log:
 * - `CHANGED`: the event's bytes, its hash or the one before it in its stream are not what they were
 * - `COLUMN_DIFFERS`: what the store keeps beside the bytes says something else than the bytes
 * - `REVISION_BROKEN`: events of the stream are missing before it, doubled or out of order
 * - `MISSING`, `NOT_AS_SEALED`, `INSERTED`, `REORDERED`: the log is not what was sealed, at this place
 * - `POSITION_BROKEN`, `TIME_BACKWARDS`, `ID_TWICE`: positions have gaps, times run backwards, an id stands there twice
 * - `ID_NOT_FOUND`: what ids are found by does not lead to the event: sent again it could be recorded twice
 * - `UNREADABLE`: the file is damaged there, and what lies there cannot be read
 * - `SCHEMA_DIFFERS`: a table, an index or a trigger of the log's file is missing or another
 * - `CUT_OFF`: sealed events are missing at the end
 * - `CHECKPOINT_NOT_SIGNED`, `CHECKPOINTS_BROKEN`: a checkpoint is not signed with this key, or does not continue the
 * one before
 * - `CHECKPOINT_MISSING`: there is a public key, but nothing that was signed with it
 * - `ROOT_DIFFERS`: the tree of the log does not have the root that a checkpoint vouches for
 * - `NOT_WITNESSED`, `WITNESS_CONTRADICTS`: a witness that is trusted signed no checkpoint of the log, or another one
 * - `STREAM_TRUNCATED`, `STREAM_DELETED`, `STREAM_LIMITED`: others hid a stream on the server, or part of it, or will
 * - `FOREIGN_EVENT`: somebody else wrote into a stream of the register; it is passed over
 * - those of {@link IntegrityProblem}: seals, keys and what was signed last do not fit each other
 */
export type FindingCode =
  | 'CHANGED'
  | 'COLUMN_DIFFERS'
  | 'REVISION_BROKEN'
  | 'MISSING'
  | 'NOT_AS_SEALED'
  | 'INSERTED'
  | 'REORDERED'
  | 'POSITION_BROKEN'
  | 'TIME_BACKWARDS'
  | 'ID_TWICE'
  | 'ID_NOT_FOUND'
  | 'UNREADABLE'
  | 'SCHEMA_DIFFERS'
  | 'CUT_OFF'
  | 'CHECKPOINT_NOT_SIGNED'
  | 'CHECKPOINTS_BROKEN'
  | 'CHECKPOINT_MISSING'
  | 'ROOT_DIFFERS'
  | 'NOT_WITNESSED'
  | 'WITNESS_CONTRADICTS'
  | Disturbance['code']
  | IntegrityProblem;

export interface Finding {
  readonly code: FindingCode;
  /** Where in the log; absent when it is about the log as a whole. */
  readonly position?: bigint;
  readonly event?: string;
  readonly stream?: string;
  /** In English, without personal data. */
  readonly message: string;
}

/** Keeps the first findings and counts them all: a log that was exchanged has as many as it has events. */
export class Findings {
  static readonly KEPT = 1000;
  readonly kept: Finding[] = [];
  count = 0;

  add(finding: Finding): void {
    this.count += 1;
    if (this.kept.length < Findings.KEPT) this.kept.push(finding);
  }
}
