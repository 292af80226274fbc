import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { Settings } from '../config/configure.js';
import { httpProblems } from './http-problems.js';
import { Problem } from './problem.js';

/** Waits until what answers reads has taken in a log position. */
export interface PositionWaiter {
  /** @returns false when it had not after `timeoutMs` */
  waitFor(position: bigint, timeoutMs: number): Promise<boolean>;
}

/** The injection token of the {@link PositionWaiter}. */
export const POSITION_WAITER = Symbol('POSITION_WAITER');

/**
 * What a command answers and a later read hands back, so that the read sees what the command did. Opaque to callers.
 */
export function consistencyToken(position: bigint): string {
  return `p${position}`;
}

const TOKEN = /^p(\d{1,18})$/;
const DEFAULT_WAIT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 30;

interface Wish {
  readonly position: bigint;
  readonly seconds: number;
  readonly strict: boolean;
}

/**
 * Lets a read with `Consistency-Token` wait for what it has to see: `Prefer: wait=N` seconds (RFC 7240; at most 30, 5
 * when
 * nothing is said). When the views are not there by then the answer comes as it is, marked `X-Stale: true`;
 * with `Prefer: handling=strict`, or where the settings refuse stale answers, it is the problem STALE_READ instead.
 */
@Injectable()
export class ConsistencyInterceptor implements NestInterceptor {
  constructor(
    @Inject(POSITION_WAITER) private readonly waiter: PositionWaiter,
    @Inject(Settings) private readonly settings: Settings,
  ) {}

  async intercept(execution: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = execution.switchToHttp();
    const wish = wishOf(http.getRequest<FastifyRequest>());
    if (wish && !(await this.waiter.waitFor(wish.position, wish.seconds * 1000))) {
      if (wish.strict || this.settings.get('settings', { infer: true }).staleReads === 'refuse')
        throw new Problem(httpProblems.STALE_READ, { headers: { 'retry-after': '1' } });
      http.getResponse<FastifyReply>().header('x-stale', 'true');
    }
    return next.handle();
  }
}

/** @throws Problem CONSISTENCY_TOKEN_MALFORMED */
function wishOf(request: FastifyRequest): Wish | undefined {
  const token = request.headers['consistency-token'];
  if (token === undefined || token === '') return undefined;
  const position = typeof token === 'string' ? TOKEN.exec(token)?.[1] : undefined;
  if (position === undefined) throw new Problem(httpProblems.CONSISTENCY_TOKEN_MALFORMED);
  const preferences = [request.headers.prefer ?? ''].flat().join(',').toLowerCase();
  const wait = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,4})"?/.exec(preferences)?.[1];
  return {
    position: BigInt(position),
    seconds: Math.min(wait === undefined ? DEFAULT_WAIT_SECONDS : Number(wait), LONGEST_WAIT_SECONDS),
    strict: /(?:^|[,;])\s*handling\s*=\s*"?strict"?/.test(preferences),
  };
}
