import type { FastifyInstance, FastifyRequest } from 'fastify';
import { faultOfJson, type JsonFault, MAX_DEPTH } from '../json-text.js';
import { OneATurn } from '../one-a-turn.js';
import { fieldPath } from './field-path.js';
import { httpProblems } from './http-problems.js';
import { Problem } from './problem.js';

/**
 * How much a body may hold. It is counted before anything is built of it, since everything after that takes time with each member, on the
 * one thread that answers everybody. A list may be longer than any field takes, so that the field can be named.
 */
export const BODY_BOUNDS = { depth: MAX_DEPTH, members: 200, items: 1_000, total: 10_000 } as const;

/** Larger bodies, in bytes, are read one a turn. Hardly any that is meant is as large. */
const LARGE_BODY = 16_384;

// Replaced by U+FFFD, a wrong byte would be recorded as something that nobody sent.
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads bodies as JSON in UTF-8 that is not compressed, and nothing else. To be called before any route is made.
 * What is refused: UNSUPPORTED_MEDIA_TYPE for another format, charset or Content-Encoding; MALFORMED_REQUEST for what is no UTF-8, no JSON,
 * or would change prototypes; BODY_TOO_DEEP and BODY_TOO_WIDE beyond {@link BODY_BOUNDS}; DUPLICATE_MEMBER.
 */
export function readJsonBodies(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  const turns = new OneATurn();
  const read = (request: FastifyRequest, bytes: Buffer, done: (error: Error | null, body?: unknown) => void): void => {
    let text: string;
    try {
      mustBePlainUtf8(request);
      text = decoder.decode(bytes);
      const fault = faultOfJson(text, BODY_BOUNDS);
      if (fault) throw problemOfFault(fault);
    } catch (error) {
      done(error instanceof Problem ? error : new Problem(httpProblems.MALFORMED_REQUEST));
      return;
    }
    void parse(request, text, done);
  };
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    // What follows is worked on in the same turn: the checks of the body's fields, which cost the most.
    if (bytes.length > LARGE_BODY) turns.run(() => read(request, bytes, done));
    else read(request, bytes, done);
  });
}

function problemOfFault(fault: JsonFault): Problem {
  if (fault.kind !== 'DUPLICATE')
    return new Problem(fault.kind === 'TOO_DEEP' ? httpProblems.BODY_TOO_DEEP : httpProblems.BODY_TOO_WIDE);
  return new Problem(httpProblems.DUPLICATE_MEMBER, {
    errors: [{ path: fault.path.reduce(fieldPath, ''), message: 'anges mer än en gång' }],
  });
}

/** @throws Problem UNSUPPORTED_MEDIA_TYPE */
function mustBePlainUtf8({ headers }: FastifyRequest): void {
  const charsets = [...(headers['content-type'] ?? '').matchAll(/;\s*charset\s*=\s*"?([^";\s]*)/gi)].map(
    ([, charset = '']) => charset.toLowerCase(),
  );
  if (charsets.some((charset) => charset !== 'utf-8' && charset !== 'utf8'))
    throw new Problem(httpProblems.UNSUPPORTED_MEDIA_TYPE);
  const codings = (headers['content-encoding'] ?? '').split(',').map((coding) => coding.trim().toLowerCase());
  if (codings.some((coding) => coding !== '' && coding !== 'identity'))
    throw new Problem(httpProblems.UNSUPPORTED_MEDIA_TYPE, { headers: { 'accept-encoding': 'identity' } });
}
