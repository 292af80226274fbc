import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { accessOfCall } from './access-of-call.js';

/** The times that the record of a call names. */
function timesOf(url: string): { on?: string; knownAt?: string } {
  const query: Record<string, unknown> = {};
  for (const [name, value] of new URL(url, 'http://x').searchParams)
    query[name] = Object.hasOwn(query, name) ? [query[name], value].flat() : value;
  const request = { url, query, id: 'r', headers: {} } as unknown as FastifyRequest;
  const access = { row: 'some.row', about: 'list', act: 'READ', shows: [] } as const;
  const { on, knownAt } = accessOfCall(request, { access } as never, { persons: new Set(), status: 200 } as never);
  return { ...(on === undefined ? {} : { on }), ...(knownAt === undefined ? {} : { knownAt }) };
}

describe('the times in the record of a call', () => {
  it('are those that were asked for, by the names of the API', () => {
    expect(timesOf('/api/v1/due?asOf=2026-01-01')).toEqual({ on: '2026-01-01' });
    expect(timesOf('/api/v1/x?on=2026-01-01&knownAt=2026-02-01T12:00:00Z')).toEqual({
      on: '2026-01-01',
      knownAt: '2026-02-01T12:00:00Z',
    });
  });

  it('are those that a page shows: it leaves alone what only the API knows, and of two it takes the first', () => {
    expect(timesOf('/tillsyn?dag=2023-01-31&on=2026-11-30')).toEqual({ on: '2023-01-31' });
    expect(timesOf('/tillsyn?dag=2023-01-31&dag=2026-11-30')).toEqual({ on: '2023-01-31' });
    expect(timesOf('/tillsyn?dag=%202023-01-31&kant=2026-02-01T12:00:00Z')).toEqual({
      on: '2023-01-31',
      knownAt: '2026-02-01T12:00:00Z',
    });
  });
});
