import { episodeRefusals } from './features/care-episodes/domain/refusals.js';
import { entryRefusals } from './features/entries/domain/refusals.js';
import { recipientRefusals } from './features/recipients/domain/refusals.js';
import { problemOfRefusal, recordingProblems } from './features/recording/recording-problems.js';
import { staffRefusals } from './features/staff/domain/refusals.js';
import { unitRefusals } from './features/units/domain/refusals.js';
import { httpProblems } from './kernel/http/http-problems.js';
import type { ProblemType } from './kernel/http/problem.js';
import { projectionProblems } from './register/projection-problems.js';
import { answerProblems } from './views/answer-problems.js';

const refusals = [episodeRefusals, staffRefusals, recipientRefusals, unitRefusals, entryRefusals];

/** Every error that the API can be answered with, in order of code. */
export const problemCatalogue: readonly ProblemType[] = [
  ...[httpProblems, recordingProblems, answerProblems, projectionProblems].flatMap((types): ProblemType[] => Object.values(types)),
  ...refusals.flatMap((types) => Object.values(types).map(problemOfRefusal)),
].sort((a, b) => (a.code < b.code ? -1 : 1));
