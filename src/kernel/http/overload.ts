import type { FastifyInstance } from 'fastify';
import { isObservability } from '../observability/observed.js';
import { httpProblems } from './http-problems.js';
import { Problem, type Refuse } from './problem.js';

/** So many calls are worked on at once; each may hold a body of a MiB and waits for the disk. */
export const REQUESTS_AT_ONCE = 512;

/** Told to callers that came too many; in seconds. */
const RETRY_AFTER = '1';

/**
 * Refuses what comes while too many calls are under way, before its body is read, so that those under way are answered
 * in good time. It is over by itself as soon as they are. Health and metrics are always answered.
 */
export function shedOverload(fastify: FastifyInstance, atOnce: number, refuse: Refuse): void {
  let underWay = 0;
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isObservability(request.routeOptions.url)) return done();
    if (underWay >= atOnce)
      return refuse(new Problem(httpProblems.OVERLOADED, { headers: { 'retry-after': RETRY_AFTER } }), request, reply);
    underWay += 1;
    // Comes once, whether it was answered or the caller went away.
    reply.raw.once('close', () => {
      underWay -= 1;
    });
    done();
  });
}
