import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { type Caller, callerOf } from '../../kernel/http/caller.js';
import { firstText } from '../../kernel/http/first-text.js';
import { actorOf } from '../../kernel/http/request-context.js';
import '../../access/decision.js';
import type { Access } from '../access-record.js';
import type { AccessNote } from './access-note.js';

type Who = Access['who'];

/** What came of a call. */
export interface Outcome {
  readonly persons: ReadonlySet<string>;
  readonly status: number;
  /** What it is to take the answer, where that is more than what the call was declared to be: a document was made. */
  readonly made?: 'PRINT' | 'EXPORT';
  /** The code of the error it is answered with. */
  readonly code?: string;
}

const REFUSED: ReadonlySet<number> = new Set([401, 403]);
/** An instant or a day as somebody may write one; anything else that was asked for is left out. */
const TIME = /^[\dTZ:.+-]{8,40}$/i;
const TOKEN = /^[\w.:/@-]{1,200}$/;

/** The record of a call: who, what, about whom, by what right. Nothing of what was searched for, nothing of an address. */
export function accessOfCall(
  request: FastifyRequest,
  { access }: AccessNote,
  { persons, status, made, code }: Outcome,
): Access {
  const { decision } = request;
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const knownAt = timeIn(request, 'knownAt', 'kant') ?? timeOf(body['knownAt']);
  const on = timeIn(request, 'on', 'dag') ?? timeIn(request, 'asOf', 'dag');
  const shown = decision?.obligations.includes('NO_FREE_TEXT')
    ? access.shows.filter((kind) => kind !== 'FREE_TEXT')
    : access.shows;
  return {
    who: whoOf(request),
    act: REFUSED.has(status) ? 'DENIED' : (made ?? access.act),
    route: access.row,
    persons: [...persons],
    shown: status < 400 ? [...shown] : [],
    purpose: callerOf(request)?.purpose ?? 'DAILY',
    ...(decision === undefined ? {} : { allowedBy: decision.grant ?? decision.by }),
    ...(knownAt === undefined ? {} : { knownAt }),
    ...(on === undefined ? {} : { on }),
    request: request.id,
    count: persons.size,
    ...(code === undefined ? {} : { refused: code }),
  };
}

/** A time that was asked for, by the name that its reader goes by: a page leaves alone what the API calls it. */
function timeIn(request: FastifyRequest, inApi: string, onPages: string): string | undefined {
  const query = (request.query ?? {}) as Readonly<Record<string, unknown>>;
  return timeOf(query[request.url.startsWith('/api/') ? inApi : onPages]);
}

function timeOf(given: unknown): string | undefined {
  const text = firstText(given);
  return text !== undefined && TIME.test(text) ? text : undefined;
}

/** Who called: as the sign-in vouches for it, or where nobody signs in, as the gateway says. */
function whoOf(request: FastifyRequest): Who {
  const caller = callerOf(request);
  return caller ? signedIn(caller, request) : namedByGateway(request);
}

/** As the staff member or the holder of the grant that it was decided for; of what was refused, as whom she is known. */
function signedIn(caller: Caller, { decision, subject }: Pick<FastifyRequest, 'decision' | 'subject'>): Who {
  const { client, issuer, subject: name, level, session } = caller;
  const unit = decision?.units.length === 1 ? decision.units[0] : undefined;
  const said = {
    ...(decision?.role === undefined ? {} : { role: decision.role }),
    ...(unit === undefined ? {} : { unit }),
    level,
    ...(TOKEN.test(session) ? { session } : {}),
  };
  const staff = decision?.staff ?? subject?.staff[0];
  if (staff !== undefined) return { kind: 'STAFF', id: staff, ...said };
  if (decision?.grant !== undefined) return { kind: 'GRANT', id: decision.grant, ...said };
  if (client && TOKEN.test(name)) return { kind: 'CLIENT', id: name, ...said };
  return { kind: 'UNKNOWN', id: hash('sha256', `${issuer}\0${name}`, 'hex').slice(0, 32), ...said };
}

function namedByGateway(request: FastifyRequest): Who {
  try {
    const { id, role, unit, onBehalfOf } = actorOf(request);
    return {
      kind: 'ACTOR',
      id,
      role,
      ...(unit === undefined ? {} : { unit }),
      ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    };
  } catch {
    return { kind: 'UNKNOWN', id: 'nobody' };
  }
}
