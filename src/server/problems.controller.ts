import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProperty, ApiTags } from '@nestjs/swagger';
import { httpProblems } from '../kernel/http/http-problems.js';
import { ApiProblems } from '../kernel/http/openapi.js';
import { Problem } from '../kernel/http/problem.js';
import { problemCatalogue } from './problem-catalogue.js';
import { Access } from '../kernel/http/route-access.js';

class ProblemTypeDto {
  @ApiProperty({ description: 'Stabil kod.', example: 'TITLE_REQUIRED' })
  code: string;

  @ApiProperty({ type: 'integer', example: 409 })
  status: number;

  @ApiProperty({ example: 'Medarbetaren får inte utses' })
  title: string;

  @ApiProperty({ description: 'Vad som ska göras.' })
  detail: string;
}

/** What the errors mean: the `type` of a problem document leads here. */
@ApiTags('Fel')
@Controller('problems')
export class ProblemsController {
  @Access({ row: 'register.problems', about: 'register', act: 'NONE', shows: [] })
  @Get()
  @ApiOperation({ summary: 'Alla felkoder', operationId: 'listProblems' })
  @ApiOkResponse({ type: ProblemTypeDto, isArray: true })
  @ApiProblems()
  list(): readonly ProblemTypeDto[] {
    return problemCatalogue;
  }

  @Access({ row: 'register.problems', about: 'register', act: 'NONE', shows: [] })
  @Get(':code')
  @ApiOperation({ summary: 'Vad en felkod betyder', operationId: 'readProblem' })
  @ApiParam({ name: 'code', schema: { type: 'string', enum: problemCatalogue.map(({ code }) => code) } })
  @ApiOkResponse({ type: ProblemTypeDto })
  @ApiProblems(httpProblems.NOT_FOUND)
  read(@Param('code') code: string): ProblemTypeDto {
    const type = problemCatalogue.find((problem) => problem.code === code);
    if (!type) throw new Problem(httpProblems.NOT_FOUND);
    return type;
  }
}
