import { accept, acceptAny, type Decide, refuse, type Warning } from '../../../kernel/event-sourcing/decider.js';
import { dayOf, formatDay } from '../../../kernel/time/day.js';
import type { Proposed } from '../../../facts/proposed.js';
import type { CareEpisode } from './care-episode.js';
import { duringCare } from './decide-episode.js';
import { episodeRefusals as refusals } from './refusals.js';

/**
 * A yes or a no is always to an offer, on its day or later. A later answer to the same offer replaces the earlier one.
 */
type Answer = Proposed<'OfferAccepted' | 'OfferDeclined'>;

export const answerOffer = duringCare<Answer>((step, episode) => {
  const offer = episode.offer(step.data.offer);
  if (!offer) return refuse(refusals.UNKNOWN_OFFER);
  if (dayOf(step.effectiveOn) < offer.day)
    return refuse(refusals.ANSWER_BEFORE_OFFER, { offeredOn: formatDay(offer.day) });
  return accept(step, ...entitlement(step, episode), ...repetition(step, episode));
});

/** The same answer again says nothing new; what was to be said otherwise is a correction of the first. */
function repetition({ type, data }: Answer, episode: CareEpisode): Warning[] {
  return episode.lastAnswerTo(data.offer)?.type === type ? [ANSWERED_TWICE] : [];
}

const ANSWERED_TWICE = {
  rule: 'ANSWERED_TWICE',
  message:
    'Samma svar på erbjudandet är redan registrerat. Skulle det förra ändras är det en rättelse; makulera annars det ena.',
};

function entitlement(step: Answer, episode: CareEpisode): Warning[] {
  const { answeredBy, representative } = step.data;
  if (answeredBy !== 'REPRESENTATIVE' || episode.mayAnswer(representative, dayOf(step.effectiveOn))) return [];
  return [
    {
      rule: 'ANSWER',
      message:
        'Företrädaren är inte registrerad för omsorgstagaren den dagen, så svaret räknas inte. Registrera företrädaren eller fråga omsorgstagaren.',
    },
  ];
}

/** Those who were there may be named with a consent of this episode only. */
export function namesKnownConsents<
  S extends Proposed<'InformationGiven' | 'PlanMeetingHeld' | 'FollowUpHeld' | 'PlanAgreed' | 'PlanRevised'>,
>(decide: Decide<CareEpisode, S> = acceptAny): Decide<CareEpisode, S> {
  return (step, episode) => {
    const { data } = step;
    const [field, present] =
      'attendees' in data ? (['attendees', data.attendees] as const) : (['participants', data.participants] as const);
    for (const [index, { consent }] of present.entries()) {
      if (consent !== undefined && !episode.consent(consent))
        return refuse(refusals.CONSENT_NOT_IN_EPISODE, { field: `${field}[${index}].consent` });
    }
    return decide(step, episode);
  };
}

export const giveInformation = duringCare(namesKnownConsents<Proposed<'InformationGiven'>>());

export const withdrawConsent = duringCare<Proposed<'ConsentWithdrawn'>>((step, episode) => {
  const given = episode.consent(step.data.consent);
  if (!given) return refuse(refusals.UNKNOWN_CONSENT);
  if (episode.hasWithdrawn(step.data.consent)) return refuse(refusals.CONSENT_ALREADY_WITHDRAWN);
  if (dayOf(step.effectiveOn) < given.day)
    return refuse(refusals.WITHDRAWAL_BEFORE_CONSENT, { givenOn: formatDay(given.day) });
  return accept(step);
});
