import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Logger, pino } from 'pino';
import { AppModule } from './app.module.js';
import { configure, type Configured } from '../kernel/config/configure.js';
import type { IdSource } from '../kernel/event-sourcing/ids.js';
import { createHttpApp, type HttpAppOptions } from '../kernel/http/http-app.js';
import { PAGES } from '../pages/pages-beside.js';
import { serveOpenApi } from './openapi.js';
import type { Register } from '../app/register.js';
import type { AccessLog } from '../access-log/access-log.js';
import { keepAccess } from '../access-log/http/keep-access.js';
import { safeErrorFields } from '../kernel/http/safe-error.js';
import type { SignIn } from '../sign-in/sign-in.js';

export interface AppOptions extends HttpAppOptions {
  readonly logger?: Logger;
  /** Makes the ids of commands that name none; random by default. */
  readonly ids?: IdSource;
  /** The settings, where they are not all as usual. */
  readonly configured?: Configured;
  /** Where it is written down who looked at whom; nowhere when undefined. */
  readonly accessLog?: AccessLog;
  /** How callers are known; everybody is believed when undefined. */
  readonly signIn?: SignIn;
}

/** Makes the server of a register, ready to `listen`. Closing it does not close the register. */
export async function createApp(
  register: Register,
  { logger = pino(), ids, configured, accessLog, signIn, ...http }: AppOptions = {},
): Promise<NestFastifyApplication> {
  const settings = configured ?? (await configure({}));
  const onError = (error: unknown): void => {
    register.metrics.accessNotRecorded();
    logger.error(safeErrorFields(error), 'an access could not be recorded');
  };
  const onRefused = (status: number): void => register.metrics.accessRefused(status);
  const module = AppModule.forRegister(register, settings, { ...(ids ? { ids } : {}), accessLog }, signIn?.module);
  const app = await createHttpApp(module, logger, {
    ...http,
    ...(accessLog && {
      prepare: (fastify) => keepAccess(fastify, { log: accessLog, reads: register, onError, onRefused }),
    }),
    ...(signIn && { entrance: signIn.entrance }),
    pages: PAGES,
  });
  serveOpenApi(app);
  return app;
}
