import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { entryStatuses } from '../../compliance-rules/resolve-entries.js';
import { etagOf } from '../../kernel/http/etag.js';
import { ApiProblems } from '../../kernel/http/openapi.js';
import { Problem } from '../../kernel/http/problem.js';
import { isId } from '../../kernel/id-form.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { withoutSecrets } from '../../judgement/person/secret-identities.js';
import { secretsIn } from '../../judgement/person/opened-person.js';
import { EntryDto } from './entry.dto.js';
import { recordingProblems } from '../../recording/recording-problems.js';
import { Access } from '../../kernel/http/route-access.js';

/**
 * One entry, as whoever wants to correct it has to see it. The ETag is that of its stream: corrections are appended
 * there.
 */
@ApiTags('Rättelser')
@Controller('entries')
export class EntryController {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

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
    const event = given.toLowerCase();
    const place = isId(event) ? (await this.reads.store.find([event])).get(event) : undefined;
    if (!place) throw new Problem(recordingProblems.UNKNOWN_EVENT);
    const history = await this.reads.log.readStream(place.stream);
    const [entry] = await this.reads.log.open(history.filter(({ id }) => id === event));
    const last = history.at(-1);
    if (!entry || !last) throw new Problem(recordingProblems.UNKNOWN_EVENT);
    reply.header('etag', etagOf(last.revision));
    const status = entryStatuses(history).get(event);
    const { data } = withoutSecrets(entry, await secretsIn(entry.stream, this.reads));
    return {
      eventId: event,
      type: entry.type,
      stream: entry.stream,
      revision: String(entry.revision),
      position: String(entry.position),
      effectiveOn: entry.effectiveOn,
      recordedAt: entry.recordedAt,
      status: status?.status ?? 'VALID',
      ...(status?.correctedBy === undefined ? {} : { correctedBy: status.correctedBy }),
      data,
    };
  }
}
