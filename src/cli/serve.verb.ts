import type { Command } from 'commander';
import { pino } from 'pino';
import { configure } from '../kernel/config/configure.js';
import { serveUntilStopped } from '../server/serve.js';
import type { Context } from './context.js';

/** `serve`: the same server as `npm start`. */
export function addServe(program: Command, context: Context): void {
  program
    .command('serve')
    .description('answer over HTTP until SIGINT or SIGTERM (HOST, PORT)')
    .action(async () => {
      const configured = await configure(context.environment());
      // Standard output belongs to results, of which a server has none.
      await serveUntilStopped(
        configured,
        (text) => context.say(text),
        pino({ level: configured.config.logLevel }, pino.destination(2)),
      );
    });
}
