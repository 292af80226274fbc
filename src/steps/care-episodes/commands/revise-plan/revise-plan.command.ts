import { defineStep } from '../../../../recording/step.js';
import { revisePlan } from '../../domain/decide-plans.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const revisePlanStep = defineStep({
  name: 'RevisePlan',
  records: FACTS.PlanRevised,
  path: 'care-episodes/:id/plans/:plan/revisions',
  summary: 'Revidera genomförandeplanen',
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
