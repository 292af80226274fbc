import { defineStep } from '../../../../recording/step.js';
import { ofRegistered } from '../../domain/decide-staff.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { staffRefusals as refusals } from '../../domain/refusals.js';
import { memberOf } from '../member-of.js';

export const verifyTitleStep = defineStep({
  name: 'VerifyTitle',
  records: FACTS.TitleVerified,
  path: 'staff/:id/title-verifications',
  summary: 'Registrera att bevis om titeln har kontrollerats',
  example: { certificateDate: '2024-03-05', method: 'HOSP_DIRECT', checkedBy: 'HOSP', effectiveOn: '2026-11-02' },
  stateOf: memberOf,
  decide: ofRegistered(),
  refusals: [refusals.STAFF_ANNULLED],
});
