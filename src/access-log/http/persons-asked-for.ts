import type { FastifyRequest } from 'fastify';
import type { RouteAccess } from '../../kernel/http/route-access.js';
import { isId } from '../../kernel/id-form.js';
import type { ReadSide } from '../../judgement/read-side.js';
import { personsIn } from './persons-in.js';

/**
 * Whom a call is about, as its address and its body say: the recipient, or whose episode or entry it is; of calls about
 * an employee, the employee. An id that names nothing is told as it was asked for.
 */
export async function personsAskedFor(
  { about }: Pick<RouteAccess, 'about'>,
  request: Pick<FastifyRequest, 'params' | 'body'>,
  reads: Pick<ReadSide, 'store' | 'log'>,
): Promise<Set<string>> {
  const params = (request.params ?? {}) as Readonly<Record<string, unknown>>;
  const found = personsIn(request.body);
  const id = params[about === 'entry' ? 'event' : 'id'];
  if (!isId(id)) return found;
  const key = id.toLowerCase();
  if (about === 'recipient' || about === 'staff') found.add(key);
  const stream = about === 'entry' ? (await reads.store.find([key])).get(key)?.stream : `careEpisode-${key}`;
  if ((about === 'entry' || about === 'care-episode') && stream !== undefined)
    for (const person of await personsOfStream(stream, reads)) found.add(person);
  return found;
}

/** Whose streams these are. */
export async function personsOfStreams(
  streams: Iterable<string>,
  log: Pick<ReadSide['log'], 'readStream'>,
): Promise<string[]> {
  const found = new Set<string>();
  for (const stream of streams) for (const person of await personsOfStream(stream, { log })) found.add(person);
  return [...found];
}

/** Whose stream it is: a recipient's own, that of an episode, an employee's. */
async function personsOfStream(
  stream: string,
  { log }: { readonly log: Pick<ReadSide['log'], 'readStream'> },
): Promise<string[]> {
  const [, category, id] = /^(\w+)-(.+)$/.exec(stream) ?? [];
  if (category === 'recipient' || category === 'staff') return id === undefined ? [] : [id];
  if (category !== 'careEpisode') return [];
  const [first] = await log.readStream(stream, { limit: 1 });
  const recipient = first?.data['recipient'];
  return typeof recipient === 'string' ? [recipient] : [];
}
