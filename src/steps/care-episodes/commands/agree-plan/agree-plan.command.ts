import { defineStep } from '../../../../recording/step.js';
import { agreePlan } from '../../domain/decide-plans.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const agreePlanStep = defineStep({
  name: 'AgreePlan',
  records: FACTS.PlanAgreed,
  path: 'care-episodes/:id/plans',
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
