import { Controller, Get, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { GetState } from '../../answers/current-state/get-state.js';
import { GetUnitCurrent, GetUnitDue } from '../../answers/current-state/unit-queries.js';
import { Question } from '../../answers/http/question.js';
import { PAGE_LIMITS } from '../../answers/http/query-fields.js';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { Access } from '../../kernel/http/route-access.js';
import { AddressQuery } from '../asked.js';
import { answerPage } from '../html/render.js';
import { unitsByController } from '../units/all-units.js';
import { listed } from '../units/unit-view.js';
import { UnitsPage } from '../units/units-page.js';
import { visitorOf } from '../visitor.js';
import { dayAfter } from '../../kernel/time/swedish-dates.js';
import { StartPage } from './start-page.js';
import { WelcomePage } from './welcome-page.js';

const SOON = 14;
const WHOLE = { limit: PAGE_LIMITS.most };

/** What somebody sees first. */
@UseInterceptors(ConsistencyInterceptor)
@ApiExcludeController()
@Controller()
export class StartPages {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  /**
   * Leads to what needs whoever has signed in. Where nobody signs in there is no *my* unit: all of them, to choose
   * from.
   */
  @Access({ row: 'self.me', about: 'self', act: 'READ', shows: [] })
  @Get('/')
  async start(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const visitor = visitorOf(request);
    if (visitor.signedIn) {
      if (visitor.home === '/') return answerPage(reply, h(WelcomePage, { visitor }));
      reply.status(302).header('location', visitor.home);
      return '';
    }
    const on = this.question.day(new AddressQuery(request).day('dag'));
    const controllers = await unitsByController(this.queries, on);
    return answerPage(reply, h(UnitsPage, { title: 'Enheterna i dag', place: 'start', controllers, on, visitor }));
  }

  @Access({ row: 'unit.current', about: 'unit', act: 'LIST', shows: ['NAME', 'STATE'] })
  @Get('att-gora/:id')
  async toDo(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const unit = (request.params as { readonly id: string }).id.toLowerCase();
    const today = this.question.day(undefined);
    const on = this.question.day(new AddressQuery(request).day('dag'));
    const { state } = await this.queries.execute(new GetState('unit', unit, today));
    const { rows } = await this.queries.execute(new GetUnitCurrent(unit, on, WHOLE));
    const { items } = await this.queries.execute(new GetUnitDue(unit, on, dayAfter(on, SOON), WHOLE));
    const page = h(StartPage, {
      unit,
      name: typeof state['name'] === 'string' ? state['name'] : 'enheten',
      on,
      today,
      rows: rows.map(listed),
      due: items,
      dueTo: dayAfter(on, SOON),
      visitor: visitorOf(request),
    });
    return answerPage(reply, page);
  }
}
