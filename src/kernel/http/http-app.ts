import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { OBSERVABILITY_ROUTES } from '../observability/observed.js';
import { type Entrance, guardEntrance } from './entrance.js';
import { meetExpectations } from './expectations.js';
import { serveOnly } from './host-names.js';
import { stopInOrder } from './stopping.js';
import { answerTunnelRequest, answerUnreadableRequest } from './unreadable-request.js';
import { readFormBodies } from './form-body.js';
import { readJsonBodies } from './json-body.js';
import { NestLogger } from './nest-logger.js';
import type { PagesBeside } from './pages-beside.js';
import type { Refuse } from './problem.js';
import { ProblemFilter } from './problem-filter.js';
import { REQUESTS_AT_ONCE, shedOverload } from './overload.js';
import { problemMapping } from './problem-of.js';
import { limitRate } from './rate-limit.js';
import { correlationIdOf, countedFor, countedWithoutSignIn } from './request-context.js';
import type { TlsPair } from './tls.js';
import { RouteTable } from './route-table.js';
import { securityHeaders } from './security-headers.js';
import { validationPipe } from './validation.js';

/** Largest body that is read, in bytes. */
export const BODY_LIMIT = 1_048_576;

/** So long a call may take to arrive, in milliseconds: who sends a byte now and then must not hold a place for ever. */
const ARRIVAL_MS = 60_000;

/** All routes lie under this path. */
export const API_PREFIX = 'api/v1';

export interface HttpAppOptions {
  /** How many calls are worked on at once before more are refused with OVERLOADED. */
  readonly requestsAtOnce?: number;
  /**
   * How many calls a minute of one caller are taken before more are refused with RATE_LIMITED; as many as come when
   * undefined.
   */
  readonly callsAMinute?: number;
  /** What the server is called besides the names of this machine; calls to another name are refused. */
  readonly hostNames?: readonly string[];
  /** How long a call may take to arrive, body and all; in milliseconds. */
  readonly arrivalMs?: number;
  /** Adds hooks that every route has, before there are any. */
  readonly prepare?: (fastify: FastifyInstance) => void;
  /** Pages for people, outside the API's path. */
  readonly pages?: PagesBeside;
  /** Knows who calls; everybody is believed where there is none. */
  readonly entrance?: Entrance;
  /** What the server proves by who it is; without it calls are not encrypted. */
  readonly tls?: TlsPair;
}

/**
 * Makes the HTTP server of a module, not yet listening: Fastify, prefix, security headers, validation, and problem+json
 * for every error, also for those that never reach a handler. Every answer carries `X-Correlation-Id` and is not to be
 * stored.
 */
export async function createHttpApp(
  module: DynamicModule,
  logger: Logger,
  {
    requestsAtOnce = REQUESTS_AT_ONCE,
    callsAMinute,
    arrivalMs = ARRIVAL_MS,
    hostNames = [],
    prepare,
    pages,
    entrance,
    tls,
  }: HttpAppOptions = {},
): Promise<NestFastifyApplication> {
  const routes = new RouteTable();
  const filter = new ProblemFilter(
    problemMapping((path) => routes.allowed(path)),
    logger,
    pages,
  );
  // Node would refuse a call without Host by itself, and not as a problem document.
  const node = { headersTimeout: arrivalMs, connectionsCheckingInterval: arrivalMs / 2, requireHostHeader: false };
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    requestTimeout: arrivalMs,
    ...(tls ? { https: { ...tls, ...node } } : { http: node }),
    return503OnClosing: false,
    routerOptions: { maxParamLength: 200 },
    genReqId: (request: IncomingMessage) => correlationIdOf(request.headers['x-correlation-id'], randomUUID),
    clientErrorHandler: answerUnreadableRequest,
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      filter.answer(error, request, reply),
  });
  const fastify = adapter.getInstance();
  fastify.server.on('connect', (_request: IncomingMessage, socket: Duplex) => answerTunnelRequest(socket));
  readJsonBodies(fastify);
  if (pages || entrance) readFormBodies(fastify);
  fastify.addHook('onRoute', (route) => routes.add(route.method, route.url));
  const headers = { ...securityHeaders(), 'cache-control': 'no-store' };
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(headers).header('x-correlation-id', request.id);
    done();
  });
  const refuse: Refuse = (problem, request, reply) => filter.answer(problem, request, reply);
  stopInOrder(fastify, refuse);
  serveOnly(fastify, hostNames, refuse);
  meetExpectations(fastify, refuse);
  shedOverload(fastify, requestsAtOnce, refuse);
  const limit = async (countedFor: (request: FastifyRequest) => string): Promise<void> => {
    if (callsAMinute !== undefined) await limitRate(fastify, callsAMinute, countedFor, refuse);
  };
  if (!entrance) await limit(countedWithoutSignIn);
  else
    await guardEntrance(
      fastify,
      entrance,
      () => limit(countedFor),
      (thrown, request, reply) => filter.answer(thrown, request, reply),
    );
  prepare?.(fastify);

  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new NestLogger(logger),
    abortOnError: false,
    bodyParser: false,
  });
  app.setGlobalPrefix(API_PREFIX, {
    exclude: [...OBSERVABILITY_ROUTES, ...(pages?.routes ?? []), ...(entrance?.routes ?? [])],
  });
  app.useGlobalFilters(filter);
  app.useGlobalPipes(validationPipe());
  return app;
}
