import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessNotes } from './http/access-note.js';

/** Notes every call for its record. */
@Module({})
export class AccessLogModule {
  /** To be imported before the module of the guard that decides: guards run in the order of modules. */
  static of(): DynamicModule {
    return {
      module: AccessLogModule,
      providers: [
        AccessNotes,
        { provide: APP_GUARD, useExisting: AccessNotes },
        { provide: APP_INTERCEPTOR, useExisting: AccessNotes },
      ],
    };
  }
}
