import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/**
 * Lets Nest's own few messages go to the same log as everything else. Errors that it passes on are not written out: see
 * safe-error.
 */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: unknown): void {
    this.logger.debug({ context }, textOf(message));
  }

  warn(message: unknown, context?: unknown): void {
    this.logger.warn({ context }, textOf(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error({ context: rest.at(-1) }, textOf(message));
  }

  debug(message: unknown, context?: unknown): void {
    this.logger.trace({ context }, textOf(message));
  }
}

function textOf(message: unknown): string {
  return typeof message === 'string' ? message : 'nest';
}
