import { accept, acceptAny, type Decide, refuse } from '../../../kernel/event-sourcing/decider.js';
import { dayOf, formatDay } from '../../../kernel/time/day.js';
import type { Proposed } from '../../../facts/proposed.js';
import type { CareEpisode } from './care-episode.js';
import { namesKnownConsents } from './decide-answers.js';
import { duringCare } from './decide-episode.js';
import { episodeRefusals as refusals } from './refusals.js';

/** A plan names contacts that the episode has had; their assignments need not be active any more. */
function namesKnownContacts<S extends Proposed<'PlanAgreed' | 'PlanRevised'>>(
  decide: Decide<CareEpisode, S> = acceptAny,
): Decide<CareEpisode, S> {
  return (step, episode) => {
    for (const [index, assignment] of step.data.contacts.entries()) {
      if (!episode.hasAssignment(assignment))
        return refuse(refusals.ASSIGNMENT_NOT_IN_EPISODE, { field: `contacts[${index}]` });
    }
    return decide(step, episode);
  };
}

/** A step that is about a plan comes on the day of the plan's agreement or later. */
function afterPlan<S extends Proposed<'PlanRevised' | 'FollowUpPlanned' | 'FollowUpHeld' | 'FollowUpNotHeld'>>(
  decide: Decide<CareEpisode, S> = acceptAny,
): Decide<CareEpisode, S> {
  return (step, episode) => {
    const agreed = episode.agreedPlan(step.data.plan);
    if (!agreed) return refuse(refusals.UNKNOWN_PLAN);
    if (dayOf(step.effectiveOn) < agreed.day) return refuse(refusals.BEFORE_PLAN, { agreedOn: formatDay(agreed.day) });
    return decide(step, episode);
  };
}

export const agreePlan = duringCare(namesKnownContacts(namesKnownConsents<Proposed<'PlanAgreed'>>()));

export const revisePlan = duringCare(
  afterPlan(
    namesKnownContacts(
      namesKnownConsents<Proposed<'PlanRevised'>>((step, episode) => {
        const last = episode.lastVersionOf(step.data.plan);
        return step.data.version > last
          ? accept(step)
          : refuse(refusals.PLAN_VERSION_TAKEN, { lastVersion: String(last) });
      }),
    ),
  ),
);

export const holdPlanMeeting = duringCare(namesKnownConsents<Proposed<'PlanMeetingHeld'>>());

export const planFollowUp = duringCare(afterPlan<Proposed<'FollowUpPlanned'>>());
export const missFollowUp = duringCare(afterPlan<Proposed<'FollowUpNotHeld'>>());
export const holdFollowUp = duringCare(afterPlan(namesKnownConsents<Proposed<'FollowUpHeld'>>()));
