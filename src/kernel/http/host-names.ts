import type { FastifyInstance, FastifyRequest } from 'fastify';
import { httpProblems } from './http-problems.js';
import { Problem, type Refuse } from './problem.js';

/** What a caller on this machine calls the server. */
const OWN_NAMES = ['localhost', '127.0.0.1', '[::1]'];

const AUTHORITY = /^(?<name>\[[^\]]*\]|[^:[\]]*)(?::\d{0,5})?$/;
const ABSOLUTE_TARGET = /^https?:\/\/([^/?#]*)/i;

/**
 * Refuses calls that are not addressed to this server, before anything of them is looked at. A page in somebody's
 * browser can have its own name resolve to this machine (DNS rebinding) and would read the answers as its own; the name
 * by which it calls the server gives it away.
 * @param names what the server is called besides {@link OWN_NAMES}; ports are not compared
 * @param refuse answers with HOST_NOT_SERVED; with MALFORMED_REQUEST where `Host` is missing (HTTP/1.0 may leave it
 * out), comes twice or names nothing
 */
export function serveOnly(fastify: FastifyInstance, names: readonly string[], refuse: Refuse): void {
  const served = new Set([...OWN_NAMES, ...names].map((name) => name.toLowerCase()));
  fastify.addHook('onRequest', (request, reply, done) => {
    const called = namesOf(request);
    if (called.some((name) => name === undefined)) refuse(new Problem(httpProblems.MALFORMED_REQUEST), request, reply);
    else if (called.some((name) => !served.has(name ?? '')))
      refuse(new Problem(httpProblems.HOST_NOT_SERVED), request, reply);
    else done();
  });
}

/** What a call says that the server is called: in `Host`, and in a target that is a whole URL, as proxies send it. */
function namesOf({ raw }: FastifyRequest): (string | undefined)[] {
  // Of two fields Node would give the first, and a proxy in front may have gone by the second.
  const hosts = raw.rawHeaders.filter((_, at) => at % 2 === 1 && raw.rawHeaders[at - 1]?.toLowerCase() === 'host');
  const target = ABSOLUTE_TARGET.exec(raw.url ?? '')?.[1];
  if (hosts.length > 1 || (hosts.length === 0 && raw.httpVersion !== '1.0')) return [undefined];
  return [...hosts, ...(target === undefined ? [] : [target])].map(nameIn);
}

function nameIn(authority: string): string | undefined {
  const name = AUTHORITY.exec(authority.trim())?.groups?.['name']?.toLowerCase().replace(/\.$/, '');
  return name === '' ? undefined : name;
}
