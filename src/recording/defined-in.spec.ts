import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '../kernel/event-sourcing/envelope.js';
import { thingsOf } from '../judgement/index/index-fold.js';
import { opened } from '../answers/event.spec-helper.js';
import { eventCatalogue } from '../facts/event-catalogue.js';
import { definedIn, type NamedThings } from './defined-in.js';

const offer = (id: string, stream: string) =>
  opened(`e-${id}`, 'ContactOffered', '2026-11-20', { offer: id, by: 'anna' }, { stream: `careEpisode-${stream}` });
const correction = (id: string, stream: string) =>
  opened(
    `e-${id}`,
    'EntryCorrected',
    '2026-11-20',
    { corrects: 'x', reason: 'Fel.', data: { assignment: id, role: 'PRIMARY', staff: 'anna' } },
    { stream: `careEpisode-${stream}`, correctedTypes: ['ContactAssigned'] },
  );
const other = () => opened('n', 'ContactDeparted', '2026-11-20', {});

/** A log whose first entries the index has taken in. `catchesUp` moves the index each time it is looked at. */
function register(entries: readonly RecordedEvent[], indexed: number, catchesUp = 0): NamedThings {
  const at = entries.map((entry, before) => ({ ...entry, position: BigInt(before + 1) }));
  let reached = indexed;
  return {
    index: {
      refresh: async () => {
        const position = BigInt(reached);
        reached = Math.min(entries.length, reached + catchesUp);
        return { position };
      },
      definedIn: async (kind, id) =>
        at
          .slice(0, reached)
          .flatMap((entry) => thingsOf(entry, eventCatalogue))
          .find((thing) => thing.kind === kind && thing.id === id)?.stream,
    },
    log: {
      readPage: async (after, limit) => {
        const events = at.filter(({ position }) => position > after).slice(0, limit);
        const last = events.at(-1);
        return { events, unreadable: [], count: events.length, ...(last ? { last } : {}) };
      },
    },
  };
}

const where = (things: NamedThings, kind: string, id: string) => definedIn(things, eventCatalogue, kind, id);

describe('where a thing was brought into being', () => {
  it('given that the index knows it, then it is there', async () => {
    expect(await where(register([offer('o1', 'a')], 1), 'offer', 'o1')).toBe('careEpisode-a');
  });

  it('given that the index is behind, then the log behind it is read', async () => {
    const things = register([offer('o1', 'a'), other(), offer('o2', 'b'), offer('o2', 'c')], 1);
    expect(await where(things, 'offer', 'o2')).toBe('careEpisode-b');
    expect(await where(things, 'assignment', 'o2')).toBeUndefined();
    expect(await where(things, 'offer', 'o3')).toBeUndefined();
  });

  it('given that a correction named it, then it is there too', async () => {
    expect(await where(register([correction('a1', 'a')], 0), 'assignment', 'a1')).toBe('careEpisode-a');
  });

  it('given that the index catches up in between, then nothing is missed', async () => {
    const log = [...Array.from({ length: 2_500 }, other), offer('o1', 'a')];
    expect(await where(register(log, 0, 600), 'offer', 'o1')).toBe('careEpisode-a');
    expect(await where(register(log, 0, 600), 'offer', 'o2')).toBeUndefined();
  });

  it('given that the index stays far behind, then it is said to be so, and nothing is guessed', async () => {
    await expect(where(register(Array.from({ length: 1_000 }, other), 0), 'offer', 'o1')).rejects.toMatchObject({
      type: { code: 'STALE_READ', status: 503 },
    });
  }, 15_000);
});
