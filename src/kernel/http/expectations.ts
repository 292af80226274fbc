import type { FastifyInstance } from 'fastify';
import { httpProblems } from './http-problems.js';
import { Problem, type Refuse } from './problem.js';

const CONTINUE = /^100-continue$/i;

/**
 * Refuses a call with an `Expect` that cannot be met (RFC 9110 §10.1.1): with 417, as Node does, but as a problem
 * document like everything else. HTTP/1.0 knows no expectations.
 */
export function meetExpectations(fastify: FastifyInstance, refuse: Refuse): void {
  // Node answers by itself unless somebody listens.
  fastify.server.on('checkExpectation', (...call: unknown[]) => fastify.server.emit('request', ...call));
  fastify.addHook('onRequest', (request, reply, done) => {
    const { expect } = request.headers;
    if (expect === undefined || CONTINUE.test(expect) || request.raw.httpVersion === '1.0') done();
    else refuse(new Problem(httpProblems.EXPECTATION_FAILED), request, reply);
  });
}
