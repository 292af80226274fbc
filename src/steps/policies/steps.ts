import { adoptPolicyStep } from './commands/adopt-policy/adopt-policy.command.js';

/** Every step of this feature that can be recorded live. */
export const policySteps = [adoptPolicyStep];
