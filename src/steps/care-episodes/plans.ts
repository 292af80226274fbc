import { defineStep } from '../../recording/step.js';
import { duringCare } from './domain/decide-episode.js';
import { FACTS } from '../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from './domain/refusals.js';
import { episodeOf } from './episode-of.js';
import {
  holdPlanMeeting,
  agreePlan,
  revisePlan,
  planFollowUp,
  holdFollowUp,
  missFollowUp,
} from './domain/decide-plans.js';

export const bookPlanMeetingStep = defineStep({
  name: 'BookPlanMeeting',
  records: FACTS.PlanMeetingBooked,
  summary: 'Registrera att möte för genomgång har bokats',
  example: { on: '2026-11-20', effectiveOn: '2026-11-09' },
  stateOf: episodeOf,
  decide: duringCare(),
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});

export const holdPlanMeetingStep = defineStep({
  name: 'HoldPlanMeeting',
  records: FACTS.PlanMeetingHeld,
  summary: 'Registrera att mötet för genomgång har genomförts',
  example: {
    form: 'PHYSICAL_MEETING',
    items: ['ROLE_REPEATED', 'SECURITY', 'CONTINUITY', 'INDIVIDUAL_CARE', 'COORDINATION'],
    attendees: [{ kind: 'RECIPIENT' }, { kind: 'CONTACT' }],
    effectiveOn: '2026-11-20',
  },
  stateOf: episodeOf,
  decide: holdPlanMeeting,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.CONSENT_NOT_IN_EPISODE],
});

export const declinePlanStep = defineStep({
  name: 'DeclinePlan',
  records: FACTS.PlanDeclined,
  summary: 'Registrera att omsorgstagaren inte vill ha någon genomförandeplan',
  example: { effectiveOn: '2026-11-20', reasonText: 'Vet hur hon vill ha det' },
  stateOf: episodeOf,
  decide: duringCare(),
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});

export const agreePlanStep = defineStep({
  name: 'AgreePlan',
  records: FACTS.PlanAgreed,
  summary: 'Registrera att genomförandeplanen är överenskommen',
  example: {
    sections: {
      security: 'Larm och tillsyn kväll.',
      continuity: 'Samma två medarbetare på morgonen.',
      individualCare: 'Dusch tisdag och fredag.',
      coordination: 'Kontakt med distriktssköterskan.',
    },
    contacts: ['5f0c8d2a-5555-4a6b-9c3d-000000000001'],
    participants: [{ kind: 'RECIPIENT' }, { kind: 'CONTACT' }],
    followUpOn: '2027-05-03',
    effectiveOn: '2026-11-20',
  },
  defaults: { version: 1 },
  stateOf: episodeOf,
  decide: agreePlan,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.ASSIGNMENT_NOT_IN_EPISODE,
    refusals.CONSENT_NOT_IN_EPISODE,
  ],
});

export const revisePlanStep = defineStep({
  name: 'RevisePlan',
  records: FACTS.PlanRevised,
  summary: 'Registrera att genomförandeplanen har reviderats',
  example: {
    version: 2,
    sections: {
      security: 'Larm och tillsyn kväll.',
      continuity: 'Samma två medarbetare på morgonen.',
      individualCare: 'Dusch tisdag och fredag.',
      coordination: 'Kontakt med distriktssköterskan.',
    },
    contacts: ['5f0c8d2a-5555-4a6b-9c3d-000000000001'],
    participants: [{ kind: 'RECIPIENT' }, { kind: 'CONTACT' }],
    followUpOn: '2027-05-03',
    effectiveOn: '2026-11-21',
  },
  stateOf: episodeOf,
  decide: revisePlan,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.UNKNOWN_PLAN,
    refusals.BEFORE_PLAN,
    refusals.PLAN_VERSION_TAKEN,
    refusals.ASSIGNMENT_NOT_IN_EPISODE,
    refusals.CONSENT_NOT_IN_EPISODE,
  ],
});

export const planFollowUpStep = defineStep({
  name: 'PlanFollowUp',
  records: FACTS.FollowUpPlanned,
  summary: 'Registrera att uppföljningen har planerats',
  example: { on: '2027-05-03', effectiveOn: '2026-11-20' },
  stateOf: episodeOf,
  decide: planFollowUp,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.UNKNOWN_PLAN, refusals.BEFORE_PLAN],
});

export const holdFollowUpStep = defineStep({
  name: 'HoldFollowUp',
  records: FACTS.FollowUpHeld,
  summary: 'Registrera en genomförd uppföljning',
  example: {
    attendees: [{ kind: 'RECIPIENT' }, { kind: 'CONTACT' }],
    outcome: 'UNCHANGED',
    nextFollowUpOn: '2027-05-20',
    effectiveOn: '2026-11-20',
  },
  stateOf: episodeOf,
  decide: holdFollowUp,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.UNKNOWN_PLAN,
    refusals.BEFORE_PLAN,
    refusals.CONSENT_NOT_IN_EPISODE,
  ],
});

export const missFollowUpStep = defineStep({
  name: 'MissFollowUp',
  records: FACTS.FollowUpNotHeld,
  summary: 'Registrera att uppföljningen inte genomfördes',
  example: { reasonCode: 'RECIPIENT_ABSENT', newDate: '2026-12-04', effectiveOn: '2026-11-20' },
  stateOf: episodeOf,
  decide: missFollowUp,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.UNKNOWN_PLAN, refusals.BEFORE_PLAN],
});
