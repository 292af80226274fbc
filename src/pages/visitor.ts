import type { FastifyRequest } from 'fastify';
import { callerOf } from '../kernel/http/caller.js';

/** Who looks at a page, as far as the page has to know. */
export interface Visitor {
  /** False where nobody signs in: then pages only read. */
  readonly signedIn: boolean;
  /** Shown to herself in the head of each page. */
  readonly name?: string;
}

/** The visitor of a call. */
export function visitorOf(request: FastifyRequest): Visitor {
  const caller = callerOf(request);
  if (!caller) return { signedIn: false };
  return { signedIn: true, ...(caller.name === undefined ? {} : { name: caller.name }) };
}
