import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { READ_SIDE, type ReadSide } from '../judgement/read-side.js';
import { Settings } from '../kernel/config/configure.js';
import type { AccessLog } from './access-log.js';
import { ACCESS_LOG } from './access-log.token.js';
import { AccessLogController } from './http/access-log.controller.js';
import { AccessNotes } from './http/access-note.js';
import { LogReviewController } from './http/log-review.controller.js';
import { LogReviews } from './reviews/log-reviews.js';
import { DrawLogReviewHandler, ListLogReviewsHandler, SignLogReviewHandler } from './reviews/review-queries.js';

/** Notes every call for its record. */
@Module({})
export class AccessLogModule {
  /**
   * To be imported before the module of the guard that decides: guards run in the order of modules.
   * @param log undefined where none is kept
   */
  static of(log: AccessLog | undefined): DynamicModule {
    return {
      module: AccessLogModule,
      imports: [CqrsModule],
      controllers: [AccessLogController, LogReviewController],
      providers: [
        { provide: ACCESS_LOG, useValue: log },
        {
          provide: LogReviews,
          useFactory: (reads: ReadSide, settings: Settings) =>
            new LogReviews(reads, log, settings.get('settings', { infer: true })),
          inject: [READ_SIDE, Settings],
        },
        ListLogReviewsHandler,
        DrawLogReviewHandler,
        SignLogReviewHandler,
        AccessNotes,
        { provide: APP_GUARD, useExisting: AccessNotes },
        { provide: APP_INTERCEPTOR, useExisting: AccessNotes },
      ],
    };
  }
}
