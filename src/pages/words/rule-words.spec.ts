import { describe, expect, it } from '@jest/globals';
import { RULES } from '../../compliance-rules/index.js';
import { RULE_WORDS } from './rule-words.js';

describe('the words of rules', () => {
  it('are there for every rule of the catalogue, and for nothing else', () => {
    expect(Object.keys(RULE_WORDS).sort()).toEqual(RULES.map(({ id }) => id).sort());
  });

  it('tell lacks apart', () => {
    const lacks = Object.values(RULE_WORDS).map(({ lack }) => lack);
    expect(new Set(lacks).size).toBe(lacks.length);
  });
});
