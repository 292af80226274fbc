import { defineStep } from '../../recording/step.js';
import { staffRefusals } from '../staff/domain/refusals.js';
import {
  assignContact,
  replaceContact,
  endContact,
  startAbsence,
  endAbsence,
  requestContactChange,
  closeContactChangeRequest,
} from './domain/decide-contacts.js';
import { FACTS } from '../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from './domain/refusals.js';
import { episodeOf } from './episode-of.js';
import { duringCare } from './domain/decide-episode.js';

export const assignContactStep = defineStep({
  name: 'AssignContact',
  records: FACTS.ContactAssigned,
  summary: 'Registrera att en fast omsorgskontakt har utsetts',
  description:
    'I hemtjänsten får bara en undersköterska utses. Annars blir svaret 409 TITLE_REQUIRED, om inte override.reason anges.',
  example: {
    role: 'PRIMARY',
    staff: '5f0c8d2a-2222-4a6b-9c3d-000000000001',
    appointedBy: '5f0c8d2a-2222-4a6b-9c3d-000000000002',
    effectiveOn: '2026-11-12',
  },
  stateOf: episodeOf,
  decide: assignContact,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.PRIMARY_ALREADY_ASSIGNED,
    refusals.TITLE_REQUIRED,
    staffRefusals.STAFF_NOT_EMPLOYED,
  ],
});

export const replaceContactStep = defineStep({
  name: 'ReplaceContact',
  records: FACTS.ContactReplaced,
  fields: { assignment: 'ends' },
  summary: 'Registrera byte av fast omsorgskontakt',
  description:
    'Den nya har samma roll. Den gamla slutar och den nya börjar samma dag, också när uppdraget eller anställningen avslutas just den dagen.',
  example: {
    staff: '5f0c8d2a-2222-4a6b-9c3d-000000000002',
    initiator: 'RECIPIENT',
    reasonCode: 'RECIPIENT_WISH',
    effectiveOn: '2026-11-16',
  },
  stateOf: episodeOf,
  decide: replaceContact,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.UNKNOWN_ASSIGNMENT,
    refusals.ASSIGNMENT_NOT_ACTIVE,
    refusals.PRIMARY_ALREADY_ASSIGNED,
    refusals.TITLE_REQUIRED,
    staffRefusals.STAFF_NOT_EMPLOYED,
  ],
});

export const endContactStep = defineStep({
  name: 'EndContact',
  records: FACTS.ContactEnded,
  summary: 'Registrera att ett uppdrag som fast omsorgskontakt har avslutats',
  description: 'Ett uppdrag som aldrig blev av avslutas på sin första dag.',
  example: { initiator: 'STAFF', reasonCode: 'STAFF_LEFT', effectiveOn: '2026-11-16' },
  stateOf: episodeOf,
  decide: endContact,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.UNKNOWN_ASSIGNMENT,
    refusals.ASSIGNMENT_NOT_ACTIVE,
  ],
});

export const startAbsenceStep = defineStep({
  name: 'StartAbsence',
  records: FACTS.ContactAbsenceStarted,
  summary: 'Registrera att kontakten är frånvarande',
  example: { effectiveOn: '2026-11-16' },
  stateOf: episodeOf,
  decide: startAbsence,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.UNKNOWN_ASSIGNMENT,
    refusals.ASSIGNMENT_NOT_ACTIVE,
    refusals.ASSIGNMENT_NOT_IN_EPISODE,
    refusals.ABSENCE_ALREADY_STARTED,
  ],
});

export const endAbsenceStep = defineStep({
  name: 'EndAbsence',
  records: FACTS.ContactAbsenceEnded,
  summary: 'Registrera att kontakten åter är i tjänst',
  example: { effectiveOn: '2026-11-20' },
  stateOf: episodeOf,
  decide: endAbsence,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.UNKNOWN_ASSIGNMENT,
    refusals.ASSIGNMENT_NOT_IN_EPISODE,
    refusals.ABSENCE_NOT_STARTED,
  ],
});

export const recordInDocumentStep = defineStep({
  name: 'RecordInDocument',
  records: FACTS.RecordedInDocument,
  summary: 'Registrera att fast omsorgskontakt har införts i journal, plan eller personbild',
  example: {
    document: 'JOURNAL',
    about: '5f0c8d2a-7777-4a6b-9c3d-000000000001',
    reference: 'Journal 2026-11-12',
    effectiveOn: '2026-11-12',
  },
  stateOf: episodeOf,
  decide: duringCare(),
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});

export const requestContactChangeStep = defineStep({
  name: 'RequestContactChange',
  records: FACTS.ContactChangeRequested,
  summary: 'Registrera att omsorgstagaren vill byta fast omsorgskontakt',
  example: { effectiveOn: '2026-11-20', reasonText: 'Vill ha någon som talar finska' },
  stateOf: episodeOf,
  decide: requestContactChange,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.UNKNOWN_ASSIGNMENT,
    refusals.ASSIGNMENT_NOT_ACTIVE,
  ],
});

export const closeContactChangeRequestStep = defineStep({
  name: 'CloseContactChangeRequest',
  records: FACTS.ContactChangeRequestClosed,
  summary: 'Registrera vad en begäran om byte ledde till',
  example: { effectiveOn: '2026-11-24', outcome: 'CHANGED' },
  stateOf: episodeOf,
  decide: closeContactChangeRequest,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.UNKNOWN_REQUEST,
    refusals.REQUEST_ALREADY_CLOSED,
    refusals.CLOSED_BEFORE_REQUEST,
  ],
});
