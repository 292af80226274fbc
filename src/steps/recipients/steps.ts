import { routed } from '../../recording/step.js';
import {
  registerRecipientStep,
  changeIdentityStep,
  changeProtectionStep,
  mergeRecipientStep,
  registerRepresentativeStep,
} from './recipients.js';

/** Where each step of this feature is posted, under /api/v1. */
export const recipientSteps = routed({
  recipients: registerRecipientStep,
  'recipients/:id/identity-changes': changeIdentityStep,
  'recipients/:id/protection': changeProtectionStep,
  'recipients/:id/merges': mergeRecipientStep,
  'recipients/:id/representatives': registerRepresentativeStep,
});
