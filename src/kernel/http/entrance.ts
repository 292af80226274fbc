import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from './caller.js';

/** Knows who calls, before anything of a call is looked at. */
export interface Entrance {
  /** The routes that it has outside the API's path, without the first slash. */
  readonly routes: readonly string[];
  /** Adds what it needs to the server, before there are routes. */
  prepare(fastify: FastifyInstance): Promise<void>;
  /**
   * Who makes a call; nobody for what everybody may ask. It may answer itself, to send somebody elsewhere.
   * @throws Problem for who is not let in
   */
  admit(request: FastifyRequest, reply: FastifyReply): Promise<Caller | undefined>;
}

/**
 * Lets nobody past who is not let in: nothing of such a call reaches a handler, and its body is not read.
 * @param count counts the call for who makes it, those that are turned away as well
 * @param refuse answers with what was thrown
 */
export async function guardEntrance(
  fastify: FastifyInstance,
  entrance: Entrance,
  count: () => Promise<void>,
  refuse: (thrown: unknown, request: FastifyRequest, reply: FastifyReply) => void,
): Promise<void> {
  await entrance.prepare(fastify);
  const turnedAway = new WeakMap<FastifyRequest, { readonly thrown: unknown }>();
  fastify.addHook('onRequest', async (request, reply) => {
    try {
      const caller = await entrance.admit(request, reply);
      if (caller) request.caller = caller;
    } catch (thrown) {
      turnedAway.set(request, { thrown });
    }
    return reply.sent ? reply : undefined;
  });
  await count();
  fastify.addHook('onRequest', async (request, reply) => {
    const away = turnedAway.get(request);
    if (!away) return undefined;
    refuse(away.thrown, request, reply);
    return reply;
  });
}
