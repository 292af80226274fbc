import { defineStep } from '../../../../recording/step.js';
import { holdPlanMeeting } from '../../domain/decide-plans.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const holdPlanMeetingStep = defineStep({
  name: 'HoldPlanMeeting',
  records: FACTS.PlanMeetingHeld,
  path: 'care-episodes/:id/held-plan-meetings',

  summary: 'Registrera att mötet för genomgång har hållits',

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
