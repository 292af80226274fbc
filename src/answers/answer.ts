import type { Basis, Known } from '../judgement/read-model.js';

/** What every answer says about what it rests on. */
export interface AnswerBasis {
  /**
   * The knowledge instant of the last entry that was taken in. Asked again with it the answer is the same for ever, but
   * for what was forgotten since, and as long as the rules have the same versions.
   */
  readonly knownAt: string;
  /** The knowledge time that was asked for. */
  readonly requestedKnownAt?: string;
  /**
   * Shown where a knowledge time was asked for: whether the log goes on behind it, so that nothing more can come to it.
   */
  readonly closed?: boolean;
  readonly position: string;
  /** The log held more when the question came than the answer takes in. */
  readonly late?: true;
  /** Something it rests on still waits to be judged again: the same question may be answered otherwise. */
  readonly waiting?: true;
  /** Something it rests on could not be applied and was parked: the answer is incomplete. */
  readonly parked?: true;
  /** Swedish: that nothing was known yet at the knowledge time that was asked for. */
  readonly warning?: string;
}

/** Said when a question asks for a knowledge time at which nothing had been recorded yet. */
export const BEFORE_THE_REGISTER = 'Registret hade inte tagits i bruk vid kunskapstidpunkten: ingenting var känt.';

/** The basis as answers show it; the marks are there only when they say something. */
export function shown({
  knownAt,
  requestedKnownAt,
  closed,
  position,
  facts,
  late,
  waiting,
  parked,
}: Known & Partial<Pick<Basis, 'waiting' | 'parked'>>): AnswerBasis {
  return {
    knownAt,
    ...(requestedKnownAt === undefined ? {} : { requestedKnownAt }),
    ...(closed === undefined ? {} : { closed }),
    position: String(position),
    ...(late ? { late } : {}),
    ...(waiting ? { waiting } : {}),
    ...(parked ? { parked } : {}),
    ...(requestedKnownAt !== undefined && facts === 0 ? { warning: BEFORE_THE_REGISTER } : {}),
  };
}
