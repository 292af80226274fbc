import { defineStep } from '../../../../recording/step.js';
import { withdrawConsent } from '../../domain/decide-answers.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const withdrawConsentStep = defineStep({
  name: 'WithdrawConsent',
  records: FACTS.ConsentWithdrawn,
  path: 'care-episodes/:id/consents/:consent/withdrawal',
  summary: 'Ta tillbaka ett samtycke',
  example: { effectiveOn: '2026-11-16' },
  stateOf: episodeOf,
  decide: withdrawConsent,
  refusals: [
    refusals.EPISODE_ANNULLED,
    refusals.EPISODE_ENDED,
    refusals.UNKNOWN_CONSENT,
    refusals.CONSENT_ALREADY_WITHDRAWN,
    refusals.WITHDRAWAL_BEFORE_CONSENT,
  ],
});
