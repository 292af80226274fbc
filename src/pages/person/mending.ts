import { address } from '../asked.js';
import { ruleWords } from '../words/rule-words.js';

/** The way to what mends a lack, with what is known of it. */
export function mendingHref(rule: string, episode: string, assignment?: string): string {
  return address('/atgarda', {
    regel: rule,
    atgard: ruleWords(rule).act.records,
    omsorgsperiod: episode,
    uppdrag: assignment,
  });
}
