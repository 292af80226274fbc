import type { Command } from 'commander';
import { addAccessLogVerbs } from './access-log.verbs.js';
import type { Context } from './context.js';

/** `access`: who may see whom, and who has. */
export function addAccess(program: Command, context: Context): void {
  const access = program.command('access').description('who has looked at whom');
  addAccessLogVerbs(access, context);
}
