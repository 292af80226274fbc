import type { Command } from 'commander';
import { pino } from 'pino';
import { configure } from '../kernel/config/configure.js';
import { startServer } from '../serve.js';
import type { Context } from './context.js';

/** `serve`: the same server as `npm start`. */
export function addServe(program: Command, context: Context): void {
  program
    .command('serve')
    .description('answer over HTTP until SIGINT or SIGTERM (HOST, PORT)')
    .action(async () => {
      const configured = await configure(context.environment());
      // Standard output belongs to results, of which a server has none.
      const server = await startServer(configured, pino({ level: configured.config.logLevel }, pino.destination(2)));
      // Whoever reads that it listens may tell it to stop at once.
      const told = new Promise<void>((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
      context.say(`Listening on ${server.url} (documentation: ${server.url}/api/docs)`);
      await told;
      await server.close();
    });
}
