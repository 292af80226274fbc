import {
  accept,
  acceptAny,
  type Decide,
  refuse,
  type Step,
  type Warning,
} from '../../../kernel/event-sourcing/decider.js';
import { dayOf, formatDay } from '../../../kernel/time/day.js';
import type { CareEpisode } from './care-episode.js';
import { duringCare } from './decide-episode.js';
import { episodeRefusals as refusals } from './refusals.js';

/**
 * A yes or a no is always to an offer, on its day or later. A later answer to the same offer replaces the earlier one.
 */
export const answerOffer = duringCare((step, episode) => {
  const offer = episode.entryWith('ContactOffered', 'offer', step.data['offer']);
  if (!offer) return refuse(refusals.UNKNOWN_OFFER);
  if (dayOf(step.effectiveOn) < offer.day)
    return refuse(refusals.ANSWER_BEFORE_OFFER, { offeredOn: formatDay(offer.day) });
  return accept(step, ...entitlement(step, episode));
});

function entitlement(step: Step, episode: CareEpisode): Warning[] {
  const { answeredBy, representative } = step.data;
  if (answeredBy !== 'REPRESENTATIVE' || episode.mayAnswer(representative, dayOf(step.effectiveOn))) return [];
  return [
    {
      rule: 'ANSWER',
      message:
        'Företrädaren är inte registrerad för den enskilde den dagen, så svaret räknas inte som ett svar. Registrera företrädaren eller fråga den enskilde.',
    },
  ];
}

/** Those who were there may be named with a consent of this episode only. */
export function namesKnownConsents(
  field: 'attendees' | 'participants',
  decide: Decide<CareEpisode> = acceptAny,
): Decide<CareEpisode> {
  return (step, episode) => {
    const present = step.data[field];
    for (const [index, person] of Array.isArray(present) ? present.entries() : []) {
      const consent: unknown = person.consent;
      if (consent !== undefined && !episode.entryWith('ConsentGiven', 'consent', consent))
        return refuse(refusals.CONSENT_NOT_IN_EPISODE, { field: `${field}[${index}].consent` });
    }
    return decide(step, episode);
  };
}

export const giveInformation = duringCare(namesKnownConsents('attendees'));

export const withdrawConsent = duringCare((step, episode) => {
  const given = episode.entryWith('ConsentGiven', 'consent', step.data['consent']);
  if (!given) return refuse(refusals.UNKNOWN_CONSENT);
  if (episode.entryWith('ConsentWithdrawn', 'consent', step.data['consent']))
    return refuse(refusals.CONSENT_ALREADY_WITHDRAWN);
  if (dayOf(step.effectiveOn) < given.day)
    return refuse(refusals.WITHDRAWAL_BEFORE_CONSENT, { givenOn: formatDay(given.day) });
  return accept(step);
});
