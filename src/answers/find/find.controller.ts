import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional, Matches, ValidateBy } from 'class-validator';
import type { IdentityType } from '../../facts/identity.js';
import { IDENTITY_TYPES } from '../../facts/codes.js';
import { codesOf } from '../../kernel/event-sourcing/codes.js';
import { nameTerms } from '../../facts/search-terms.js';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { httpProblems } from '../../kernel/http/http-problems.js';
import { Problem } from '../../kernel/http/problem.js';
import { IsId, IsInstant, OnPageQuery, PAGE_LIMITS, PageQuery, pageRequest } from '../http/query-fields.js';
import { IdPipe, Question } from '../http/question.js';
import { ListUnits } from './list-units.js';
import { type SearchFor, SearchRecipients } from './search-recipients.js';
import { GetUnitRecipients, GetUnitStaff } from './unit-people.js';
import { Access } from '../../kernel/http/route-access.js';

export class UnitsQuery extends PageQuery {
  @IsId()
  controller: string;
}

type GivenIdentity = string | { readonly type: IdentityType; readonly value: string; readonly issuer?: string };

/** What somebody is looked for by stands in the body, so that no number and no name lands in a log of addresses. */
export class SearchBody {
  /**
   * A number, as text, or with its type and, where it is known, who issued it: whoever is known to have it of somebody
   * else is left out.
   */
  @ApiPropertyOptional({
    oneOf: [
      { type: 'string' },
      {
        type: 'object',
        properties: { type: { enum: codesOf(IDENTITY_TYPES) }, value: { type: 'string' }, issuer: { type: 'string' } },
        required: ['type', 'value'],
      },
    ],
  })
  @IsOptional()
  @ValidateBy({
    name: 'isIdentity',
    validator: {
      validate: isIdentity,
      defaultMessage: () => 'ska vara ett nummer, eller ett objekt med type, value och eventuellt issuer',
    },
  })
  identity?: GivenIdentity;

  /** One or more whole words of the name, in any order. */
  @ApiPropertyOptional()
  @IsOptional()
  @ValidateBy({
    name: 'isName',
    validator: {
      validate: (value) => typeof value === 'string' && value.length <= 200 && nameTerms(value).length > 0,
      defaultMessage: () => 'ska vara minst ett ord',
    },
  })
  name?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsInstant()
  knownAt?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{1,2000}$/, { message: 'ska vara värdet i next från föregående sida' })
  cursor?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: PAGE_LIMITS.most })
  @IsOptional()
  @ValidateBy({
    name: 'isPageLimit',
    validator: {
      validate: (value) => Number.isInteger(value) && value >= 1 && value <= PAGE_LIMITS.most,
      defaultMessage: () => `ska vara ett heltal från 1 till ${PAGE_LIMITS.most}`,
    },
  })
  limit?: number;
}

function isIdentity(given: unknown): boolean {
  if (typeof given !== 'object' || given === null) return isShortText(given);
  const { type, value, issuer, ...others } = given as Record<string, unknown>;
  return (
    Object.keys(others).length === 0 &&
    codesOf(IDENTITY_TYPES).some((known) => known === type) &&
    isShortText(value) &&
    (issuer === undefined || isShortText(issuer))
  );
}

function isShortText(given: unknown): boolean {
  return typeof given === 'string' && given.length > 0 && given.length <= 100;
}

@ApiTags('Hitta')
@UseInterceptors(ConsistencyInterceptor)
@Controller()
export class FindController {
  constructor(
    private readonly queries: QueryBus,
    private readonly question: Question,
  ) {}

  @ApiOperation({ summary: 'Sök en omsorgstagare på nummer eller namn' })
  @HttpCode(200)
  @Access({ row: 'recipient.search', about: 'list', act: 'SEARCH', shows: ['NAME', 'IDENTITY'] })
  @Post('recipients/search')
  search(@Body() body: SearchBody, @Query() query: PageQuery) {
    const page = { limit: body.limit ?? pageRequest(query).limit, cursor: body.cursor ?? query.cursor };
    return this.queries.execute(new SearchRecipients(searchFor(body), page, body.knownAt ?? query.knownAt));
  }

  @ApiOperation({ summary: 'En personuppgiftsansvarigs enheter, egna och de som utför på dennes uppdrag' })
  @Access({ row: 'unit.list', about: 'list', act: 'LIST', shows: [] })
  @Get('units')
  units(@Query() query: UnitsQuery) {
    return this.queries.execute(new ListUnits(query.controller.toLowerCase(), pageRequest(query), query.knownAt));
  }

  @ApiOperation({ summary: 'Vilka som har omsorg från en enhet en dag' })
  @Access({ row: 'unit.recipients', about: 'unit', act: 'LIST', shows: ['NAME', 'STATE'] })
  @Get('units/:id/recipients')
  recipients(@Param('id', IdPipe) id: string, @Query() query: OnPageQuery) {
    return this.queries.execute(
      new GetUnitRecipients(id, this.question.day(query.on), pageRequest(query), query.knownAt),
    );
  }

  @ApiOperation({ summary: 'Vilka som arbetar i en enhet en dag, och vad deras yrkestitel vilar på' })
  @Access({ row: 'unit.staff', about: 'unit', act: 'LIST', shows: ['NAME', 'STATE'] })
  @Get('units/:id/staff')
  staff(@Param('id', IdPipe) id: string, @Query() query: OnPageQuery) {
    return this.queries.execute(new GetUnitStaff(id, this.question.day(query.on), pageRequest(query), query.knownAt));
  }
}

/** @throws Problem VALIDATION_FAILED unless exactly one of the two is given */
function searchFor(body: SearchBody): SearchFor {
  // A field that is null says as little as one that is not there.
  const [identity, name] = [body.identity ?? undefined, body.name ?? undefined];
  if ((identity === undefined) === (name === undefined))
    throw new Problem(httpProblems.VALIDATION_FAILED, {
      errors: [{ path: 'identity', message: 'ange antingen identity eller name' }],
    });
  if (identity === undefined) return { name: name ?? '' };
  return { identity: typeof identity === 'string' ? { value: identity } : identity };
}
