import { Controller, Get, Param, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import type { Role } from '../../access/model.js';
import { GetInspectionSample, MOST_SAMPLED } from '../../answers/access/get-inspection-sample.js';
import { ListInspections } from '../../answers/access/list-decided.js';
import { ListControllers } from '../../answers/controllers/list-controllers.js';
import type { UnitRow } from '../../answers/current-state/unit-row.js';
import { GetUnitCurrent } from '../../answers/current-state/unit-queries.js';
import { ListUnits } from '../../answers/find/list-units.js';
import { PAGE_LIMITS } from '../../answers/http/query-fields.js';
import { IdPipe, Question } from '../../answers/http/question.js';
import { GetOperation } from '../../answers/projections/get-operation.js';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { Access } from '../../kernel/http/route-access.js';
import { AddressQuery, wrong } from '../asked.js';
import { answerPage } from '../html/render.js';
import { visitorOf } from '../visitor.js';
import { CasePage } from './case-page.js';
import { InspectionsPage } from './inspections-page.js';

const USUAL_SAMPLE = 10;
/** Who has to do with inspections, and so sees those of her controller, or her own. */
const IN_INSPECTIONS: readonly Role[] = ['SAS', 'AUDITOR'];

/** Inspections that go on; of each what it covers, a random sample, and whether the log is untouched. */
@UseInterceptors(ConsistencyInterceptor)
@ApiExcludeController()
@Controller('inspektion')
export class InspectionPages {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  /** Who inspects one case is led to it; who opens cases sees those of her controller. */
  @Access({ row: 'inspection.sample', about: 'list', act: 'READ', shows: [] })
  @Get()
  async all(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const on = this.question.day(undefined);
    const roles = request.subject?.roles;
    const inspects = new Set(roles?.flatMap(({ inspection }) => inspection ?? []));
    const opensIn = (controller: string): boolean =>
      roles === undefined || roles.some((one) => one.role === 'SAS' && one.controller === controller);
    const [only] = inspects;
    if (only !== undefined && inspects.size === 1 && !roles?.some(({ role }) => role === 'SAS')) {
      reply.status(302).header('location', `/inspektion/${only}`);
      return '';
    }
    const reached =
      roles && new Set(roles.filter(({ role }) => IN_INSPECTIONS.includes(role)).map(({ controller }) => controller));
    const controllers = await this.queries.execute(new ListControllers());
    const cases = [];
    const own = controllers
      .filter(({ id }) => reached === undefined || reached.has(id))
      .map(({ id, name }) => ({ id, name: name ?? 'Personuppgiftsansvarig' }));
    for (const { id, name } of own) {
      const { inspections } = await this.queries.execute(new ListInspections(id, on, { limit: PAGE_LIMITS.most }));
      const mine = inspections.filter(({ inspection }) => opensIn(id) || inspects.has(inspection));
      cases.push(...mine.map((one) => ({ ...one, controllerName: name })));
    }
    const opensAt = own.filter(({ id }) => opensIn(id));
    return answerPage(reply, h(InspectionsPage, { on, cases, opensAt, visitor: visitorOf(request) }));
  }

  @Access({
    row: 'inspection.sample',
    also: ['unit.current'],
    about: 'inspection',
    act: 'LIST',
    shows: ['NAME', 'STATE'],
  })
  @Get(':id')
  async one(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const on = this.question.day(undefined);
    const answer = await this.queries.execute(new GetInspectionSample(id, on, sizeIn(new AddressQuery(request))));
    const { evidence } = await this.queries.execute(new GetOperation());
    const { goesOn } = answer;
    const units = goesOn ? await this.unitsOf(goesOn) : [];
    const visitor = visitorOf(request);
    return answerPage(
      reply,
      h(CasePage, {
        answer,
        units,
        rows: answer.sample ? await this.rowsOf(units, on) : new Map<string, readonly UnitRow[]>(),
        ...(evidence === undefined ? {} : { evidence }),
        visitor,
      }),
    );
  }

  private async unitsOf({
    controller,
    units,
  }: {
    readonly controller: string;
    readonly units?: readonly string[];
  }): Promise<{ readonly unit: string; readonly name: string }[]> {
    const all = await this.queries.execute(new ListUnits(controller, { limit: PAGE_LIMITS.most }));
    return all.units.filter(({ unit }) => units?.includes(unit) ?? true);
  }

  /** How it stands today with the persons of the units, by person. */
  private async rowsOf(units: readonly { readonly unit: string }[], on: string): Promise<Map<string, UnitRow[]>> {
    const rows = new Map<string, UnitRow[]>();
    for (const { unit } of units) {
      const current = await this.queries.execute(new GetUnitCurrent(unit, on, { limit: PAGE_LIMITS.most }));
      for (const row of current.rows) rows.set(row.recipient, [...(rows.get(row.recipient) ?? []), row]);
    }
    return rows;
  }
}

/** How many persons are asked for. @throws Problem VALIDATION_FAILED for what is no number from 1 to {@link MOST_SAMPLED} */
function sizeIn(query: AddressQuery): number {
  const given = query.text('antal');
  if (given === undefined) return USUAL_SAMPLE;
  if (!/^[1-9]\d?$/.test(given) || Number(given) > MOST_SAMPLED)
    throw wrong('antal', `ska vara ett heltal från 1 till ${MOST_SAMPLED}`);
  return Number(given);
}
