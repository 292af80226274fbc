import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type CodesAnswer, codesInWords } from './codes.js';
import { Access } from '../../kernel/http/route-access.js';

@ApiTags('Ord för koder')
@Controller('codes')
export class CodesController {
  private readonly words = codesInWords();

  @ApiOperation({ summary: 'Svenska ord för händelsetyper, fält och koder' })
  @Access({ row: 'register.codes', about: 'register', act: 'NONE', shows: [] })
  @Get()
  codes(): CodesAnswer {
    return this.words;
  }
}
