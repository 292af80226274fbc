import { problemTypes } from '../../kernel/http/problem.js';

/** What can keep the views from being built anew over HTTP. */
export const projectionProblems = problemTypes({
  NO_BACKGROUND_REBUILD: [
    409,
    'Vyerna kan inte byggas om i bakgrunden',
    'Registret håller sina data i minnet. Där finns inget att bygga om i bakgrunden.',
  ],
});
