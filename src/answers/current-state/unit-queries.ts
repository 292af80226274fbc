import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { dayOf } from '../../kernel/time/day.js';
import { mustExist } from '../../judgement/answer-problems.js';
import { type AnswerBasis, shown } from '../answer.js';
import { type PageRequest, pageOf } from '../cursor.js';
import { namesByStream } from '../text/names.js';
import { listedPersons } from '../listed-persons.js';
import { personIds } from '../../judgement/person/person.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { type ContactLoad, contactLoads } from './contact-load.js';
import { type DueItem, dueItems, dueKey } from './due-items.js';
import { namedRow, peopleOf, type UnitRow, unitRow } from './unit-row.js';

interface UnitAnswer extends AnswerBasis {
  readonly unit: string;
  readonly next?: string;
}

export interface UnitCurrentAnswer extends UnitAnswer {
  readonly on: string;
  readonly rows: readonly UnitRow[];
}

/** A unit on a day: a row per ongoing episode. */
export class GetUnitCurrent extends Query<UnitCurrentAnswer> {
  /** @param on `YYYY-MM-DD` */
  constructor(
    readonly unit: string,
    readonly on: string,
    readonly page: PageRequest,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(GetUnitCurrent)
export class GetUnitCurrentHandler implements IQueryHandler<GetUnitCurrent> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_UNIT, CURSOR_MALFORMED */
  async execute({ unit, on, page, knownAt }: GetUnitCurrent) {
    await mustExist(this.reads, 'unit', unit);
    const { assessments, basis } = await this.reads.assessments.ofUnit(unit, dayOf(on), knownAt);
    const persons = await listedPersons(this.reads, assessments);
    const rows = persons
      .shown(assessments)
      .map((assessment) => unitRow(assessment, dayOf(on)))
      .filter((row) => row !== undefined);
    const { items, ...rest } = pageOf(
      rows.sort((a, b) => (a.episode < b.episode ? -1 : 1)),
      page,
      { key: (row) => [row.episode], parts: 1 },
    );
    const names = await namesByStream(this.reads, items.flatMap(peopleOf), basis.position);
    const named = items.map((row) => namedRow(row, (stream) => persons.nameOf(stream, names.get(stream))));
    return { unit, on, ...shown(basis), rows: named, ...rest };
  }
}

export interface UnitDueAnswer extends UnitAnswer {
  readonly from: string;
  readonly to: string;
  readonly items: readonly DueItem[];
}

/** What falls due in a unit in a period, as judged on its first day. */
export class GetUnitDue extends Query<UnitDueAnswer> {
  /**
   * @param from `YYYY-MM-DD`
   * @param to the last day, `YYYY-MM-DD`
   */
  constructor(
    readonly unit: string,
    readonly from: string,
    readonly to: string,
    readonly page: PageRequest,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(GetUnitDue)
export class GetUnitDueHandler implements IQueryHandler<GetUnitDue> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_UNIT, CURSOR_MALFORMED */
  async execute({ unit, from, to, page, knownAt }: GetUnitDue) {
    await mustExist(this.reads, 'unit', unit);
    const { assessments, basis } = await this.reads.assessments.ofUnit(unit, dayOf(from), knownAt);
    const shownOnes = (await listedPersons(this.reads, assessments)).shown(assessments);
    const { items, ...rest } = pageOf(dueItems(shownOnes, dayOf(from), dayOf(to)), page, { key: dueKey, parts: 4 });
    return { unit, from, to, ...shown(basis), items, ...rest };
  }
}

export interface UnitContactsAnswer extends UnitAnswer {
  readonly on: string;
  readonly contacts: readonly ContactLoad[];
}

/** How many recipients each contact of a unit carries on a day. */
export class GetUnitContacts extends Query<UnitContactsAnswer> {
  /** @param on `YYYY-MM-DD` */
  constructor(
    readonly unit: string,
    readonly on: string,
    readonly page: PageRequest,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(GetUnitContacts)
export class GetUnitContactsHandler implements IQueryHandler<GetUnitContacts> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_UNIT, CURSOR_MALFORMED */
  async execute({ unit, on, page, knownAt }: GetUnitContacts) {
    await mustExist(this.reads, 'unit', unit);
    const { assessments, basis } = await this.reads.assessments.ofUnit(unit, dayOf(on), knownAt);
    const persons = await personIds(
      this.reads,
      assessments.map(({ recipient }) => recipient),
      basis.position,
    );
    const loads = contactLoads(assessments, dayOf(on), (recipient) => persons.get(recipient) ?? recipient);
    const { items, ...rest } = pageOf(loads, page, { key: ({ staff }) => [staff], parts: 1 });
    return { unit, on, ...shown(basis), contacts: items, ...rest };
  }
}
