import { Controller, Get, Param, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { GetCompliance } from '../../answers/compliance/get-compliance.js';
import { GetState } from '../../answers/current-state/get-state.js';
import { IdPipe, Question } from '../../answers/http/question.js';
import { GetNames } from '../../answers/text/get-names.js';
import { GetReplay } from '../../answers/timeline/get-replay.js';
import { GetTimeline } from '../../answers/timeline/get-timeline.js';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { Access } from '../../kernel/http/route-access.js';
import { AddressQuery, wrong } from '../asked.js';
import type { Crumb } from '../components/head.js';
import { answerPage } from '../html/render.js';
import { visitorOf } from '../visitor.js';
import { instantOf } from '../../kernel/time/swedish-dates.js';
import { NAMELESS } from '../words/state-words.js';
import { ReplayPage } from './replay-page.js';
import { ThenAndNowPage } from './then-and-now-page.js';

/** One person by what was known at another time, and step by step. */
@UseInterceptors(ConsistencyInterceptor)
@ApiExcludeController()
@Controller('personer')
export class PersonTimesPages {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  @Access({
    row: 'recipient.timeline',
    also: ['recipient.state', 'recipient.compliance'],
    about: 'recipient',
    act: 'READ',
    shows: ['NAME', 'STATE', 'FREE_TEXT', 'IDENTITY'],
  })
  @Get(':id/da-och-nu')
  async thenAndNow(
    @Param('id', IdPipe) recipient: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const query = new AddressQuery(request);
    const on = this.question.day(query.day('dag'));
    const knownAt = query.instant('kant') ?? instantOf(query.day('visste') ?? on, query.text('klockan') ?? '23.59');
    const timeline = await this.queries.execute(new GetTimeline(recipient, on));
    // What has not been yet cannot have been known: then it is what is known now.
    const asked = knownAt > timeline.knownAt ? timeline.knownAt : knownAt;
    const before = await this.queries.execute(new GetCompliance(recipient, on, asked));
    const after = await this.queries.execute(new GetCompliance(recipient, on));
    const { name, crumbs } = await this.headOf(recipient, on);
    const since = timeline.entries.filter(({ recordedAt }) => recordedAt > asked);
    return answerPage(
      reply,
      h(ThenAndNowPage, {
        recipient,
        name,
        crumbs,
        on,
        knownAt: asked,
        before: before.episodes,
        after: after.episodes,
        since,
        visitor: visitorOf(request),
      }),
    );
  }

  @Access({
    row: 'recipient.replay',
    also: ['recipient.state'],
    about: 'recipient',
    act: 'READ',
    shows: ['NAME', 'STATE', 'FREE_TEXT', 'IDENTITY'],
  })
  @Get(':id/steg-for-steg')
  async step(
    @Param('id', IdPipe) recipient: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const query = new AddressQuery(request);
    const position = query.text('plats') ?? '';
    if (!/^\d{1,18}$/.test(position)) throw wrong('plats', 'ska vara en plats i loggen');
    const knownAt = query.instant('kant');
    const step = await this.queries.execute(new GetReplay(recipient, BigInt(position), undefined, knownAt));
    const { eventId, ...entry } = step.event;
    const names = await this.queries.execute(new GetNames([{ ...entry, id: eventId }]));
    const { crumbs } = await this.headOf(recipient, step.asOf);
    return answerPage(
      reply,
      h(ReplayPage, {
        step,
        names,
        crumbs,
        ...(knownAt === undefined ? {} : { knownAt }),
        visitor: visitorOf(request),
      }),
    );
  }

  private async headOf(recipient: string, on: string): Promise<{ name: string; crumbs: readonly Crumb[] }> {
    const { state } = await this.queries.execute(new GetState('recipient', recipient, on));
    const name = typeof state['name'] === 'string' ? state['name'] : NAMELESS;
    return { name, crumbs: [{ href: `/personer/${recipient}`, words: name }] };
  }
}
