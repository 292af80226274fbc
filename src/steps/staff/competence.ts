import { defineStep } from '../../recording/step.js';
import { documentTransition, ofRegistered, withdrawTitle, signDescription } from './domain/decide-staff.js';
import { FACTS } from '../../facts/event-catalogue.js';
import { staffRefusals as refusals } from './domain/refusals.js';
import { assigneeOf, employedOf, memberOf } from './member-of.js';

export const verifyTitleStep = defineStep({
  name: 'VerifyTitle',
  records: FACTS.TitleVerified,
  summary: 'Registrera att bevis om rätt att använda yrkestiteln har kontrollerats',
  example: { certificateDate: '2024-03-05', method: 'HOSP_DIRECT', checkedBy: 'HOSP', effectiveOn: '2026-11-02' },
  stateOf: memberOf,
  decide: ofRegistered(),
  refusals: [refusals.STAFF_ANNULLED],
});

export const documentTransitionStep = defineStep({
  name: 'DocumentTransition',
  records: FACTS.TransitionStatusDocumented,
  summary: 'Registrera att medarbetaren omfattas av övergångsregeln',
  description: 'Säger att medarbetaren var tillsvidareanställd med titeln den 1 juli 2023.',
  example: {
    employer: 'Ånge kommun',
    evidence: 'Anställningsbevis 2019-04-01, tillsvidare, undersköterska.',
    effectiveOn: '2026-11-02',
  },
  stateOf: employedOf,
  decide: documentTransition,
  refusals: [refusals.STAFF_ANNULLED],
});

export const approveEducationStep = defineStep({
  name: 'ApproveEducation',
  records: FACTS.ApprovedEducationRecorded,
  summary: 'Registrera en utbildning som arbetsgivaren godkänt',
  description: 'Godtas utanför hemtjänsten men inte inom den.',
  example: { education: 'Stödassistent', approvedBy: 'Enhetschef', effectiveOn: '2026-11-02' },
  stateOf: memberOf,
  decide: ofRegistered(),
  refusals: [refusals.STAFF_ANNULLED],
});

export const withdrawTitleStep = defineStep({
  name: 'WithdrawTitle',
  records: FACTS.TitleVerificationWithdrawn,
  summary: 'Registrera att ett underlag för yrkestiteln har underkänts',
  description:
    'Ett bevis kan inte återkallas; det är kontrollen som underkänns när den har visat sig vara fel. Den har då aldrig gällt.',
  example: { of: '5f0c8d2a-7777-4a6b-9c3d-000000000001', cause: 'WRONG_REGISTER_HIT', effectiveOn: '2026-11-16' },
  stateOf: memberOf,
  decide: withdrawTitle,
  refusals: [refusals.STAFF_ANNULLED, refusals.UNKNOWN_EVIDENCE, refusals.EVIDENCE_ALREADY_WITHDRAWN],
});

export const completeTrainingStep = defineStep({
  name: 'CompleteTraining',
  records: FACTS.TrainingCompleted,
  summary: 'Registrera en genomförd utbildning för fast omsorgskontakt',
  example: { course: 'Fast omsorgskontakt, grund', effectiveOn: '2026-11-05' },
  stateOf: memberOf,
  decide: ofRegistered(),
  refusals: [refusals.STAFF_ANNULLED],
});

export const signDescriptionStep = defineStep({
  name: 'SignDescription',
  records: FACTS.AssignmentDescriptionSigned,
  summary: 'Registrera att uppdragsbeskrivningen är undertecknad',
  example: {
    assignment: '5f0c8d2a-5555-4a6b-9c3d-000000000001',
    version: '1',
    place: 'Ånge',
    effectiveOn: '2026-11-13',
  },
  stateOf: assigneeOf,
  decide: signDescription,
  refusals: [refusals.STAFF_ANNULLED, refusals.ASSIGNMENT_OF_ANOTHER],
});

export const holdYearlyFollowUpStep = defineStep({
  name: 'HoldYearlyFollowUp',
  records: FACTS.YearlyFollowUpHeld,
  summary: 'Registrera den årliga uppföljningen av uppdraget',
  example: { effectiveOn: '2026-11-13' },
  stateOf: memberOf,
  decide: ofRegistered(),
  refusals: [refusals.STAFF_ANNULLED],
});
