import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import type { AccessLog } from './access-log.js';
import { ACCESS_LOG } from './access-log.token.js';
import { AccessLogController } from './http/access-log.controller.js';
import { AccessNotes } from './http/access-note.js';

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
      controllers: [AccessLogController],
      providers: [
        { provide: ACCESS_LOG, useValue: log },
        AccessNotes,
        { provide: APP_GUARD, useExisting: AccessNotes },
        { provide: APP_INTERCEPTOR, useExisting: AccessNotes },
      ],
    };
  }
}
