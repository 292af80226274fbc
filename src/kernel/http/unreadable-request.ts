import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { httpProblems } from './http-problems.js';
import { problemDocument } from './problem.js';

/** Answers bytes that Node could not read as an HTTP request, as problem+json like everything else, and hangs up. */
export function answerUnreadableRequest(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const type = error.code === 'HPE_HEADER_OVERFLOW' ? httpProblems.HEADERS_TOO_LARGE : httpProblems.MALFORMED_REQUEST;
  const correlationId = randomUUID();
  const body = JSON.stringify(problemDocument(type, {}, correlationId));
  const head = [
    `HTTP/1.1 ${type.status} ${STATUS_CODES[type.status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-correlation-id: ${correlationId}`,
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
