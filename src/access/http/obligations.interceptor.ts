import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { withoutFreeText } from '../free-text.js';

/** Keeps what a permission asks of the answer. */
@Injectable()
export class Obligations implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { decision } = execution.switchToHttp().getRequest<FastifyRequest>();
    if (!decision?.obligations.includes('NO_FREE_TEXT')) return next.handle();
    return next.handle().pipe(map(withoutFreeText));
  }
}
