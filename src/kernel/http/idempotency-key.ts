import { httpProblems } from './http-problems.js';
import { Problem } from './problem.js';

const FORM = /^[\x21-\x7E]{1,200}$/;

/**
 * Reads `Idempotency-Key`: what the caller calls the command, so that sending it again does not do it again.
 * @returns undefined when the header is missing
 * @throws Problem IDEMPOTENCY_KEY_MALFORMED
 */
export function parseIdempotencyKey(header: unknown): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || !FORM.test(header)) throw new Problem(httpProblems.IDEMPOTENCY_KEY_MALFORMED);
  return header;
}
