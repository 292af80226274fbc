import type { FastifyInstance } from 'fastify';
import { BODY_BOUNDS } from './json-body.js';
import { handledPath } from './handled-path.js';
import { httpProblems } from './http-problems.js';
import { Problem } from './problem.js';

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads what a form of a page sends (`application/x-www-form-urlencoded`) as URLSearchParams. The API takes none: what
 * another site's form can send must not record anything there.
 * What is refused: UNSUPPORTED_MEDIA_TYPE under the API's path, MALFORMED_REQUEST for what is no UTF-8, BODY_TOO_WIDE for more
 * fields than {@link BODY_BOUNDS} has items.
 */
export function readFormBodies(fastify: FastifyInstance): void {
  fastify.addContentTypeParser<Buffer>(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer' },
    (request, bytes, done) => {
      if (handledPath(request).startsWith('/api/')) return done(new Problem(httpProblems.UNSUPPORTED_MEDIA_TYPE));
      const fields = fieldsIn(bytes);
      if (fields === undefined) return done(new Problem(httpProblems.MALFORMED_REQUEST));
      if (fields.size > BODY_BOUNDS.items) return done(new Problem(httpProblems.BODY_TOO_WIDE));
      done(null, fields);
    },
  );
}

function fieldsIn(bytes: Buffer): URLSearchParams | undefined {
  try {
    const text = decoder.decode(bytes);
    // What stands escaped has to be text as well: URLSearchParams would put U+FFFD where it is not.
    decodeURIComponent(text.replaceAll('+', ' '));
    return new URLSearchParams(text);
  } catch {
    return undefined;
  }
}
