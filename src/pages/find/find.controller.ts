import { Controller, HttpCode, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { type FoundRecipients, SearchRecipients } from '../../answers/find/search-recipients.js';
import { PAGE_LIMITS } from '../../answers/http/query-fields.js';
import { nameTerms } from '../../facts/search-terms.js';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { Problem } from '../../kernel/http/problem.js';
import { Access } from '../../kernel/http/route-access.js';
import { formOf } from '../form-of.js';
import { answerPage } from '../html/render.js';
import { visitorOf } from '../visitor.js';
import { FoundPage } from './found-page.js';

/** Everyday search, by number or by whole words of the name. What is looked for stands in the body. */
@UseInterceptors(ConsistencyInterceptor)
@ApiExcludeController()
@Controller('sok')
export class FindPages {
  constructor(private readonly queries: QueryBus) {}

  @Access({ row: 'recipient.search', about: 'list', act: 'SEARCH', shows: ['NAME', 'IDENTITY'] })
  @HttpCode(200)
  @Post()
  async find(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const lookedFor = (formOf(request).get('sok') ?? '').trim().slice(0, 200);
    const found = await this.found(lookedFor);
    return answerPage(reply, h(FoundPage, { lookedFor, found, visitor: visitorOf(request) }));
  }

  private async found(lookedFor: string): Promise<FoundRecipients['recipients']> {
    const page = { limit: PAGE_LIMITS.usual };
    try {
      // A text with a digit is a number: no name has one.
      if (/\d/.test(lookedFor))
        return (await this.queries.execute(new SearchRecipients({ identity: { value: lookedFor } }, page))).recipients;
      if (nameTerms(lookedFor).length === 0) return [];
      return (await this.queries.execute(new SearchRecipients({ name: lookedFor }, page))).recipients;
    } catch (error) {
      // A number that is none is nobody's.
      if (error instanceof Problem && error.type.status === 400) return [];
      throw error;
    }
  }
}
