import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem, problemDocument } from '../../kernel/http/problem.js';
import type { ReadSide } from '../../judgement/read-side.js';
import type { AccessLog } from '../access-log.js';
import { accessLogProblems } from './access-log-problems.js';
import type { AccessNote } from './access-note.js';
import { accessOfCall } from './access-of-call.js';
import { personsAskedFor } from './persons-asked-for.js';
import { personsIn } from './persons-in.js';

export interface KeptAccess {
  readonly log: AccessLog;
  readonly reads: Pick<ReadSide, 'store' | 'log'>;
  /** Told of every record that could not be kept. */
  readonly onError: (error: unknown) => void;
}

const RETRY_SECONDS = '5';

/** Header fields that say something of what was asked for. */
const TELLING_HEADERS = [
  'etag',
  'location',
  'content-disposition',
  'content-length',
  'idempotency-replayed',
  'consistency-token',
  'vary',
];

/**
 * Writes a record of every call that a handler was declared for, before the first byte of its answer leaves. An answer
 * that shows nothing of anybody goes without waiting; any other is withheld when its record cannot be kept.
 */
export function keepAccess(fastify: FastifyInstance, { log, reads, onError }: KeptAccess): void {
  fastify.addHook('onSend', async (request, reply, payload) => {
    const { accessNote } = request;
    if (!accessNote || accessNote.access.act === 'NONE') return payload;
    const kept = keep(request, reply, accessNote, payload);
    if (showsNobody(accessNote)) {
      void kept.catch(onError);
      return payload;
    }
    try {
      await kept;
      return payload;
    } catch (error) {
      onError(error);
      return withheld(request, reply);
    }
  });

  async function keep(request: FastifyRequest, reply: FastifyReply, note: AccessNote, payload: unknown): Promise<void> {
    const persons = await personsAskedFor(note.access, request, reads);
    personsIn(note.answer, persons);
    const status = reply.statusCode;
    const code = status < 400 ? undefined : codeIn(payload, persons);
    await log.append(accessOfCall(request, note, { persons, status, code }));
  }
}

function showsNobody({ access }: AccessNote): boolean {
  return access.shows.length === 0 && access.act !== 'WRITE';
}

/** The code of a problem document; whom it names besides is among the persons. */
function codeIn(payload: unknown, persons: Set<string>): string | undefined {
  if (typeof payload !== 'string') return undefined;
  try {
    const document: unknown = JSON.parse(payload);
    personsIn(document, persons);
    return typeof document === 'object' && document !== null && 'code' in document ? String(document.code) : undefined;
  } catch {
    return undefined;
  }
}

/** The answer of a call whose record cannot be kept: nothing of what was to be said, in body or header. */
function withheld(request: FastifyRequest, reply: FastifyReply): string {
  for (const name of TELLING_HEADERS) reply.removeHeader(name);
  const { type, occurrence } = new Problem(accessLogProblems.ACCESS_LOG_UNAVAILABLE);
  reply
    .code(type.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('retry-after', RETRY_SECONDS);
  return JSON.stringify(problemDocument(type, occurrence, request.id));
}
