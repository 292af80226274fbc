import { describe, expect, it } from '@jest/globals';
import type { FactName } from '../../facts/event-catalogue.js';
import { Facts, type Fact } from '../facts.js';
import { Kept } from './kept.js';

const fact = (type: FactName, order: number): Fact =>
  ({ id: `${type}${order}`, type, order, day: order, data: {} }) as unknown as Fact;
const offer = fact('ContactOffered', 0);
const yes = fact('OfferAccepted', 1);

describe('what is kept of facts', () => {
  it('stays while the facts of the types that were asked for stay, and nobody has to list them', () => {
    const kept = new Kept<{ readonly answers: number }>();
    const count = (facts: Facts) => ({ answers: facts.of('OfferAccepted', 'OfferDeclined').length });
    const before = new Facts([offer, yes]);
    const first = kept.ofFacts(before, [], count);
    const other = new Facts([offer, yes, fact('LeaveStarted', 2)], before);
    expect(kept.ofFacts(other, [], count)).toBe(first);
    const no = new Facts([offer, yes, fact('OfferDeclined', 3)], other);
    expect(kept.ofFacts(no, [], count)).toEqual({ answers: 2 });
  });

  it('hears of what is asked for only after something else was found', () => {
    const kept = new Kept<number>();
    const answersToOffers = (facts: Facts) =>
      facts.of('ContactOffered').length === 0 ? 0 : facts.of('OfferAccepted').length;
    expect(kept.ofFacts(new Facts([yes]), [], answersToOffers)).toBe(0);
    expect(kept.ofFacts(new Facts([offer, yes]), [], answersToOffers)).toBe(1);
    expect(kept.ofFacts(new Facts([offer]), [], answersToOffers)).toBe(0);
  });

  it('is made anew where something else that it was made from is another thing', () => {
    const kept = new Kept<string>();
    const facts = new Facts([offer]);
    expect(['a', 'a', 'b'].map((from) => kept.ofFacts(facts, [from], () => from))).toEqual(['a', 'a', 'b']);
  });

  it('cannot read past whoever hears it', () => {
    expect(() => new Kept<unknown>().ofFacts(new Facts([offer]), [], ({ list }) => list)).toThrow('by their type');
  });
});
