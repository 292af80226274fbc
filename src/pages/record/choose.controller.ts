import { Controller, Get, Param, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { GetState } from '../../answers/current-state/get-state.js';
import { ReadEntry } from '../../answers/entries/read-entry.js';
import { IdPipe, Question } from '../../answers/http/question.js';
import { GetTimeline } from '../../answers/timeline/get-timeline.js';
import { typeLabel } from '../../facts/labels.js';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { Access } from '../../kernel/http/route-access.js';
import { AddressQuery } from '../asked.js';
import { answerPage } from '../html/render.js';
import { visitorOf } from '../visitor.js';
import { longDay } from '../../kernel/time/swedish-dates.js';
import { ChoosePage } from './choose-page.js';
import { groupsOfEntry, groupsOfEpisode, groupsOfUnit } from './choose.js';
import { mendingForm } from './mend.js';
import { subjectOf, textOf } from './subject.js';

/** The way to the forms: what can be recorded about something, and what mends a lack. */
@UseInterceptors(ConsistencyInterceptor)
@ApiExcludeController()
@Controller()
export class ChoosePages {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  @Access({ row: 'care-episode.state', about: 'care-episode', act: 'READ', shows: ['NAME', 'STATE', 'FREE_TEXT'] })
  @Get('registrera/omsorgsperiod/:id')
  async episode(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const subject = await subjectOf(this.queries, 'care-episodes/:id', { id }, this.question.day(undefined));
    return answerPage(
      reply,
      h(ChoosePage, {
        title: 'Vad vill du registrera?',
        lede: subject.name,
        crumbs: subject.crumbs,
        groups: groupsOfEpisode(id, subject.recipient ?? '', subject.state),
        visitor: visitorOf(request),
      }),
    );
  }

  @Access({ row: 'unit.state', about: 'unit', act: 'READ', shows: [] })
  @Get('registrera/enhet/:id')
  async unit(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const subject = await subjectOf(this.queries, 'units/:id', { id }, this.question.day(undefined));
    return answerPage(
      reply,
      h(ChoosePage, {
        title: 'Vad vill du registrera?',
        lede: subject.name,
        crumbs: subject.crumbs,
        groups: groupsOfUnit(id, textOf(subject.state['controller'])),
        visitor: visitorOf(request),
      }),
    );
  }

  @Access({ row: 'entry.read', about: 'entry', act: 'READ', shows: ['NAME', 'STATE'] })
  @Get('handelser/:event')
  async entry(
    @Param('event', IdPipe) event: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { entry } = await this.queries.execute(new ReadEntry(event));
    const subject = await subjectOf(this.queries, 'entries/:event', { event }, this.question.day(undefined));
    return answerPage(
      reply,
      h(ChoosePage, {
        title: typeLabel(entry.type),
        lede: `${subject.name}, ${longDay(entry.effectiveOn)}. Inget skrivs över: det som var fel står kvar bredvid det rätta.`,
        crumbs: subject.crumbs,
        groups: groupsOfEntry(event, entry.type),
        visitor: visitorOf(request),
      }),
    );
  }

  /** Leads to the form that mends a lack; to everything that can be recorded where there is none. */
  @Access({ row: 'care-episode.state', about: 'care-episode', act: 'READ', shows: ['STATE'] })
  @Get('atgarda/:id')
  async mend(
    @Param('id', IdPipe) episode: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const query = new AddressQuery(request);
    const on = this.question.day(undefined);
    const { state } = await this.queries.execute(new GetState('careEpisode', episode, on));
    const { entries } = await this.queries.execute(new GetTimeline(textOf(state['recipient']) ?? '', on));
    const assignment = query.text('uppdrag');
    const form = mendingForm({
      rule: query.text('regel') ?? '',
      episode,
      state,
      entries: entries.filter(({ stream }) => stream === `careEpisode-${episode}`),
      ...(assignment === undefined ? {} : { assignment }),
    });
    reply.status(302).header('location', form ?? `/registrera/omsorgsperiod/${episode}`);
    return '';
  }
}
