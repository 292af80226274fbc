import { Controller, Get, Param, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { GetState } from '../../answers/current-state/get-state.js';
import { GetUnitCurrent } from '../../answers/current-state/unit-queries.js';
import { PAGE_LIMITS } from '../../answers/http/query-fields.js';
import { IdPipe, Question } from '../../answers/http/question.js';
import { GetNames } from '../../answers/text/get-names.js';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { Access } from '../../kernel/http/route-access.js';
import { AddressQuery } from '../asked.js';
import { answerPage } from '../html/render.js';
import { groupsOfStaff } from '../record/choose.js';
import { visitorOf } from '../visitor.js';
import { MemberPage } from './member-page.js';

/** The page about an employee: what her title rests on, training, and whom she is a contact for. */
@UseInterceptors(ConsistencyInterceptor)
@ApiExcludeController()
@Controller('personal')
export class StaffPages {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  @Access({ row: 'staff.state', about: 'staff', act: 'READ', shows: ['NAME', 'STATE', 'IDENTITY'] })
  @Get(':id')
  async member(
    @Param('id', IdPipe) staff: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const on = this.question.day(new AddressQuery(request).day('dag'));
    const { state } = await this.queries.execute(new GetState('staff', staff, on));
    const unit = typeof state['unit'] === 'string' ? state['unit'] : undefined;
    const rows =
      unit === undefined
        ? []
        : (await this.queries.execute(new GetUnitCurrent(unit, on, { limit: PAGE_LIMITS.most }))).rows;
    const names = await this.queries.execute(new GetNames([], unit === undefined ? [] : [`unit-${unit}`]));
    return answerPage(
      reply,
      h(MemberPage, {
        on,
        state,
        ...(unit === undefined ? {} : { unit: { id: unit, name: names.of(unit) } }),
        carried: rows.flatMap((row) =>
          row.contacts.filter((contact) => contact.staff === staff).map((contact) => ({ row, contact })),
        ),
        groups: groupsOfStaff(staff),
        visitor: visitorOf(request),
      }),
    );
  }
}
