import { type CatalogueEntry, rulesOn } from '../../compliance-rules/index.js';
import { dayOf, formatDay } from '../../kernel/time/day.js';

/** A rule as a lawyer reads it; `validTo` is the last day. */
export interface RuleShown extends Omit<CatalogueEntry, 'validFrom' | 'validTo'> {
  readonly validFrom?: string;
  readonly validTo?: string;
}

export interface RulesAnswer {
  readonly on: string;
  readonly rules: readonly RuleShown[];
}

/** The catalogue of rules by which a day is judged. @param on `YYYY-MM-DD` */
export function rulesAnswer(on: string): RulesAnswer {
  const rules = rulesOn(dayOf(on));
  return {
    on,
    rules: rules.map(({ validFrom, validTo, ...rule }) => ({
      ...rule,
      ...(validFrom === undefined ? {} : { validFrom: formatDay(validFrom) }),
      ...(validTo === undefined ? {} : { validTo: formatDay(validTo) }),
    })),
  };
}
