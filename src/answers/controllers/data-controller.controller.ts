import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { etagOf } from '../../kernel/http/etag.js';
import { ApiProblems } from '../../kernel/http/openapi.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { answerProblems, unknown } from '../../judgement/answer-problems.js';
import { CONTROLLER_KINDS } from '../../facts/codes.js';
import { codesOf } from '../../kernel/event-sourcing/codes.js';
import { Access } from '../../kernel/http/route-access.js';
import { controllerTold, ListControllers } from './list-controllers.js';

class ControllerDto {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ required: false, example: 'Ånge kommun' })
  name?: string;

  @ApiProperty({ required: false, enum: codesOf(CONTROLLER_KINDS) })
  kind?: string;

  @ApiProperty({ required: false, example: '212000-2395' })
  orgNumber?: string;

  @ApiProperty({ required: false, example: '2260' })
  municipalityCode?: string;
}

class ControllersDto {
  @ApiProperty({ type: [ControllerDto] })
  controllers: ControllerDto[];
}

/** A personuppgiftsansvarig. Nothing but the id is told when its registration was annulled. */
@ApiTags('Personuppgiftsansvariga och lokala riktlinjer')
@Controller('controllers')
export class DataController {
  constructor(
    @Inject(READ_SIDE) private readonly reads: ReadSide,
    private readonly queries: QueryBus,
  ) {}

  @Access({ row: 'controller.list', about: 'list', act: 'LIST', shows: [] })
  @Get()
  @ApiOperation({ summary: 'Alla personuppgiftsansvariga, i ordning efter id', operationId: 'listControllers' })
  @ApiOkResponse({ type: ControllersDto })
  async list(): Promise<ControllersDto> {
    return { controllers: [...(await this.queries.execute(new ListControllers()))] };
  }

  @Access({ row: 'controller.read', about: 'controller', act: 'READ', shows: [] })
  @Get(':id')
  @ApiOperation({ summary: 'Läs en personuppgiftsansvarig', operationId: 'readController' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({
    type: ControllerDto,
    headers: { ETag: { description: 'Strömmens revision.', schema: { type: 'string' } } },
  })
  @ApiProblems(answerProblems.UNKNOWN_CONTROLLER)
  async read(@Param('id') given: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<ControllerDto> {
    const id = given.toLowerCase();
    const history = await this.reads.log.readStream(`controller-${id}`);
    const last = history.at(-1);
    if (!last) throw unknown('controller', id);
    reply.header('etag', etagOf(last.revision));
    return controllerTold(id, history);
  }
}
