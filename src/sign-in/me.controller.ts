import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ROLES } from '../access/model.js';
import { callerOf } from '../kernel/http/caller.js';
import { httpProblems } from '../kernel/http/http-problems.js';
import { ApiProblems } from '../kernel/http/openapi.js';
import { Problem } from '../kernel/http/problem.js';
import { Access } from '../kernel/http/route-access.js';

class HeldRoleDto {
  @ApiProperty({ enum: ROLES, description: 'Rollen.', example: 'UNIT_MANAGER' })
  role: string;

  @ApiProperty({
    enum: ['MANAGES_UNIT', 'IS_CONTACT', 'EMPLOYED_IN_UNIT', 'GRANT'],
    description: 'Vad rollen följer av.',
  })
  rule: string;

  @ApiProperty({ required: false, format: 'uuid', description: 'Hos vilken personuppgiftsansvarig.' })
  controller?: string;

  @ApiProperty({ required: false, type: 'string', isArray: true, description: 'Bara för dessa enheter.' })
  units?: readonly string[];

  @ApiProperty({ required: false, format: 'uuid', description: 'Beslutet som ger rollen.' })
  grant?: string;

  @ApiProperty({ format: 'date', description: 'Första dagen.' })
  from: string;

  @ApiProperty({ required: false, format: 'date', description: 'Sista dagen, där den är bestämd.' })
  to?: string;
}

class MeDto {
  @ApiProperty({ description: 'Vem det är, med inloggningstjänstens beteckning.' })
  subject: string;

  @ApiProperty({ format: 'uri', description: 'Inloggningstjänsten.' })
  issuer: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 4, description: 'Inloggningens tillitsnivå.' })
  level: number;

  @ApiProperty({ required: false, format: 'uuid', description: 'Medarbetaren i registret, där det finns en.' })
  staff?: string;

  @ApiProperty({
    type: HeldRoleDto,
    isArray: true,
    description: 'Rollerna i dag. Utan roll: inloggad men utan uppdrag.',
  })
  roles: readonly HeldRoleDto[];
}

/** Who calls, as the register understands it: the first thing to look at where somebody may not what she ought to. */
@ApiTags('Behörighet')
@Controller('me')
export class MeController {
  @Access({ row: 'self.me', about: 'self', act: 'NONE', shows: [] })
  @Get()
  @ApiOperation({ summary: 'Vem är jag, och vilka roller har jag', operationId: 'readMe' })
  @ApiOkResponse({ type: MeDto })
  @ApiProblems()
  read(@Req() request: FastifyRequest): MeDto {
    const caller = callerOf(request);
    const { subject } = request;
    // Where nobody signs in there is nobody to be told of.
    if (!caller || !subject) throw new Problem(httpProblems.UNAUTHENTICATED);
    const [staff] = subject.staff;
    return {
      subject: caller.subject,
      issuer: caller.issuer,
      level: caller.level,
      ...(staff === undefined ? {} : { staff }),
      roles: subject.roles.map(({ role, rule, controller, units, grant, from, to }) => ({
        role,
        rule,
        controller,
        ...(units === undefined ? {} : { units }),
        ...(grant === undefined ? {} : { grant }),
        from,
        ...(to === undefined ? {} : { to }),
      })),
    };
  }
}
