import type { FastifyRequest } from 'fastify';
import { handledPath } from './handled-path.js';
import type { Problem } from './problem.js';

/** A document for people, ready to be sent. */
export interface Page {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What lies beside the API in the same server, for people who have a browser. */
export interface PagesBeside {
  /** The routes that lie outside the API's path, as their handlers have them, without the first slash. */
  readonly routes: readonly string[];
  /** The page that says what is wrong to somebody who asked for a page. */
  problemPage(problem: Problem, request: FastifyRequest): Page;
}

/** Whether a call is a browser's for a page: programs that ask for anything get what the API answers. */
export function asksForPage(request: FastifyRequest): boolean {
  const beside = !/^\/(api|metrics|health)(\/|$)/.test(handledPath(request));
  return beside && (request.headers.accept ?? '').includes('text/html');
}
