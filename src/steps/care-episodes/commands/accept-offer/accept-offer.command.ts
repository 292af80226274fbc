import { defineStep } from '../../../../recording/step.js';
import { answerOffer } from '../../domain/decide-answers.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const acceptOfferStep = defineStep({
  name: 'AcceptOffer',
  records: FACTS.OfferAccepted,
  path: 'care-episodes/:id/offers/:offer/accept',
  summary: 'Registrera att den enskilde tackar ja',
  example: { answeredBy: 'RECIPIENT', effectiveOn: '2026-11-09' },
  stateOf: episodeOf,
  decide: answerOffer,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.UNKNOWN_OFFER, refusals.ANSWER_BEFORE_OFFER],
});
