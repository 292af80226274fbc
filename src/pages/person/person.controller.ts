import { Controller, Get, Param, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { GetCompliance } from '../../answers/compliance/get-compliance.js';
import { GetPicture } from '../../answers/compliance/get-picture.js';
import { GetState } from '../../answers/current-state/get-state.js';
import { IdPipe, Question } from '../../answers/http/question.js';
import { GetOperation } from '../../answers/projections/get-operation.js';
import { GetNames } from '../../answers/text/get-names.js';
import { GetTimeline } from '../../answers/timeline/get-timeline.js';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { Access } from '../../kernel/http/route-access.js';
import { AddressQuery } from '../asked.js';
import type { Times } from '../components/head.js';
import { toldEntries } from '../history/told-entry.js';
import { answerPage } from '../html/render.js';
import { visitorOf } from '../visitor.js';
import { episodeFacts, identityOf } from './head-facts.js';
import { mendingHref } from './mending.js';
import { PersonPage } from './person-page.js';

/** The page about one person. */
@UseInterceptors(ConsistencyInterceptor)
@ApiExcludeController()
@Controller('personer')
export class PersonPages {
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
  @Get(':id')
  async person(
    @Param('id', IdPipe) recipient: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const query = new AddressQuery(request);
    const today = this.question.day(undefined);
    const knownAt = query.instant('kant');
    const times: Times = { on: this.question.day(query.day('dag')), ...(knownAt === undefined ? {} : { knownAt }) };
    const timeline = await this.queries.execute(new GetTimeline(recipient, times.on, knownAt));
    const picture = await this.queries.execute(new GetPicture(recipient, times.on, knownAt));
    const compliance = await this.queries.execute(new GetCompliance(recipient, times.on, knownAt));
    const { state } = await this.queries.execute(new GetState('recipient', recipient, times.on, knownAt));
    const { evidence } = await this.queries.execute(new GetOperation());
    const units = picture.episodes.flatMap((episode) => episode.units.map(({ unit }) => `unit-${unit}`));
    const names = await this.queries.execute(
      new GetNames(
        timeline.entries.map(({ eventId, ...entry }) => ({ ...entry, id: eventId })),
        units,
        timeline.position,
      ),
    );
    const facts = new Map<string, readonly (readonly [string, string])[]>();
    for (const { episode } of picture.episodes) {
      const found = await this.queries.execute(new GetState('careEpisode', episode, times.on, knownAt));
      facts.set(episode, episodeFacts(found.state));
    }
    const page = h(PersonPage, {
      identity: identityOf(recipient, state, times.on),
      times,
      today,
      visitor: visitorOf(request),
      picture,
      compliance: compliance.episodes,
      timeline,
      entries: toldEntries(timeline.entries, names),
      names,
      ...(evidence === undefined ? {} : { evidence }),
      newestFirst: query.text('ordning') !== 'aldst',
      facts,
      mend: mendingHref,
    });
    return answerPage(reply, page);
  }
}
