import { defineStep } from '../../../../recording/step.js';
import { holdFollowUp } from '../../domain/decide-plans.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const holdFollowUpStep = defineStep({
  name: 'HoldFollowUp',
  records: FACTS.FollowUpHeld,
  path: 'care-episodes/:id/plans/:plan/follow-ups',
  summary: 'Registrera en hållen uppföljning',
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
