import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { today } from '../../kernel/time/clock.js';
import { mustExist } from '../../judgement/answer-problems.js';
import { type AnswerBasis, shown } from '../answer.js';
import { type PageRequest, pageOf } from '../cursor.js';
import { byUnitName, type UnitFacts, unitsOfController } from '../current-state/unit-facts.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';

export interface UnitsAnswer extends AnswerBasis {
  readonly controller: string;
  readonly units: readonly UnitFacts[];
  readonly next?: string;
}

/** The units of a controller, its own and those that work on its commission, in order of name. */
export class ListUnits extends Query<UnitsAnswer> {
  constructor(
    readonly controller: string,
    readonly page: PageRequest,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(ListUnits)
export class ListUnitsHandler implements IQueryHandler<ListUnits> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_CONTROLLER, CURSOR_MALFORMED */
  async execute({ controller, page, knownAt }: ListUnits) {
    await mustExist(this.reads, 'controller', controller);
    const known = await this.reads.knowledge.at(knownAt);
    const units = await unitsOfController(this.reads, controller, today(this.reads.clock), known.position);
    const { items, ...rest } = pageOf(units, page, {
      key: ({ name, unit }) => [name, unit],
      parts: 2,
      compare: ([nameA = '', a = ''], [nameB = '', b = '']) =>
        byUnitName({ name: nameA, unit: a }, { name: nameB, unit: b }),
    });
    return { controller, ...shown(known), units: items, ...rest };
  }
}
