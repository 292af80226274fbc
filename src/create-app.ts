import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Logger, pino } from 'pino';
import { AppModule } from './app.module.js';
import type { IdSource } from './kernel/event-sourcing/ids.js';
import { createHttpApp } from './kernel/http/http-app.js';
import { serveOpenApi } from './openapi.js';
import type { Register } from './register/register.js';

export interface AppOptions {
  readonly logger?: Logger;
  /** Makes the ids of commands that name none; random by default. */
  readonly ids?: IdSource;
}

/** Makes the server of a register, ready to `listen`. Closing it does not close the register. */
export async function createApp(register: Register, { logger = pino(), ids }: AppOptions = {}): Promise<NestFastifyApplication> {
  const app = await createHttpApp(AppModule.forRegister(register, ids), logger);
  serveOpenApi(app);
  return app;
}
