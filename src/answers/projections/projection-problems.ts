import { problemTypes } from '../../kernel/http/problem.js';

/** What can keep the views from being built anew over HTTP. */
export const projectionProblems = problemTypes({
  NO_BACKGROUND_REBUILD: [
    409,
    'Vyerna kan inte byggas om vid sidan av',
    'Registret håller sina data i minnet. Där finns inget att bygga om vid sidan av.',
  ],
});
