import { defineStep } from '../../../../recording/step.js';
import { ofRegistered } from '../../domain/decide-staff.js';
import { FACTS } from '../../../../facts/event-catalogue.js';
import { staffRefusals as refusals } from '../../domain/refusals.js';
import { memberOf } from '../member-of.js';

export const documentTransitionStep = defineStep({
  name: 'DocumentTransition',
  records: FACTS.TransitionStatusDocumented,
  path: 'staff/:id/transition-statuses',
  summary: 'Dokumentera att medarbetaren omfattas av övergångsregeln',
  description: 'Säger att medarbetaren var tillsvidareanställd med titeln den 1 juli 2023.',
  example: {
    employer: 'Ånge kommun',
    evidence: 'Anställningsbevis 2019-04-01, tillsvidare, undersköterska.',
    effectiveOn: '2026-11-02',
  },
  stateOf: memberOf,
  decide: ofRegistered(),
  refusals: [refusals.STAFF_ANNULLED],
});
