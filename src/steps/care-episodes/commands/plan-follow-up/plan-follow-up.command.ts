import { defineStep } from '../../../../recording/step.js';
import { planFollowUp } from '../../domain/decide-plans.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const planFollowUpStep = defineStep({
  name: 'PlanFollowUp',
  records: FACTS.FollowUpPlanned,
  path: 'care-episodes/:id/plans/:plan/follow-up-dates',
  summary: 'Planera uppföljningen',
  example: { on: '2027-05-03', effectiveOn: '2026-11-20' },
  stateOf: episodeOf,
  decide: planFollowUp,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.UNKNOWN_PLAN, refusals.BEFORE_PLAN],
});
