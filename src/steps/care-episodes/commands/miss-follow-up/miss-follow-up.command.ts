import { defineStep } from '../../../../recording/step.js';
import { missFollowUp } from '../../domain/decide-plans.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const missFollowUpStep = defineStep({
  name: 'MissFollowUp',
  records: FACTS.FollowUpNotHeld,
  path: 'care-episodes/:id/plans/:plan/missed-follow-ups',
  summary: 'Registrera att uppföljningen inte blev av',
  example: { reasonCode: 'RECIPIENT_ABSENT', newDate: '2026-12-04', effectiveOn: '2026-11-20' },
  stateOf: episodeOf,
  decide: missFollowUp,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.UNKNOWN_PLAN, refusals.BEFORE_PLAN],
});
