import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { httpProblems } from './http-problems.js';
import { problemDocument, type ProblemType } from './problem.js';

/** Answers bytes that Node could not read as an HTTP request, as problem+json like everything else, and hangs up. */
export function answerUnreadableRequest(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET') socket.destroy();
  else if (error.code === 'HPE_HEADER_OVERFLOW') hangUp(socket, httpProblems.HEADERS_TOO_LARGE);
  else hangUp(socket, httpProblems.MALFORMED_REQUEST);
}

/** Answers a call for a tunnel (CONNECT), which Node would hang up on without a word. */
export function answerTunnelRequest(socket: Duplex): void {
  hangUp(socket, httpProblems.METHOD_NOT_ALLOWED, ['allow: ']);
}

function hangUp(socket: Duplex, type: ProblemType, fields: readonly string[] = []): void {
  if (socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const correlationId = randomUUID();
  const body = JSON.stringify(problemDocument(type, {}, correlationId));
  const head = [
    `HTTP/1.1 ${type.status} ${STATUS_CODES[type.status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-correlation-id: ${correlationId}`,
    'cache-control: no-store',
    'connection: close',
    ...fields,
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
