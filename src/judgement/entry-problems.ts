import { Problem, problemTypes } from '../kernel/http/problem.js';

export const entryProblems = problemTypes({
  UNKNOWN_EVENT: [404, 'Händelsen finns inte', 'Kontrollera händelsens id.'],
});

/** The error for an entry that is not there. @param event what was asked for, where it is an id */
export function unknownEvent(event: string | undefined): Problem {
  return new Problem(entryProblems.UNKNOWN_EVENT, { members: event === undefined ? {} : { event } });
}
