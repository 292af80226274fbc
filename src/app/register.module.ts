import { type DynamicModule, Global, Module } from '@nestjs/common';
import { eventCatalogue } from '../facts/event-catalogue.js';
import { ACCESS_READS } from '../access/access.module.js';
import { StepRecorder } from '../recording/step-recorder.js';
import { Settings } from '../kernel/config/configure.js';
import { type IdSource, randomIds } from '../kernel/event-sourcing/ids.js';
import { FRESHNESS } from '../kernel/http/consistency.js';
import { OBSERVED } from '../kernel/observability/observed.js';
import { READ_SIDE } from '../judgement/read-side.js';
import { RUNNING_VIEWS } from '../judgement/running/kept-views.js';
import { observed } from './observed-register.js';
import type { Register } from './register.js';
import { REGISTER } from './register.token.js';

export interface RegisterModuleOptions {
  /** Makes the ids of commands that name none; random by default. */
  readonly ids?: IdSource;
}

/** Gives every other module the register, under the tokens that each of them knows it by. */
@Global()
@Module({})
export class RegisterModule {
  static of(register: Register, { ids = randomIds }: RegisterModuleOptions): DynamicModule {
    return {
      module: RegisterModule,
      providers: [
        { provide: REGISTER, useValue: register },
        { provide: READ_SIDE, useExisting: REGISTER },
        { provide: ACCESS_READS, useExisting: REGISTER },
        { provide: RUNNING_VIEWS, useExisting: REGISTER },
        { provide: FRESHNESS, useExisting: REGISTER },
        {
          provide: OBSERVED,
          useFactory: (settings: Settings) => observed(register, settings.get('settings', { infer: true })),
          inject: [Settings],
        },
        { provide: StepRecorder, useValue: new StepRecorder(register, eventCatalogue, ids) },
      ],
      exports: [REGISTER, READ_SIDE, ACCESS_READS, RUNNING_VIEWS, FRESHNESS, OBSERVED, StepRecorder],
    };
  }
}
