import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actOfDocument } from '../../kernel/http/document-types.js';
import { answerBehind } from '../../kernel/http/made-documents.js';
import { callerOf } from '../../kernel/http/caller.js';
import { Problem, problemDocument } from '../../kernel/http/problem.js';
import type { ReadSide } from '../../judgement/read-side.js';
import type { AccessLog } from '../access-log.js';
import { accessLogProblems } from './access-log-problems.js';
import type { AccessNote } from './access-note.js';
import { accessOfCall } from './access-of-call.js';
import { personsAskedFor } from './persons-asked-for.js';
import { personsIn, personsInPage } from './persons-in.js';
import { Refusals } from './refusals.js';

export interface KeptAccess {
  readonly log: AccessLog;
  readonly reads: Pick<ReadSide, 'store' | 'log'>;
  /** Told of every record that could not be kept. */
  readonly onError: (error: unknown) => void;
  /** Told of every call that was refused to somebody. @param code the HTTP status */
  readonly onRefused?: (status: number) => void;
}

const RETRY_SECONDS = '5';

/** What is answered to who may not: that nobody is signed in, that it is not allowed, that there is no such person. */
const REFUSALS: ReadonlySet<number> = new Set([401, 403, 404]);

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
 * that shows nothing of anybody goes without waiting; any other is withheld when its record cannot be kept. Calls of
 * nobody are counted and not written down: else anybody could fill the log.
 */
export function keepAccess(
  fastify: FastifyInstance,
  { log, reads, onError, onRefused = () => undefined }: KeptAccess,
): void {
  const refusals = new Refusals();

  fastify.addHook('onSend', async (request, reply, payload) => {
    const { accessNote } = request;
    const status = reply.statusCode;
    if (status === 401 || (REFUSALS.has(status) && accessNote && callerOf(request))) {
      onRefused(status);
      const wait = refusals.add(countedFor(request));
      if (wait > 0) await sleep(wait);
    }
    if (!accessNote || accessNote.access.act === 'NONE' || status === 401) return payload;
    const kept = keep(request, reply, accessNote, payload);
    if (showsNobody(accessNote, status)) {
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
    personsIn(answerBehind(note.answer), persons);
    if (typeof payload === 'string' && String(reply.getHeader('content-type')).startsWith('text/html'))
      personsInPage(payload, persons);
    const status = reply.statusCode;
    const code = status < 400 ? undefined : codeIn(payload, persons);
    const made = status < 400 ? actOfDocument(reply.getHeader('content-type')) : undefined;
    await log.append(accessOfCall(request, note, { persons, status, code, ...(made ? { made } : {}) }));
  }
}

/** A refusal is waited for too: it is evidence of who tried. */
function showsNobody({ access }: AccessNote, status: number): boolean {
  return access.shows.length === 0 && access.act !== 'WRITE' && !REFUSALS.has(status);
}

/** Refusals are counted for the sign-in and for where it comes from. */
function countedFor(request: FastifyRequest): string[] {
  const caller = callerOf(request);
  return [`address ${request.ip}`, ...(caller ? [`caller ${caller.issuer} ${caller.subject}`] : [])];
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
