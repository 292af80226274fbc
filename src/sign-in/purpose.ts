import { type Purpose, PURPOSES } from '../kernel/http/caller.js';
import { httpProblems } from '../kernel/http/http-problems.js';
import { Problem } from '../kernel/http/problem.js';

/**
 * What a call is for, by `X-Purpose`; everyday work where it says nothing.
 * @throws Problem VALIDATION_FAILED for what is no purpose
 */
export function purposeOf(header: string | readonly string[] | undefined): Purpose {
  if (header === undefined || header === '') return 'DAILY';
  const purpose = PURPOSES.find((one) => one === header);
  if (purpose !== undefined) return purpose;
  throw new Problem(httpProblems.VALIDATION_FAILED, {
    errors: [{ path: 'X-Purpose', message: `måste vara något av ${PURPOSES.join(', ')}` }],
  });
}
