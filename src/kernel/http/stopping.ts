import type { FastifyInstance } from 'fastify';
import { httpProblems } from './http-problems.js';
import { Problem, type Refuse } from './problem.js';

/** Told to callers that come while the server stops; in seconds. */
const RETRY_AFTER = '2';

/**
 * Lets a server end in order: what is under way is answered, what comes after the close has begun is refused with
 * STOPPING. Fastify would refuse it too, but not as a problem document: `return503OnClosing` must be off.
 */
export function stopInOrder(fastify: FastifyInstance, refuse: Refuse): void {
  let closing = false;
  fastify.addHook('preClose', async () => {
    closing = true;
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!closing) done();
    else refuse(new Problem(httpProblems.STOPPING, { headers: { 'retry-after': RETRY_AFTER } }), request, reply);
  });
  // A caller that is answered now must not keep its connection: the process would wait for it.
  fastify.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close');
  });
}
