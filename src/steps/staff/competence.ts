import { defineStep } from '../../recording/step.js';
import { documentTransition, ofRegistered, withdrawTitle, signDescription } from './domain/decide-staff.js';
import { FACTS } from '../../facts/event-catalogue.js';
import { staffRefusals as refusals } from './domain/refusals.js';
import { assigneeOf, employedOf, memberOf } from './member-of.js';

export const verifyTitleStep = defineStep({
  name: 'VerifyTitle',
  records: FACTS.TitleVerified,
  summary: 'Registrera att bevis om titeln har kontrollerats',
  example: { certificateDate: '2024-03-05', method: 'HOSP_DIRECT', checkedBy: 'HOSP', effectiveOn: '2026-11-02' },
  stateOf: memberOf,
  decide: ofRegistered(),
  refusals: [refusals.STAFF_ANNULLED],
});

export const documentTransitionStep = defineStep({
  name: 'DocumentTransition',
  records: FACTS.TransitionStatusDocumented,
  summary: 'Dokumentera att medarbetaren omfattas av övergångsregeln',
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
  description: 'Räcker utanför hemtjänsten, aldrig i den.',
  example: { education: 'Stödassistent', approvedBy: 'Enhetschef', effectiveOn: '2026-11-02' },
  stateOf: memberOf,
  decide: ofRegistered(),
  refusals: [refusals.STAFF_ANNULLED],
});

export const withdrawTitleStep = defineStep({
  name: 'WithdrawTitle',
  records: FACTS.TitleVerificationWithdrawn,
  summary: 'Ta tillbaka ett underlag för titeln',
  description:
    'Ett bevis kan inte återkallas; det som tas tillbaka är kontrollen, som visade sig fel. Den räknas då inte från början.',
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
  summary: 'Registrera att uppdragsbeskrivningen är underskriven',
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
  summary: 'Registrera den årliga uppföljningen med medarbetaren',
  example: { effectiveOn: '2026-11-13' },
  stateOf: memberOf,
  decide: ofRegistered(),
  refusals: [refusals.STAFF_ANNULLED],
});
