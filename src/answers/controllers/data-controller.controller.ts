import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Facts } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import type { RecordedEvent } from '../../kernel/event-sourcing/envelope.js';
import { etagOf } from '../../kernel/http/etag.js';
import { ApiProblems } from '../../kernel/http/openapi.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { answerProblems, unknown } from '../../judgement/answer-problems.js';
import { CONTROLLER_KINDS } from '../../facts/codes.js';
import { codesOf } from '../../kernel/event-sourcing/codes.js';
import { Access } from '../../kernel/http/route-access.js';

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

const PAGE = 500;

/** A personuppgiftsansvarig. Nothing but the id is told when its registration was annulled. */
@ApiTags('Personuppgiftsansvariga och lokala regler')
@Controller('controllers')
export class DataController {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  @Access({ row: 'controller.list', about: 'list', act: 'LIST', shows: [] })
  @Get()
  @ApiOperation({ summary: 'Alla personuppgiftsansvariga, i ordning efter id', operationId: 'listControllers' })
  @ApiOkResponse({ type: ControllersDto })
  async list(): Promise<ControllersDto> {
    const controllers: ControllerDto[] = [];
    for (let after: string | undefined; ;) {
      const ids = await this.reads.index.streams('controller', {
        ...(after === undefined ? {} : { after }),
        limit: PAGE,
      });
      for (const id of ids) controllers.push(told(id, await this.reads.log.readStream(`controller-${id}`)));
      if (ids.length < PAGE) return { controllers };
      after = ids.at(-1);
    }
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
    return told(id, history);
  }
}

function told(id: string, history: readonly RecordedEvent[]): ControllerDto {
  return { id, ...new Facts(resolveEntries(history)).of('ControllerRegistered')[0]?.data };
}
