import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../kernel/http/route-access.js';
import { OBSERVED, type Observed } from '../../kernel/observability/observed.js';
import type { LastVerificationAnswer } from './last-verification.js';

/** Whether the log is as it was recorded, as the register itself has verified it. */
@ApiTags('Drift')
@Controller('verifications')
export class VerificationController {
  constructor(@Inject(OBSERVED) private readonly observed: Observed) {}

  @ApiOperation({
    summary: 'Protokoll från den senaste kontrollen av hela loggen',
    description:
      'Loggen kontrolleras om och om igen vid sidan av svaren (VERIFY_EVERY). Värdet är null tills en kontroll är klar.',
  })
  @Access({ row: 'register.verify', about: 'register', act: 'READ', shows: [] })
  @Get('last')
  last(): LastVerificationAnswer {
    return { protocol: this.observed.evidence?.protocol ?? null };
  }
}
