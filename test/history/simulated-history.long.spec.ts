import { describe, expect, it } from '@jest/globals';
import { eventCatalogue } from '../../src/facts/event-catalogue.js';
import { isPossibleIdentity, type IdentityType } from '../../src/facts/identity.js';
import { simulate } from '../../src/simulation/simulate.js';
import { aheadOfType, correctionsAgainstSchema, referenceProblems, schemaProblems } from './second-reading.js';

const FROM = '2022-01-01';
const TO = '2026-06-30';

const history = [...simulate({ recipients: 2_000, from: FROM, to: TO, seed: 'valid', withAccess: true })];

describe('every simulated line', () => {
  it('passes the schema of its type, on a stream where the type belongs', () => {
    expect(history.flatMap(schemaProblems)).toEqual([]);
  });

  it('gives a correction data that pass the schema of what is corrected', () => {
    const { checked, problems } = correctionsAgainstSchema(history);
    expect(checked).toBeGreaterThan(0);
    expect(problems).toEqual([]);
  });

  it('has a ref of its own and is later than the line before it', () => {
    expect(new Set(history.map(({ ref }) => ref)).size).toBe(history.length);
    expect(history.every((line, i) => i === 0 || line.documentedAt >= (history[i - 1]?.documentedAt ?? ''))).toBe(true);
  });

  it('names only what an earlier line brought into being', () => {
    expect(referenceProblems(history)).toEqual([]);
  });

  it('lies within the period, ahead only where its type may', () => {
    const wrong = history.filter((line) => {
      const written = line.documentedAt.slice(0, 10);
      return aheadOfType(line) || line.effectiveOn < FROM || written < FROM || written > TO;
    });
    expect(wrong).toEqual([]);
  });

  it('gives a reason only when it is late', () => {
    const late = history.filter(({ lateReason }) => lateReason !== undefined);
    expect(late.length).toBeGreaterThan(0);
    expect(
      late.every(
        ({ effectiveOn, documentedAt }) => Date.parse(documentedAt) - Date.parse(effectiveOn) > 7 * 86_400_000,
      ),
    ).toBe(true);
  });

  it('has numbers whose check digit is right, and nobody twice', () => {
    const identities = history
      .filter(({ type }) => type === 'RecipientRegistered')
      .map(({ data }) => data['identity'] as { type: IdentityType; value: string });
    expect(identities.every(({ type, value }) => isPossibleIdentity(type, value))).toBe(true);
    expect(new Set(identities.map(({ value }) => value)).size).toBe(2_000);
    expect(new Set(identities.map(({ type }) => type)).size).toBe(3);
  });

  it('is one of every type that a history can hold', () => {
    const types = new Set(history.map(({ type }) => type));
    expect(
      eventCatalogue.all().flatMap(({ type, importable }) => (importable && !types.has(type) ? [type] : [])),
    ).toEqual([]);
  });
});
