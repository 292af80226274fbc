import {
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { accessOf, type RouteAccess } from '../../kernel/http/route-access.js';

/** What is known of a call while it is worked on, for the record of it. */
export interface AccessNote {
  readonly access: RouteAccess;
  /** What its handler answered, before it became bytes; undefined when it answered nothing, or an error. */
  answer?: unknown;
}

declare module 'fastify' {
  interface FastifyRequest {
    accessNote?: AccessNote;
  }
}

/**
 * Notes what each call is and what it is answered with. As a guard it comes before the one that decides, so that what
 * was refused is noted too.
 */
@Injectable()
export class AccessNotes implements CanActivate, NestInterceptor {
  canActivate(execution: ExecutionContext): boolean {
    const access = accessOf(execution.getHandler());
    if (access) execution.switchToHttp().getRequest<FastifyRequest>().accessNote = { access };
    return true;
  }

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { accessNote } = execution.switchToHttp().getRequest<FastifyRequest>();
    return next.handle().pipe(
      tap((answer: unknown) => {
        if (accessNote) accessNote.answer = answer;
      }),
    );
  }
}
