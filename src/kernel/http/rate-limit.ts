import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isObservability } from '../observability/observed.js';
import { httpProblems } from './http-problems.js';
import { Problem, type Refuse } from './problem.js';

const MINUTE_MS = 60_000;
/** So many callers are told apart; of more, those that called longest ago are counted anew. */
const CALLERS = 10_000;

/**
 * Refuses what one caller sends beyond so many calls a minute, counted from the first of them, before its body is read.
 * It is over by itself when the minute is. Health and metrics are always answered. Counted in this process: several
 * behind one gateway allow so many each.
 * @param callsAMinute how many calls of one caller are taken
 * @param countedFor whose call it is
 * @param refuse how a refusal is answered
 */
export async function limitRate(
  fastify: FastifyInstance,
  callsAMinute: number,
  countedFor: (request: FastifyRequest) => string,
  refuse: Refuse,
): Promise<void> {
  await fastify.register(rateLimit, {
    global: false,
    max: callsAMinute,
    timeWindow: MINUTE_MS,
    cache: CALLERS,
    keyGenerator: countedFor,
  });
  const count = fastify.createRateLimit();
  fastify.addHook('onRequest', async (request, reply) => {
    if (isObservability(request.routeOptions.url)) return undefined;
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return undefined;
    refuse(
      new Problem(httpProblems.RATE_LIMITED, { headers: { 'retry-after': String(counted.ttlInSeconds) } }),
      request,
      reply,
    );
    return reply;
  });
}
