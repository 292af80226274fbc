import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { HistoryLine } from '../../src/simulation/history-line.js';
import { aheadOfType, correctionsAgainstSchema, referenceProblems, schemaProblems } from './second-reading.js';

const text = readFileSync(new URL('../../examples/three-recipients.ndjson', import.meta.url), 'utf8');
const history = text
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as HistoryLine);

describe('the example history of three recipients', () => {
  it('is small enough to read', () => {
    expect(history.length).toBeLessThan(100);
    expect(history.filter(({ type }) => type === 'RecipientRegistered')).toHaveLength(3);
  });

  it('holds to the contract in every line', () => {
    expect(history.flatMap(schemaProblems)).toEqual([]);
    expect(referenceProblems(history)).toEqual([]);
    expect(correctionsAgainstSchema(history)).toEqual({ checked: 1, problems: [] });
    expect(history.filter(aheadOfType)).toEqual([]);
  });

  it('stands in the order in which it became known', () => {
    const moments = history.map(({ documentedAt }) => documentedAt);
    expect(moments).toEqual([...moments].sort());
  });

  it('passes through every step of the process, a decline, a correction, an annulment, a dispute and a late entry', () => {
    const types = new Set(history.map(({ type }) => type));
    const steps = [
      'InformationGiven',
      'ContactOffered',
      'OfferAccepted',
      'OfferDeclined',
      'TitleVerified',
      'ContactAssigned',
      'ContactReplaced',
      'PlanAgreed',
      'FollowUpHeld',
    ];
    expect([...steps, 'EntryCorrected', 'EntryAnnulled', 'EntryDisputed'].filter((type) => !types.has(type))).toEqual(
      [],
    );
    expect(history.some(({ lateReason }) => lateReason !== undefined)).toBe(true);
  });
});
