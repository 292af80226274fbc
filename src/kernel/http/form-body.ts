import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BODY_BOUNDS } from './json-body.js';
import { handledPath } from './handled-path.js';
import { httpProblems } from './http-problems.js';
import { Problem } from './problem.js';

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Reads what a form of a page sends (`application/x-www-form-urlencoded`, or `multipart/form-data` with text files) as
 * URLSearchParams. The API takes none: what another site's form can send must not record anything there.
 * What is refused: UNSUPPORTED_MEDIA_TYPE under the API's path, MALFORMED_REQUEST for what is no UTF-8, BODY_TOO_WIDE for more
 * fields than {@link BODY_BOUNDS} has items.
 */
export function readFormBodies(fastify: FastifyInstance): void {
  for (const [type, read] of [
    ['application/x-www-form-urlencoded', fieldsIn],
    ['multipart/form-data', partsIn],
  ] as const)
    fastify.addContentTypeParser<Buffer>(
      type,
      { parseAs: 'buffer' },
      async (request: FastifyRequest, bytes: Buffer) => {
        if (handledPath(request).startsWith('/api/')) throw new Problem(httpProblems.UNSUPPORTED_MEDIA_TYPE);
        const fields = await read(bytes, request.headers['content-type'] ?? type);
        if (fields === undefined) throw new Problem(httpProblems.MALFORMED_REQUEST);
        if (fields.size > BODY_BOUNDS.items) throw new Problem(httpProblems.BODY_TOO_WIDE);
        return fields;
      },
    );
}

/** The fields and files of a form; a file is the text that is in it. */
async function partsIn(bytes: Buffer, contentType: string): Promise<URLSearchParams | undefined> {
  try {
    const parts = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
    const fields = new URLSearchParams();
    for (const [name, part] of parts)
      fields.append(name, typeof part === 'string' ? part : decoder.decode(await part.arrayBuffer()));
    return fields;
  } catch {
    return undefined;
  }
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
