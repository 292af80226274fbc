import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isDeeperThan, MAX_DEPTH } from '../nesting.js';
import { httpProblems } from './http-problems.js';
import { Problem } from './problem.js';

// Replaced by U+FFFD, a wrong byte would be recorded as something that nobody sent.
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads bodies as JSON in UTF-8 that is not compressed, and nothing else. To be called before any route is made.
 * What is refused: UNSUPPORTED_MEDIA_TYPE for another format, charset or Content-Encoding; MALFORMED_REQUEST for what
 * is no UTF-8, no JSON,
 * or would change prototypes; BODY_TOO_DEEP.
 */
export function readJsonBodies(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    let text: string;
    try {
      mustBePlainUtf8(request);
      text = decoder.decode(bytes);
    } catch (error) {
      done(error instanceof Problem ? error : new Problem(httpProblems.MALFORMED_REQUEST));
      return;
    }
    void parse(request, text, (error, body: unknown) =>
      done(error ?? (isDeeperThan(body, MAX_DEPTH) ? new Problem(httpProblems.BODY_TOO_DEEP) : null), body),
    );
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
