import { Body, Controller, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { httpProblems } from '../../kernel/http/http-problems.js';
import { Problem } from '../../kernel/http/problem.js';
import { Access } from '../../kernel/http/route-access.js';
import { NoReport, type ReadReport, savedReportIn } from './reproduce.js';
import { ReproduceReport } from './reproduce-report.js';

@ApiTags('Rapporter')
@UseInterceptors(ConsistencyInterceptor)
@Controller('reports/reproductions')
export class ReproductionController {
  constructor(private readonly queries: QueryBus) {}

  @ApiOperation({
    summary: 'Gör om en sparad tillsynsrapport och säg om den blir densamma',
    description:
      'Skicka rapporten som den sparades. Den görs om ur loggen fram till den kunskapstidpunkt och med de regelversioner som den anger. Svaret säger vad som jämfördes, vad som skiljer sig och varför. Inget registreras.',
  })
  @ApiBody({ schema: { $ref: '#/components/schemas/SupervisionReport' } })
  @Access({ row: 'report.supervision', about: 'saved-report', act: 'READ', shows: [] })
  @HttpCode(200)
  @Post()
  reproduce(@Body() body: unknown) {
    return this.queries.execute(new ReproduceReport(savedIn(() => savedReportIn(body))));
  }
}

/**
 * What somebody sent as a saved report.
 * @throws Problem VALIDATION_FAILED where it is none
 */
export function savedIn(read: () => ReadReport): ReadReport {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof NoReport)) throw error;
    const message = error.path === '' ? 'är ingen sparad tillsynsrapport' : 'är inte som i en sparad tillsynsrapport';
    throw new Problem(httpProblems.VALIDATION_FAILED, { errors: [{ path: error.path, message }] });
  }
}
