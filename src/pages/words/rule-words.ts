import { ruleById } from '../../compliance-rules/index.js';
import type { Status } from '../../compliance-rules/model.js';
import type { FactName } from '../../facts/event-catalogue.js';

/** What mends a lack: what is recorded, and what its button says. */
export interface MendingAct {
  readonly records: FactName;
  readonly button: string;
}

/** How a rule is spoken of on a page. */
export interface RuleWords {
  readonly name: string;
  /** What is wanting where it is not met. */
  readonly lack: string;
  /** What one does about it. */
  readonly act: MendingAct;
}

/** The words of a rule; its id where this program does not know it. */
export function ruleWords(id: string): RuleWords {
  const rule = ruleById(id);
  if (!rule) return { name: id, lack: id, act: { records: 'EntryCorrected', button: 'Rätta' } };
  const { short, lack, mendedBy, button } = rule.words;
  return { name: short ?? rule.name, lack, act: { records: mendedBy, button } };
}

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  MET: 'Uppfyllt',
  DUE: 'Inom tid',
  BREACH: 'Brist',
  WARNING: 'Anmärkning',
};
