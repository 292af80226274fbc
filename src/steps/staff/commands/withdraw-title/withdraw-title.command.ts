import { defineStep } from '../../../../recording/step.js';
import { withdrawTitle } from '../../domain/decide-staff.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { staffRefusals as refusals } from '../../domain/refusals.js';
import { memberOf } from '../member-of.js';

export const withdrawTitleStep = defineStep({
  name: 'WithdrawTitle',
  records: FACTS.TitleVerificationWithdrawn,
  path: 'staff/:id/title-withdrawals',
  summary: 'Ta tillbaka ett underlag för titeln',
  description:
    'Ett bevis kan inte återkallas; det som tas tillbaka är kontrollen, som visade sig fel. Den räknas då inte från början.',
  example: { of: '5f0c8d2a-7777-4a6b-9c3d-000000000001', cause: 'WRONG_REGISTER_HIT', effectiveOn: '2026-11-16' },
  stateOf: memberOf,
  decide: withdrawTitle,
  refusals: [refusals.STAFF_ANNULLED, refusals.UNKNOWN_EVIDENCE, refusals.EVIDENCE_ALREADY_WITHDRAWN],
});
