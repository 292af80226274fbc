import type { Command } from 'commander';
import { addAccessDecisions } from './access-decisions.verbs.js';
import { addAccessDispose } from './access-dispose.verb.js';
import { addAccessLogVerbs } from './access-log.verbs.js';
import { addAccessPolicyVerbs } from './access-policy.verbs.js';
import { addAccessReview } from './access-review.verb.js';
import type { Context } from './context.js';

/** `access`: who may see whom, and who has. */
export function addAccess(program: Command, context: Context): void {
  const access = program.command('access').description('who may do what, who could look at whom, and who has');
  addAccessPolicyVerbs(access, context);
  addAccessDecisions(access, context);
  addAccessLogVerbs(access, context);
  addAccessReview(access, context);
  addAccessDispose(access, context);
}
