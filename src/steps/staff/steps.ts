import { routed } from '../../recording/step.js';
import {
  registerStaffStep,
  startEmploymentStep,
  endEmploymentStep,
  moveStaffStep,
  startLeaveStep,
  endLeaveStep,
} from './employment.js';
import {
  verifyTitleStep,
  documentTransitionStep,
  approveEducationStep,
  withdrawTitleStep,
  completeTrainingStep,
  signDescriptionStep,
  holdYearlyFollowUpStep,
} from './competence.js';

/** Where each step of this feature is posted, under /api/v1. */
export const staffSteps = routed({
  staff: registerStaffStep,
  'staff/:id/employments': startEmploymentStep,
  'staff/:id/employment-ends': endEmploymentStep,
  'staff/:id/unit-moves': moveStaffStep,
  'staff/:id/title-verifications': verifyTitleStep,
  'staff/:id/transition-statuses': documentTransitionStep,
  'staff/:id/approved-educations': approveEducationStep,
  'staff/:id/title-withdrawals': withdrawTitleStep,
  'staff/:id/trainings': completeTrainingStep,
  'staff/:id/assignment-descriptions': signDescriptionStep,
  'staff/:id/yearly-follow-ups': holdYearlyFollowUpStep,
  'staff/:id/leaves': startLeaveStep,
  'staff/:id/leave-ends': endLeaveStep,
});
