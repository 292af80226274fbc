import { describe, expect, it } from '@jest/globals';
import { RULES } from '../../compliance-rules/index.js';
import { ruleWords } from './rule-words.js';

describe('the words of rules', () => {
  it('tell lacks apart', () => {
    const lacks = RULES.map(({ id }) => ruleWords(id).lack);
    expect(new Set(lacks).size).toBe(lacks.length);
  });

  it('are its id for a rule that this program does not know', () => {
    expect(ruleWords('NEWER')).toMatchObject({ name: 'NEWER', lack: 'NEWER' });
  });
});
