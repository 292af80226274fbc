import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { policyOn } from '../../compliance-rules/policy.js';
import { etagOf } from '../../kernel/http/etag.js';
import { ApiProblems } from '../../kernel/http/openapi.js';
import { today } from '../../kernel/time/clock.js';
import { dayOf } from '../../kernel/time/day.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { answerProblems, unknown } from '../../judgement/answer-problems.js';
import { FACTS } from '../../facts/event-catalogue.js';
import { classOfPart } from '../../recording/body-of.js';
import { Access } from '../../kernel/http/route-access.js';

class PolicyDto {
  @ApiProperty({ format: 'uuid' })
  controller: string;

  @ApiProperty({ format: 'date', description: 'Dagen som värdena gäller: i dag.' })
  on: string;

  @ApiProperty({ required: false, description: 'Versionen som gäller; saknas när standardvärdena gäller.' })
  version?: string;

  @ApiProperty({
    type: () => classOfPart(FACTS.PolicyAdopted.fields['values']!),
    description: 'Alla värden, standardvärdena inräknade.',
  })
  values: object;
}

/**
 * The local rules of a controller. The ETag is that of the policy stream; there is none until a first policy was
 * adopted.
 */
@ApiTags('Personuppgiftsansvariga och lokala riktlinjer')
@Controller('controllers')
export class PolicyController {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  @Access({ row: 'controller.policies', about: 'policy', act: 'READ', shows: [] })
  @Get(':id/policies')
  @ApiOperation({ summary: 'Läs de lokala riktlinjer som gäller i dag', operationId: 'readPolicy' })
  @ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({
    type: PolicyDto,
    headers: {
      ETag: { description: 'Reglernas revision; saknas innan några har antagits.', schema: { type: 'string' } },
    },
  })
  @ApiProblems(answerProblems.UNKNOWN_CONTROLLER)
  async read(@Param('id') given: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<PolicyDto> {
    const id = given.toLowerCase();
    if ((await this.reads.store.streamHead(`controller-${id}`)) === undefined) throw unknown('controller', id);
    const history = await this.reads.log.readStream(`policy-${id}`);
    const last = history.at(-1);
    if (last) reply.header('etag', etagOf(last.revision));
    const on = today(this.reads.clock);
    const { values, version } = policyOn(history, dayOf(on));
    return { controller: id, on, ...(version === undefined ? {} : { version }), values };
  }
}
