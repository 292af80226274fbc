import { describe, expect, it } from '@jest/globals';
import type { FactName } from '../facts/event-catalogue.js';
import { Facts, firstDay, inOrder, type Fact } from './facts.js';

const fact = (type: FactName, order: number, day = 1): Fact =>
  ({ id: `${type}${order}`, type, order, day, data: {} }) as unknown as Fact;

describe('the facts of a stream', () => {
  const facts = new Facts([
    fact('UnitOpened', 0),
    fact('UnitClosed', 1),
    fact('UnitOpened', 2, 3),
    fact('LeaveStarted', 3, 4),
  ]);

  it('are found by type, in the order of entries', () => {
    expect(facts.of('UnitOpened').map(({ order }) => order)).toEqual([0, 2]);
    expect(facts.of('UnitOpened', 'UnitClosed').map(({ order }) => order)).toEqual([0, 1, 2]);
    expect(facts.of('UnitClosed', 'LeaveEnded').map(({ order }) => order)).toEqual([1]);
    expect(facts.of('LeaveEnded')).toEqual([]);
    expect(facts.of('LeaveEnded', 'PlanAgreed')).toEqual([]);
    expect([firstDay(facts.of('UnitOpened')), firstDay(facts.of('LeaveEnded'))]).toEqual([1, undefined]);
  });

  it('are ordered by day, then by place', () => {
    const shuffled = [fact('UnitOpened', 2, 1), fact('UnitClosed', 0, 2), fact('LeaveStarted', 1, 1)].sort(inOrder);
    expect(shuffled.map(({ type }) => type)).toEqual(['LeaveStarted', 'UnitOpened', 'UnitClosed']);
  });
});
