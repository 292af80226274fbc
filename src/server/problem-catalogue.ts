import { episodeRefusals } from '../steps/care-episodes/domain/refusals.js';
import { accessRefusals } from '../steps/access/domain/refusals.js';
import { entryRefusals } from '../steps/entries/domain/refusals.js';
import { recipientRefusals } from '../steps/recipients/domain/refusals.js';
import { ownAccessRefusals } from '../recording/own-access.js';
import { problemOfRefusal, recordingProblems } from '../recording/recording-problems.js';
import { staffRefusals } from '../steps/staff/domain/refusals.js';
import { unitRefusals } from '../steps/units/domain/refusals.js';
import { accessProblems } from '../access/access-problems.js';
import { httpProblems } from '../kernel/http/http-problems.js';
import type { ProblemType } from '../kernel/http/problem.js';
import { projectionProblems } from '../answers/projections/projection-problems.js';
import { accessLogProblems } from '../access-log/http/access-log-problems.js';
import { documentProblems } from '../documents/document-problems.js';
import { answerProblems } from '../judgement/answer-problems.js';

const refusals = [
  episodeRefusals,
  staffRefusals,
  recipientRefusals,
  unitRefusals,
  entryRefusals,
  accessRefusals,
  ownAccessRefusals,
];

/** Every error that the API can be answered with, in order of code. */
export const problemCatalogue: readonly ProblemType[] = [
  ...[
    httpProblems,
    accessProblems,
    accessLogProblems,
    recordingProblems,
    answerProblems,
    projectionProblems,
    documentProblems,
  ].flatMap((types): ProblemType[] => Object.values(types)),
  ...refusals.flatMap((types) => Object.values(types).map(problemOfRefusal)),
].sort((a, b) => (a.code < b.code ? -1 : 1));
