import { defineStep } from '../../../../recording/step.js';
import { giveInformation } from '../../domain/decide-answers.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { episodeRefusals as refusals } from '../../domain/refusals.js';
import { episodeOf } from '../episode-of.js';

export const giveInformationStep = defineStep({
  name: 'GiveInformation',
  records: FACTS.InformationGiven,
  path: 'care-episodes/:id/information',
  summary: 'Registrera att information har getts',
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
