import type { Basis } from '../judgement/read-model.js';

/** What every answer says about what it rests on. */
export interface AnswerBasis {
  readonly knownAt: string;
  readonly position: string;
  /** The answer may be behind the log: something recorded is not taken in yet, or waits to be judged again. */
  readonly late?: true;
  /** Something it rests on could not be applied and was parked: the answer is incomplete. */
  readonly parked?: true;
}

/** The basis as answers show it; the marks are there only when they say something. */
export function shown({ knownAt, position, late, parked }: Basis): AnswerBasis {
  return { knownAt, position: String(position), ...(late ? { late } : {}), ...(parked ? { parked } : {}) };
}
