import type { FastifyRequest } from 'fastify';
import { httpProblems } from '../kernel/http/http-problems.js';
import { Problem } from '../kernel/http/problem.js';

/**
 * What a form of a page sent.
 * @throws Problem UNSUPPORTED_MEDIA_TYPE for a body that no form sends
 */
export function formOf({ body }: Pick<FastifyRequest, 'body'>): URLSearchParams {
  if (body instanceof URLSearchParams) return body;
  throw new Problem(httpProblems.UNSUPPORTED_MEDIA_TYPE);
}
