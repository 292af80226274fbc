import { beforeEach, describe, expect, it } from '@jest/globals';
import { type KnownEntry, KnownFacts, type KnownSource, noAsks } from './known-facts.js';

const streams = Array.from({ length: 5 }, (_, at) => `recipient-${at}`);
const offers = Array.from({ length: 5 }, (_, at) => `offer ${at}`);

/** A register in which every stream is open and every name is given. */
const everything: KnownSource = {
  entries: async () => new Map(),
  contexts: async (names) => new Map(names.map((name) => [name, { subject: name, controller: 'c' }])),
  things: async (names) => names.map(({ id }) => ({ stream: 'careEpisode-1', event: id })),
};

describe('what a batch of lines asked for', () => {
  it('is known for the whole of the batch, however little is remembered from one batch to the next', async () => {
    const known = new KnownFacts(everything, 2);
    const asks = (names: readonly string[], things: readonly string[]) => ({
      ...noAsks(),
      streams: new Set(names),
      things: new Set(things),
    });
    await known.prepare(asks(streams.slice(0, 2), offers.slice(0, 2)));
    // The two that are remembered stand before three that push them out.
    await known.prepare(asks(streams, offers));
    expect(streams.map((stream) => known.context(stream)?.subject)).toEqual(streams);
    expect(offers.map((offer) => known.thing('offer', offer.slice(6))?.event)).toEqual(['0', '1', '2', '3', '4']);
  });
});

describe('a chain of corrections of corrections', () => {
  const LINKS = 3_000;
  const STREAM = 'careEpisode-1';
  const entries = new Map<string, KnownEntry>(
    Array.from({ length: LINKS }, (_, at) => [
      `k${at}`,
      { id: `k${at}`, type: 'EntryCorrected', stream: STREAM, corrects: at === 0 ? 'offer' : `k${at - 1}` },
    ]),
  );
  entries.set('offer', { id: 'offer', type: 'ContactOffered', stream: STREAM });
  let asked: number;
  const source: KnownSource = {
    ...everything,
    entries: async (ids) => (
      (asked += ids.length),
      new Map(ids.flatMap((id) => (entries.has(id) ? [[id, entries.get(id)!]] : [])))
    ),
  };

  beforeEach(() => {
    asked = 0;
  });

  it('is gone down once, however many of its links are asked for, batch by batch', async () => {
    const known = new KnownFacts(source);
    for (let start = 0; start < LINKS; start += 100)
      await known.prepare({ ...noAsks(), entries: new Set(Array.from({ length: 100 }, (_, at) => `k${start + at}`)) });
    expect(asked).toBeLessThanOrEqual(LINKS + LINKS / 100 + 1);
    await known.prepare({ ...noAsks(), entries: new Set([`k${LINKS - 1}`]) });
    expect(asked).toBeLessThanOrEqual(LINKS + LINKS / 100 + 2);
  });

  it.each([20_000, 2])(
    'leads down to the fact that it is about, whichever link is asked for first, with %i remembered',
    async (kept) => {
      const known = new KnownFacts(source, kept);
      for (const at of [LINKS - 1, LINKS / 2, LINKS - 2]) {
        await known.prepare({ ...noAsks(), entries: new Set([`k${at}`, `k${at - 40}`]) });
        expect(known.entry(`k${at}`)?.base).toBe('offer');
        expect(known.entry(`k${at}`)?.below.map(({ id }) => id)).toEqual(
          Array.from({ length: 32 }, (_, below) => `k${at - 1 - below}`),
        );
        expect(known.entry(`k${at - 40}`)?.base).toBe('offer');
      }
    },
  );

  it('that new lines make is known without asking', async () => {
    const known = new KnownFacts(source);
    await known.prepare(noAsks());
    const add = (id: string, corrects?: string): void =>
      known.add({
        id,
        type: corrects === undefined ? 'ContactOffered' : 'EntryCorrected',
        stream: STREAM,
        effectiveOn: '2024-03-01',
        actor: { id: 'a', role: 'r' },
        data: corrects === undefined ? {} : { corrects },
      });
    add('fact');
    add('n0', 'fact');
    for (let at = 1; at < LINKS; at += 1) add(`n${at}`, `n${at - 1}`);
    expect(known.entry(`n${LINKS - 1}`)).toMatchObject({ base: 'fact', below: { length: 32 } });
    await known.prepare(noAsks());
    expect(known.entry(`n${LINKS - 1}`)).toMatchObject({ base: 'fact', below: { length: 32 } });
    expect(asked).toBe(0);
  });
});
