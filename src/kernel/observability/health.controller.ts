import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import {
  HealthCheckService,
  HealthIndicatorService,
  type HealthCheckResult,
  type HealthIndicatorFunction,
  type HealthIndicatorResult,
} from '@nestjs/terminus';
import { httpProblems } from '../http/http-problems.js';
import { Problem } from '../http/problem.js';
import { speaksAgainst } from './evidence.js';
import { OBSERVED, type Observed } from './observed.js';
import { Access } from '../http/route-access.js';

/** A store that has not answered by then counts as away. */
const ANSWER_WITHIN_MS = 3_000;

/** `/health/live` and `/health/ready`, outside the API: for whoever starts, restarts and routes to the program. */
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @Inject(OBSERVED) private readonly observed: Observed,
  ) {}

  /** The process answers; nothing else is asked. Says whether anybody signs in, as every answer here does. */
  @Access({ row: 'register.health', about: 'register', act: 'NONE', shows: [] })
  @Get('live')
  live(): Promise<HealthCheckResult> {
    return this.health.check([() => this.signIn()]);
  }

  /**
   * The stores can be reached, the views are no further behind than allowed, and nothing stands still until somebody
   * has looked.
   * @throws Problem NOT_READY with what is down
   */
  @Access({ row: 'register.health', about: 'register', act: 'NONE', shows: [] })
  @Get('ready')
  async ready(): Promise<HealthCheckResult> {
    try {
      return await this.health.check([
        ...Object.entries(this.observed.stores).map(([name, reach]) => this.reachable(name, reach)),
        () => this.signIn(),
        () => this.viewsCurrent(),
        () => this.evidence(),
        () => this.clockRight(),
      ]);
    } catch (error) {
      if (!(error instanceof ServiceUnavailableException)) throw error;
      const { details } = error.getResponse() as HealthCheckResult;
      throw new Problem(httpProblems.NOT_READY, { headers: { 'retry-after': '5' }, members: { details } });
    }
  }

  private reachable(name: string, reach: () => Promise<unknown>): HealthIndicatorFunction {
    return () =>
      this.indicators
        .check(name)
        .attempt(async () => {
          try {
            await reach();
          } catch {
            // A driver's own message may hold an address.
            throw new Error('cannot be reached');
          }
        })
        .withTimeout(ANSWER_WITHIN_MS);
  }

  private signIn(): HealthIndicatorResult {
    return this.indicators.check('signIn').up({ auth: this.observed.auth });
  }

  private clockRight(): HealthIndicatorResult {
    const indicator = this.indicators.check('clock');
    const { clockOffsetSeconds, clockOff } = this.observed;
    if (clockOffsetSeconds === undefined) return indicator.up();
    const told = { offsetSeconds: Math.round(clockOffsetSeconds * 10) / 10 };
    return clockOff ? indicator.down(told) : indicator.up(told);
  }

  private async viewsCurrent(): Promise<HealthIndicatorResult> {
    const { maxLagSeconds, standsStill } = this.observed;
    const indicator = this.indicators.check('views');
    try {
      const lagSeconds = Math.max(0, ...(await this.observed.views()).map((view) => view.lagSeconds));
      const told = { lagSeconds: Math.round(lagSeconds), maxLagSeconds, standsStill };
      return standsStill || lagSeconds > maxLagSeconds ? indicator.down(told) : indicator.up(told);
    } catch {
      return indicator.down('cannot be asked');
    }
  }

  /** Witnesses that cannot be asked are told, and keep nobody from answering; one that was shown another log does. */
  private evidence(): HealthIndicatorResult {
    const indicator = this.indicators.check('evidence');
    const { evidence } = this.observed;
    if (!evidence) return indicator.up();
    return speaksAgainst(evidence) ? indicator.down({ ...evidence }) : indicator.up({ ...evidence });
  }
}
