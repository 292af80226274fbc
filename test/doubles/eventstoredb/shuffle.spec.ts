import { describe, expect, it } from '@jest/globals';
import { shuffled } from './shuffle.js';

const SCENARIO = `const app = 1;
await step('one', () => app('a', [ev(1)]));
await step('two', () => app('a', [ev(2)]));
await step('other', () => app('b', [ev(3)]));
await step('same id elsewhere', () => app('c', [ev(1)]));
await step('read b', () => all(client.readStream(S('b'))));
await step('last', () => app('d', [ev(4)]));
await step('the whole log', () => order({}));
await step('after', () => all(client.readStream(S('d'))));`;

const labels = (source: string) => [...source.matchAll(/step\('([^']*)'/g)].map(([, label]) => label);
const orders = Array.from({ length: 200 }, (_, seed) => labels(shuffled(SCENARIO, seed)));

describe('a scenario whose steps are shuffled', () => {
  it('has them all, in many orders, and the same order for the same seed', () => {
    for (const order of orders) expect(order.toSorted()).toEqual(labels(SCENARIO).toSorted());
    expect(new Set(orders.map(String)).size).toBeGreaterThan(5);
    expect(shuffled(SCENARIO, 7)).toBe(shuffled(SCENARIO, 7));
  });

  it.each([
    ['one', 'two'],
    ['one', 'same id elsewhere'],
    ['other', 'read b'],
    ['same id elsewhere', 'last'],
    ['read b', 'the whole log'],
    ['the whole log', 'after'],
  ])('keeps %p before %p, which depends on it', (earlier, later) => {
    for (const order of orders) expect(order.indexOf(earlier)).toBeLessThan(order.indexOf(later));
  });
});
