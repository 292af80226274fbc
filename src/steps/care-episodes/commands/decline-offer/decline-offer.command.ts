import { defineStep } from '../../../../recording/step.js';
import { answerOffer } from '../../domain/decide-answers.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const declineOfferStep = defineStep({
  name: 'DeclineOffer',
  records: FACTS.OfferDeclined,
  path: 'care-episodes/:id/offers/:offer/decline',
  summary: 'Registrera att den enskilde tackar nej',
  description: 'Ett nej utan orsak tas emot med varningen DECLINE_REASON och står som brist tills det rättas.',
  example: { answeredBy: 'RECIPIENT', reasonCode: 'ENOUGH_SUPPORT', effectiveOn: '2026-11-09' },
  stateOf: episodeOf,
  decide: answerOffer,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.UNKNOWN_OFFER, refusals.ANSWER_BEFORE_OFFER],
});
