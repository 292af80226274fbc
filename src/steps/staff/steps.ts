import { approveEducationStep } from './commands/approve-education/approve-education.command.js';
import { completeTrainingStep } from './commands/complete-training/complete-training.command.js';
import { documentTransitionStep } from './commands/document-transition/document-transition.command.js';
import { endEmploymentStep } from './commands/end-employment/end-employment.command.js';
import { endLeaveStep } from './commands/end-leave/end-leave.command.js';
import { holdYearlyFollowUpStep } from './commands/hold-yearly-follow-up/hold-yearly-follow-up.command.js';
import { moveStaffStep } from './commands/move-staff/move-staff.command.js';
import { registerStaffStep } from './commands/register-staff/register-staff.command.js';
import { signDescriptionStep } from './commands/sign-description/sign-description.command.js';
import { startEmploymentStep } from './commands/start-employment/start-employment.command.js';
import { startLeaveStep } from './commands/start-leave/start-leave.command.js';
import { verifyTitleStep } from './commands/verify-title/verify-title.command.js';
import { withdrawTitleStep } from './commands/withdraw-title/withdraw-title.command.js';

/** Every step of this feature that can be recorded live. */
export const staffSteps = [
  registerStaffStep,
  startEmploymentStep,
  endEmploymentStep,
  moveStaffStep,
  verifyTitleStep,
  documentTransitionStep,
  approveEducationStep,
  withdrawTitleStep,
  completeTrainingStep,
  signDescriptionStep,
  holdYearlyFollowUpStep,
  startLeaveStep,
  endLeaveStep,
];
