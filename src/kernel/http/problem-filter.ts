import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { httpProblems } from './http-problems.js';
import { asksForPage, type PagesBeside } from './pages-beside.js';
import { safeErrorFields } from './safe-error.js';
import { Problem, problemDocument } from './problem.js';
import type { ProblemMapping } from './problem-of.js';

/**
 * Answers everything that was thrown as problem+json, or as a page to who asked for one. What was not foreseen is a 500 that tells the caller nothing but
 * where to ask.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly problemOf: ProblemMapping,
    private readonly logger: Logger,
    private readonly pages?: Pick<PagesBeside, 'problemPage'>,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Also for what goes wrong before or beside Nest. */
  answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = thrown instanceof Problem ? thrown : this.problemOf(thrown, request);
    const { type, occurrence } = problem;
    if (type === httpProblems.LEVEL_TOO_LOW && request.signInAgain !== undefined) {
      void reply.redirect(request.signInAgain, 303);
      return;
    }
    // Telling of every call that an overload sheds would make it worse.
    if (type.status >= 500 && type !== httpProblems.OVERLOADED)
      this.logger.error(
        { correlationId: request.id, code: type.code, route: request.routeOptions?.url, ...safeErrorFields(thrown) },
        'request failed',
      );
    void reply
      .status(type.status)
      .headers({ 'x-correlation-id': request.id, 'cache-control': 'no-store', ...occurrence.headers });
    if (this.pages && asksForPage(request)) {
      const { html, headers } = this.pages.problemPage(problem, request);
      void reply.headers(headers).send(html);
      return;
    }
    void reply
      .header('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify(problemDocument(type, occurrence, request.id)));
  }
}
