import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { DeclaredRoutes } from '../kernel/http/declared-routes.js';
import type { AccessReads } from './followed-access.js';
import { AccessDecisions } from './http/access-decisions.js';
import { AccessGuard } from './http/access.guard.js';
import { Obligations } from './http/obligations.interceptor.js';
import { accessPolicy } from './policy-table.js';

/** The injection token of what access is read from. */
export const ACCESS_READS = Symbol('ACCESS_READS');

/** Who may do what, decided before every route. */
@Global()
@Module({})
export class AccessModule {
  /** @param enforced false where nobody signs in */
  static of(enforced: boolean): DynamicModule {
    return {
      module: AccessModule,
      imports: [DiscoveryModule],
      providers: [
        DeclaredRoutes,
        {
          provide: AccessDecisions,
          useFactory: (reads: AccessReads, routes: DeclaredRoutes) =>
            new AccessDecisions(enforced, accessPolicy, reads, () => routes.actionsByType()),
          inject: [ACCESS_READS, DeclaredRoutes],
        },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_INTERCEPTOR, useClass: Obligations },
      ],
      exports: [AccessDecisions, DeclaredRoutes],
    };
  }
}
