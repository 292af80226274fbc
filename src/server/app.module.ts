import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { stepModule } from '../recording/step-module.js';
import { stepsByFeature } from '../steps/steps.js';
import { BreakGlassModule } from '../steps/access/break-glass.controller.js';
import type { Configured } from '../kernel/config/configure.js';
import { AccessModule } from '../access/access.module.js';
import { ObservabilityModule } from '../kernel/observability/observability.module.js';
import { MeController } from '../sign-in/me.controller.js';
import { ProblemsController } from './problems.controller.js';
import { RegisterModule, type RegisterModuleOptions } from '../app/register.module.js';
import type { Register } from '../app/register.js';
import type { AccessLog } from '../access-log/access-log.js';
import { AccessLogModule } from '../access-log/access-log.module.js';
import { AnswersModule } from '../answers/answers.module.js';
import { PagesModule } from '../pages/pages.module.js';

/** The server: the steps that are recorded, the answers that are given, over one register. */
@Module({})
export class AppModule {
  /** @param signIn where people sign in and out; then every call is decided on, whatever the settings say */
  static forRegister(
    register: Register,
    settings: Configured,
    options: RegisterModuleOptions & { readonly accessLog?: AccessLog },
    signIn?: DynamicModule,
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        settings.module,
        { ...CqrsModule.forRoot(), global: true },
        RegisterModule.of(register, options),
        // Before the guard that decides: what it refuses is written down too.
        AccessLogModule.of(options.accessLog),
        AccessModule.of(signIn !== undefined || settings.config.auth !== 'none'),
        ObservabilityModule,
        ...Object.entries(stepsByFeature).map(([feature, steps]) => stepModule(feature, steps)),
        AnswersModule,
        BreakGlassModule,
        PagesModule,
        ...(signIn ? [signIn] : []),
      ],
      controllers: [ProblemsController, MeController],
    };
  }
}
