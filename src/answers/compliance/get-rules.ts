import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
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

/** The catalogue of rules by which a day is judged, the same at all knowledge times. */
export class GetRules extends Query<RulesAnswer> {
  /** @param on `YYYY-MM-DD` */
  constructor(readonly on: string) {
    super();
  }
}

@QueryHandler(GetRules)
export class GetRulesHandler implements IQueryHandler<GetRules> {
  async execute({ on }: GetRules): Promise<RulesAnswer> {
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
}
