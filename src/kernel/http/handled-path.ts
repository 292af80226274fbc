import type { FastifyRequest } from 'fastify';

/**
 * The path of a call as its route has it, by which it has to be judged what kind of call it is: an address can be
 * spelled in many ways (`/%61pi/v1/me`) and is the same route in all of them. Where there is no route, the path as it
 * came.
 */
export function handledPath({ routeOptions, url }: Pick<FastifyRequest, 'routeOptions' | 'url'>): string {
  return routeOptions.url ?? url.split('?', 1)[0] ?? '';
}
