import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiProperty, ApiTags } from '@nestjs/swagger';
import { httpProblems } from '../../kernel/http/http-problems.js';
import { ApiProblems } from '../../kernel/http/openapi.js';
import { Problem } from '../../kernel/http/problem.js';
import { RUNNING_VIEWS, type RunningViews } from '../../judgement/running/kept-views.js';
import { projectionStatus } from '../../judgement/running/status.js';
import type { RebuildState } from '../../judgement/running/background-rebuild.js';
import { VIEW_NAMES } from '../../judgement/running/stored-views.js';
import { projectionProblems } from './projection-problems.js';
import { Access } from '../../kernel/http/route-access.js';

class ProjectionDto {
  @ApiProperty({ example: 'assessments' })
  name: string;

  @ApiProperty({ description: 'Versionen som svarar.', example: '1-75db0058f006.2' })
  version: string;

  @ApiProperty({ type: String, isArray: true, description: 'Versioner som finns kvar men inte svarar.' })
  others: readonly string[];

  @ApiProperty({ description: 'Gjord av ett äldre program; svarar tills en ny är byggd.' })
  outdated: boolean;

  @ApiProperty({ description: 'Allt till och med denna plats i loggen är inläst.', example: '4711' })
  position: string;

  @ApiProperty({ type: 'integer', description: 'Antal inlästa händelser.' })
  facts: number;

  @ApiProperty({ type: 'integer', description: 'Händelser som inte är inlästa.' })
  lag: number;

  @ApiProperty({ description: 'Hur länge det äldsta som inte är inläst eller bedömt har väntat, i sekunder.' })
  lagSeconds: number;

  @ApiProperty({ description: 'Något är inläst men inte bedömt.' })
  waiting: boolean;

  @ApiProperty({ type: 'integer', description: 'Antal omsorgsperioder som inte kan bedömas.' })
  parked: number;
}

class RebuildProgressDto {
  @ApiProperty({ example: '1-75db0058f006.3' })
  version: string;

  @ApiProperty({ type: 'integer', description: 'Omsorgsperioder (eller händelser, för index) som är klara.' })
  done: number;

  @ApiProperty({ type: 'integer' })
  total: number;

  @ApiProperty()
  perSecond: number;

  @ApiProperty({ required: false, description: 'Återstående tid i den takten.' })
  secondsLeft?: number;
}

class RebuildDto {
  @ApiProperty({ enum: ['IDLE', 'RUNNING', 'DONE', 'FAILED'] })
  state: string;

  @ApiProperty({ required: false, enum: [...VIEW_NAMES] })
  view?: string;

  @ApiProperty({ required: false, type: RebuildProgressDto })
  progress?: RebuildProgressDto;

  @ApiProperty({ required: false, description: 'Versionen som svarar sedan ombyggnaden blev klar.' })
  version?: string;

  @ApiProperty({ required: false, description: 'Varför den inte blev klar, utan personuppgifter.' })
  error?: string;
}

class ProjectionsDto {
  @ApiProperty({ type: ProjectionDto, isArray: true })
  projections: readonly ProjectionDto[];

  @ApiProperty({ type: RebuildDto })
  rebuild: RebuildDto;
}

/** Where the views stand, and building them anew while the version before goes on answering. */
@ApiTags('Drift')
@ApiProblems(projectionProblems.NO_BACKGROUND_REBUILD)
@Controller('projections')
export class ProjectionsController {
  constructor(@Inject(RUNNING_VIEWS) private readonly views: RunningViews) {}

  @ApiOperation({ summary: 'Hur långt vyerna har kommit, och en pågående ombyggnad' })
  @ApiOkResponse({ type: ProjectionsDto })
  @Access({ row: 'register.projections', about: 'register', act: 'READ', shows: [] })
  @Get()
  async status(): Promise<ProjectionsDto> {
    return {
      projections: await projectionStatus(this.views),
      rebuild: shown(this.views.rebuild?.status ?? { state: 'IDLE' }),
    };
  }

  @ApiOperation({
    summary: 'Bygg om en vy i bakgrunden medan den förra svarar',
    description: 'En i taget: pågår en ombyggnad så fortsätter den, och svaret säger av vilken vy.',
  })
  @ApiParam({ name: 'name', enum: [...VIEW_NAMES] })
  @ApiAcceptedResponse({ type: RebuildDto })
  @ApiProblems(httpProblems.NOT_FOUND, projectionProblems.NO_BACKGROUND_REBUILD)
  @HttpCode(202)
  @Access({ row: 'register.rebuild', about: 'register', act: 'WRITE', shows: [] })
  @Post(':name/rebuild')
  rebuild(@Param('name') name: string): RebuildDto {
    const view = this.views.projections.find((one) => one.name === name);
    if (!view) throw new Problem(httpProblems.NOT_FOUND);
    const { rebuild } = this.views;
    if (!rebuild) throw new Problem(projectionProblems.NO_BACKGROUND_REBUILD);
    return shown(rebuild.start([view.name]));
  }
}

function shown(state: RebuildState): RebuildDto {
  if (state.state !== 'DONE') return state;
  return { state: state.state, view: state.view, version: state.result.version };
}
