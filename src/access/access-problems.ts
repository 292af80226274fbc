import { problemTypes } from '../kernel/http/problem.js';

/** Why somebody who has signed in may not do what she asks. */
export const accessProblems = problemTypes({
  NOT_ALLOWED: [
    403,
    'Uppdraget ger inte behörighet till detta',
    'Vad dina roller ger behörighet till står på /api/v1/me och /api/v1/access/policy.',
  ],
});
