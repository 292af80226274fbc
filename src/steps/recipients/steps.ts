import { changeIdentityStep } from './commands/change-identity/change-identity.command.js';
import { changeProtectionStep } from './commands/change-protection/change-protection.command.js';
import { mergeRecipientStep } from './commands/merge-recipient/merge-recipient.command.js';
import { registerRecipientStep } from './commands/register-recipient/register-recipient.command.js';
import { registerRepresentativeStep } from './commands/register-representative/register-representative.command.js';

/** Every step of this feature that can be recorded live. */
export const recipientSteps = [
  registerRecipientStep,
  changeIdentityStep,
  changeProtectionStep,
  mergeRecipientStep,
  registerRepresentativeStep,
];
