import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ViewFigures } from './metrics.js';
import { OBSERVED, type Observed } from './observed.js';
import { Access } from '../http/route-access.js';

/** `/metrics`, outside the API: for Prometheus. */
@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  constructor(@Inject(OBSERVED) private readonly observed: Observed) {}

  @Access({ row: 'register.metrics', about: 'register', act: 'READ', shows: [] })
  @Get()
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const { metrics, rebuild, evidence, clockOffsetSeconds } = this.observed;
    metrics.clockLies(clockOffsetSeconds ?? 0);
    void reply.header('content-type', metrics.contentType);
    return metrics.text(await this.views(), rebuild, evidence);
  }

  // Stores that are away are a figure as well, not a reason to show none.
  private async views(): Promise<readonly ViewFigures[] | undefined> {
    try {
      return await this.observed.views();
    } catch {
      return undefined;
    }
  }
}
