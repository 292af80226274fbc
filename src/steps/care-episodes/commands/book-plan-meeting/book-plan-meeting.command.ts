import { defineStep } from '../../../../recording/step.js';
import { duringCare } from '../../domain/decide-episode.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const bookPlanMeetingStep = defineStep({
  name: 'BookPlanMeeting',
  records: FACTS.PlanMeetingBooked,
  path: 'care-episodes/:id/plan-meetings',
  summary: 'Boka möte om genomförandeplanen',
  example: { on: '2026-11-20', effectiveOn: '2026-11-09' },
  stateOf: episodeOf,
  decide: duringCare(),
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});
