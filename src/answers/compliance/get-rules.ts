import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { type RulesAnswer, rulesAnswer } from './rules-answer.js';

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
    return rulesAnswer(on);
  }
}
