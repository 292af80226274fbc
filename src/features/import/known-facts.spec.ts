import { describe, expect, it } from '@jest/globals';
import { KnownFacts, type KnownSource, noAsks } from './known-facts.js';

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
    const asks = (names: readonly string[], things: readonly string[]) => ({ ...noAsks(), streams: new Set(names), things: new Set(things) });
    await known.prepare(asks(streams.slice(0, 2), offers.slice(0, 2)));
    // The two that are remembered stand before three that push them out.
    await known.prepare(asks(streams, offers));
    expect(streams.map((stream) => known.context(stream)?.subject)).toEqual(streams);
    expect(offers.map((offer) => known.thing('offer', offer.slice(6))?.event)).toEqual(['0', '1', '2', '3', '4']);
  });
});
