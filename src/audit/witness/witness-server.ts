import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { isLoopback } from '../../kernel/config/loopback.js';
import type { Answer, Witness } from './witness.js';
import { WitnessError } from './witness-error.js';

/** A checkpoint with a proof over the largest log is some 8 KiB; whatever is longer is something else. */
const LONGEST_BODY = 64 * 1024;
const SLOWEST_REQUEST_MS = 10_000;
const MOST_CONNECTIONS = 200;

export interface WhereToListen {
  readonly host: string;
  readonly port: number;
  /** Certificate and key in PEM; without them only this machine is answered. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

export interface RunningWitness {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Answers `POST …/add-checkpoint` (C2SP tlog-witness) and nothing else.
 * @throws WitnessError for plain HTTP on an address that other machines reach, or the system's error for an address that
 * cannot be had
 */
export async function serveWitness(witness: Witness, { host, port, tls }: WhereToListen): Promise<RunningWitness> {
  if (!tls && !isLoopback(host))
    throw new WitnessError(`${host} is reachable from other machines: give --tls-cert and --tls-key`);
  const listener: RequestListener = (request, response) => {
    void answerOf(witness, request).then(({ status, type, body }) => {
      response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
      response.end(body);
    });
  };
  const server: Server = tls ? createTlsServer({ ...tls, minVersion: 'TLSv1.2' }, listener) : createServer(listener);
  server.requestTimeout = SLOWEST_REQUEST_MS;
  server.headersTimeout = SLOWEST_REQUEST_MS;
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(port, host);
  await once(server, 'listening');
  const { port: had } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${had}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function answerOf(witness: Witness, request: IncomingMessage): Promise<Answer> {
  const { method, url = '' } = request;
  const path = url.split('?')[0] ?? '';
  if (!path.endsWith('/add-checkpoint')) return refused(404, 'there is add-checkpoint only');
  if (method !== 'POST') return refused(405, 'post a checkpoint');
  const body = await bodyOf(request);
  if (body === undefined) return refused(413, `a request has at most ${LONGEST_BODY} bytes`);
  try {
    return witness.addCheckpoint(body);
  } catch {
    return refused(503, 'nothing can be kept right now');
  }
}

/** @returns undefined when it is longer than any request, or ends too early */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > LONGEST_BODY) return undefined;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refused(status: number, why: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', body: `${why}\n` };
}
