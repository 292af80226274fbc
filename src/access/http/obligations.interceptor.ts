import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { map, Observable } from 'rxjs';
import { withinScope } from '../call-scope.js';
import { withoutFreeText } from '../free-text.js';

/** Answers within what the caller may see, and keeps what the permission asks of the answer. */
@Injectable()
export class Obligations implements NestInterceptor {
  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { decision } = execution.switchToHttp().getRequest<FastifyRequest>();
    if (!decision) return next.handle();
    const answers = new Observable<unknown>((answer) =>
      withinScope(decision.scope, () => next.handle().subscribe(answer)),
    );
    return decision.obligations.includes('NO_FREE_TEXT') ? answers.pipe(map(withoutFreeText)) : answers;
  }
}
