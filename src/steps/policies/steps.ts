import { routed } from '../../recording/step.js';
import { adoptPolicyStep } from './policies.js';

/** Where each step of this feature is posted, under /api/v1. */
export const policySteps = routed({
  'controllers/:id/policies': adoptPolicyStep,
});
