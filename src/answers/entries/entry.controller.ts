import { Controller, Get, Param, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { etagOf } from '../../kernel/http/etag.js';
import { ApiProblems } from '../../kernel/http/openapi.js';
import { EntryDto } from './entry.dto.js';
import { ReadEntry } from './read-entry.js';
import { recordingProblems } from '../../recording/recording-problems.js';
import { Access } from '../../kernel/http/route-access.js';

/**
 * One entry, as whoever wants to correct it has to see it. The ETag is that of its stream: corrections are appended
 * there.
 */
@ApiTags('Rättelser')
@Controller('entries')
export class EntryController {
  constructor(private readonly queries: QueryBus) {}

  @Access({ row: 'entry.read', about: 'entry', act: 'READ', shows: ['NAME', 'STATE', 'FREE_TEXT', 'IDENTITY'] })
  @Get(':event')
  @ApiOperation({
    summary: 'Läs en händelse',
    operationId: 'readEntry',
    description: 'ETag gäller händelsens ström, där rättelser läggs till.',
  })
  @ApiParam({ name: 'event', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({
    type: EntryDto,
    headers: { ETag: { description: 'Strömmens revision.', schema: { type: 'string' } } },
  })
  @ApiProblems(recordingProblems.UNKNOWN_EVENT)
  async read(@Param('event') given: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<EntryDto> {
    const { entry, streamRevision } = await this.queries.execute(new ReadEntry(given.toLowerCase()));
    reply.header('etag', etagOf(streamRevision));
    return entry;
  }
}
