import { Controller, Get, Param, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { GetState } from '../../answers/current-state/get-state.js';
import { GetUnitContacts, GetUnitCurrent, GetUnitDue } from '../../answers/current-state/unit-queries.js';
import { GetUnitStaff } from '../../answers/find/unit-people.js';
import { IdPipe, Question } from '../../answers/http/question.js';
import { PAGE_LIMITS } from '../../answers/http/query-fields.js';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { Access } from '../../kernel/http/route-access.js';
import { AddressQuery } from '../asked.js';
import type { Times } from '../components/head.js';
import { answerPage } from '../html/render.js';
import { visitorOf } from '../visitor.js';
import { dayAfter } from '../../kernel/time/swedish-dates.js';
import { unitsByController } from './all-units.js';
import { DuePage } from './due-page.js';
import { StaffPage } from './staff-page.js';
import { UnitPage } from './unit-page.js';
import { listed, orderNamed } from './unit-view.js';
import { UnitsPage } from './units-page.js';

/** So far ahead the unit's page looks, in days. */
const AHEAD = 60;
/** What falls due within so many days is soon. */
const SOON = 14;
const WHOLE = { limit: PAGE_LIMITS.most };

/** The pages about units. */
@UseInterceptors(ConsistencyInterceptor)
@ApiExcludeController()
@Controller('enheter')
export class UnitsPages {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  @Access({ row: 'report.supervision', about: 'list', act: 'READ', shows: [] })
  @Get()
  async all(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const on = this.question.day(new AddressQuery(request).day('dag'));
    const controllers = await unitsByController(this.queries, on);
    return answerPage(
      reply,
      h(UnitsPage, { title: 'Enheter', place: 'units', controllers, on, visitor: visitorOf(request) }),
    );
  }

  @Access({ row: 'unit.current', about: 'unit', act: 'LIST', shows: ['NAME', 'STATE'] })
  @Get(':id')
  async unit(
    @Param('id', IdPipe) unit: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const query = new AddressQuery(request);
    const times = this.times(query);
    const frame = await this.frame(unit, times, request);
    const { rows } = await this.queries.execute(new GetUnitCurrent(unit, times.on, WHOLE, times.knownAt));
    const due = await this.due(unit, times, AHEAD);
    const { contacts } = await this.queries.execute(new GetUnitContacts(unit, times.on, WHOLE, times.knownAt));
    const soon = dayAfter(times.on, SOON);
    const page = h(UnitPage, {
      ...frame,
      rows: rows.map(listed),
      due,
      dueSoon: new Set(due.filter(({ dueOn }) => dueOn <= soon).map(({ episode }) => episode)),
      loads: contacts,
      chosen: {
        choice: query.text('visa'),
        name: query.text('namn'),
        contact: query.text('kontakt'),
        order: orderNamed(query.text('ordning')),
      },
    });
    return answerPage(reply, page);
  }

  @Access({ row: 'unit.due', about: 'unit', act: 'LIST', shows: ['NAME', 'STATE'] })
  @Get(':id/forfaller')
  async dueList(
    @Param('id', IdPipe) unit: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const times = this.times(new AddressQuery(request));
    const frame = await this.frame(unit, times, request);
    const { rows } = await this.queries.execute(new GetUnitCurrent(unit, times.on, WHOLE, times.knownAt));
    const items = await this.due(unit, times, AHEAD);
    return answerPage(reply, h(DuePage, { ...frame, items, rows: rows.map(listed), to: dayAfter(times.on, AHEAD) }));
  }

  @Access({ row: 'unit.staff', about: 'unit', act: 'LIST', shows: ['NAME', 'STATE'] })
  @Get(':id/personal')
  async staff(
    @Param('id', IdPipe) unit: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const times = this.times(new AddressQuery(request));
    const frame = await this.frame(unit, times, request);
    const { staff } = await this.queries.execute(new GetUnitStaff(unit, times.on, WHOLE, times.knownAt));
    const { contacts } = await this.queries.execute(new GetUnitContacts(unit, times.on, WHOLE, times.knownAt));
    return answerPage(reply, h(StaffPage, { ...frame, staff, loads: contacts }));
  }

  private times(query: AddressQuery): Times {
    const knownAt = query.instant('kant');
    return { on: this.question.day(query.day('dag')), ...(knownAt === undefined ? {} : { knownAt }) };
  }

  private async due(unit: string, { on, knownAt }: Times, days: number) {
    const { items } = await this.queries.execute(new GetUnitDue(unit, on, dayAfter(on, days), WHOLE, knownAt));
    return items;
  }

  private async frame(unit: string, times: Times, request: FastifyRequest) {
    // What a unit is called does not wait for the day on which it opened.
    const today = this.question.day(undefined);
    const { state } = await this.queries.execute(new GetState('unit', unit, times.on < today ? today : times.on));
    const name = typeof state['name'] === 'string' ? state['name'] : 'Enhet';
    return { unit, name, times, today, visitor: visitorOf(request) };
  }
}
