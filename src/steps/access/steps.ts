import { routed } from '../../recording/step.js';
import {
  adoptAccessPolicyStep,
  closeInspectionStep,
  grantRoleStep,
  openInspectionStep,
  revokeRoleStep,
} from './grants.js';
import {
  changeStaffProtectionStep,
  liftNoteStep,
  linkIdentityStep,
  narrowAccessStep,
  notePersonStep,
  reviewGlassStep,
  unlinkIdentityStep,
  widenAccessStep,
} from './people.js';

/** Where each step of this feature is posted, under /api/v1. */
export const accessSteps = routed({
  grants: grantRoleStep,
  'grants/:id/revocation': revokeRoleStep,
  inspections: openInspectionStep,
  'inspections/:id/closing': closeInspectionStep,
  'controllers/:id/access-policies': adoptAccessPolicyStep,
  'staff/:id/identity-link': linkIdentityStep,
  'staff/:id/identity-unlink': unlinkIdentityStep,
  'staff/:id/protection': changeStaffProtectionStep,
  'recipients/:id/access-narrowing': narrowAccessStep,
  'recipients/:id/access-widening': widenAccessStep,
  'recipients/:id/break-glass/:event/review': reviewGlassStep,
  'recipients/:id/notes': notePersonStep,
  'recipients/:id/note-lifting': liftNoteStep,
});
