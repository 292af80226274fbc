import { Facts } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { offerContact } from './domain/decide-offers.js';
import { defineStep } from '../../recording/step.js';
import { duringCare } from './domain/decide-episode.js';
import { FACTS } from '../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from './domain/refusals.js';
import { episodeOf } from './episode-of.js';
import { giveInformation, answerOffer, withdrawConsent } from './domain/decide-answers.js';

export const assessUnnecessityStep = defineStep({
  name: 'AssessUnnecessity',
  records: FACTS.ObviousUnnecessityAssessed,
  summary: 'Registrera bedömningen att fast omsorgskontakt är uppenbart obehövligt',
  description: 'Omsorgstagarens egen syn ska beaktas; saknas den svarar kommandot med varningen UNNECESSARY.',
  example: {
    criteria: ['ONLY_SAFETY_ALARM'],
    recipientView: 'Vill inte ha en särskild kontakt för larmets skull.',
    reason: 'Har enbart trygghetslarm.',
    effectiveOn: '2026-11-09',
  },
  stateOf: episodeOf,
  decide: duringCare(),
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});

export const giveInformationStep = defineStep({
  name: 'GiveInformation',
  records: FACTS.InformationGiven,
  summary: 'Registrera att information om fast omsorgskontakt har lämnats',
  example: {
    form: 'PHYSICAL_MEETING',
    items: ['ROLE_REPLACES_CONTACT_PERSON', 'ROLE_CONTENT', 'FREE_CHOICE', 'RELATIVES_ASKED', 'BROCHURE', 'UNDERSTOOD'],
    brochureVersion: '2',
    attendees: [{ kind: 'RECIPIENT' }, { kind: 'MANAGER' }],
    effectiveOn: '2026-11-09',
  },
  stateOf: episodeOf,
  decide: giveInformation,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.CONSENT_NOT_IN_EPISODE],
});

export const offerContactStep = defineStep({
  name: 'OfferContact',
  records: FACTS.ContactOffered,
  summary: 'Registrera att fast omsorgskontakt har erbjudits',
  example: { by: '5f0c8d2a-2222-4a6b-9c3d-000000000001', effectiveOn: '2026-11-09' },
  stateOf: async (sources) => ({
    episode: episodeOf(sources),
    offeredBy: new Facts(resolveEntries(await sources.read(`staff-${String(sources.data['by'])}`))),
    actorRole: sources.actor.role,
  }),
  decide: offerContact,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});

export const acceptOfferStep = defineStep({
  name: 'AcceptOffer',
  records: FACTS.OfferAccepted,
  summary: 'Registrera att omsorgstagaren tackar ja',
  example: { answeredBy: 'RECIPIENT', effectiveOn: '2026-11-09' },
  stateOf: episodeOf,
  decide: answerOffer,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.UNKNOWN_OFFER, refusals.ANSWER_BEFORE_OFFER],
});

export const declineOfferStep = defineStep({
  name: 'DeclineOffer',
  records: FACTS.OfferDeclined,
  summary: 'Registrera att omsorgstagaren tackar nej',
  description: 'Ett nej utan orsak tas emot med varningen DECLINE_REASON och står som brist tills det rättas.',
  example: { answeredBy: 'RECIPIENT', reasonCode: 'ENOUGH_SUPPORT', effectiveOn: '2026-11-09' },
  stateOf: episodeOf,
  decide: answerOffer,
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED, refusals.UNKNOWN_OFFER, refusals.ANSWER_BEFORE_OFFER],
});

export const giveConsentStep = defineStep({
  name: 'GiveConsent',
  records: FACTS.ConsentGiven,
  summary: 'Registrera ett samtycke',
  example: {
    person: 'Karin Berg',
    relation: 'dotter',
    scope: ['INFORM', 'ATTEND_MEETINGS'],
    effectiveOn: '2026-11-09',
  },
  stateOf: episodeOf,
  decide: duringCare(),
  refusals: [refusals.EPISODE_ANNULLED, refusals.EPISODE_ENDED],
});

export const withdrawConsentStep = defineStep({
  name: 'WithdrawConsent',
  records: FACTS.ConsentWithdrawn,
  summary: 'Registrera att ett samtycke har återkallats',
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
