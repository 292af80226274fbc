import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Observable, tap } from 'rxjs';
import { Settings } from '../config/configure.js';
import { Arrival, askedOnArrival } from './arrival.js';
import { positionOfToken } from './consistency-token.js';
import { httpProblems } from './http-problems.js';
import { Problem } from './problem.js';

/** What an answer is measured against: the log, and what this process has told callers of it. */
export interface Freshness {
  /** The register's id. */
  registerId(): Promise<string>;
  /** The last position in the log. */
  head(): Promise<bigint>;
  /** The last position of what this process has acknowledged. */
  acknowledged(): bigint;
  /** Looks whether rows that were built anew elsewhere answer by now; not more often than is worth it. */
  look(): Promise<void>;
}

/** The injection token of the {@link Freshness}. */
export const FRESHNESS = Symbol('FRESHNESS');

const DEFAULT_WAIT_SECONDS = 2;
const LONGEST_WAIT_SECONDS = 30;

/**
 * Lets a read see what this process has acknowledged, and what the `Consistency-Token` stands for that it brings: its
 * answer waits until what it is told from has come so far, `Prefer: wait=N` seconds (RFC 7240; at most 30, 2 when
 * nothing is said). An answer that is not there by then is told from what there is, `late` and marked `X-Stale: true`;
 * with `Prefer: handling=strict`, or where the settings refuse stale answers, it is the problem STALE_READ instead.
 */
@Injectable()
export class ConsistencyInterceptor implements NestInterceptor {
  constructor(
    @Inject(FRESHNESS) private readonly log: Freshness,
    @Inject(Settings) private readonly settings: Settings,
  ) {}

  async intercept(execution: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    await this.log.look();
    const http = execution.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const named = await this.positionNamed(request);
    // In this order: what is in the log by then and was written here has been acknowledged by the next line.
    const head = await this.log.head();
    const acknowledged = this.log.acknowledged();
    const { seconds, strict } = preferencesOf(request);
    const refuses = strict || this.settings.get('settings', { infer: true }).staleReads === 'refuse';
    const due = named > acknowledged ? named : acknowledged;
    const arrival = new Arrival(head, due, { ms: seconds * 1000, refuses });
    const answered = tap(() => {
      if (arrival.inVain) http.getResponse<FastifyReply>().header('x-stale', 'true');
    });
    return new Observable((subscriber) =>
      askedOnArrival(arrival, () => next.handle().pipe(answered).subscribe(subscriber)),
    );
  }

  /** @throws Problem CONSISTENCY_TOKEN_MALFORMED */
  private async positionNamed({ headers }: FastifyRequest): Promise<bigint> {
    const token = headers['consistency-token'];
    if (token === undefined || token === '') return 0n;
    const position = typeof token === 'string' ? positionOfToken(await this.log.registerId(), token) : undefined;
    if (position === undefined) throw new Problem(httpProblems.CONSISTENCY_TOKEN_MALFORMED);
    return position;
  }
}

function preferencesOf({ headers }: FastifyRequest): { readonly seconds: number; readonly strict: boolean } {
  const preferences = [headers.prefer ?? ''].flat().join(',').toLowerCase();
  const wait = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,4})"?/.exec(preferences)?.[1];
  return {
    seconds: Math.min(wait === undefined ? DEFAULT_WAIT_SECONDS : Number(wait), LONGEST_WAIT_SECONDS),
    strict: /(?:^|[,;])\s*handling\s*=\s*"?strict"?/.test(preferences),
  };
}
