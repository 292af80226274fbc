import { FACTS } from '../../facts/event-catalogue.js';
import { acceptAny } from '../../kernel/event-sourcing/decider.js';
import { defineStep, factsOf, type StateSources } from '../../recording/step.js';
import { ofRegisteredRecipient, type Recipient } from '../recipients/domain/decide-recipient.js';
import { recipientRefusals } from '../recipients/domain/refusals.js';
import { ofRegistered } from '../staff/domain/decide-staff.js';
import { staffRefusals } from '../staff/domain/refusals.js';
import { memberOf } from '../staff/member-of.js';
import {
  liftNote,
  linkIdentity,
  notePerson,
  reviewGlass,
  unlinkIdentity,
  widenAccess,
} from './domain/decide-person.js';
import { accessRefusals as refusals } from './domain/refusals.js';

const recipientIn = (sources: StateSources): Recipient => ({ id: sources.id, facts: factsOf(sources) });

export const linkIdentityStep = defineStep({
  name: 'LinkIdentity',
  records: FACTS.IdentityLinked,
  summary: 'Koppla en inloggning till medarbetaren',
  description: 'För den vars inloggning inte visar ett HSA-id som medarbetaren är registrerad med.',
  example: { issuer: 'https://id.kommunen.example/', subject: '3f6c1e', effectiveOn: '2026-11-02' },
  stateOf: memberOf,
  decide: linkIdentity,
  refusals: [staffRefusals.STAFF_ANNULLED, refusals.IDENTITY_ALREADY_LINKED],
});

export const unlinkIdentityStep = defineStep({
  name: 'UnlinkIdentity',
  records: FACTS.IdentityUnlinked,
  summary: 'Koppla bort medarbetarens inloggning',
  example: { reason: 'Har fått en ny inloggning.', effectiveOn: '2026-11-16' },
  stateOf: memberOf,
  decide: unlinkIdentity,
  refusals: [staffRefusals.STAFF_ANNULLED, refusals.IDENTITY_NOT_LINKED],
});

export const changeStaffProtectionStep = defineStep({
  name: 'ChangeStaffProtection',
  records: FACTS.StaffProtectionChanged,
  summary: 'Ändra skyddet av medarbetarens uppgifter',
  example: { protection: 'CONFIDENTIALITY_MARKED', effectiveOn: '2026-11-16' },
  stateOf: memberOf,
  decide: ofRegistered(),
  refusals: [staffRefusals.STAFF_ANNULLED],
});

export const narrowAccessStep = defineStep({
  name: 'NarrowAccess',
  records: FACTS.AccessNarrowed,
  summary: 'Begränsa åtkomsten till namngivna medarbetare',
  description: 'De som anges är de enda som får öppna uppgifterna. En ny begränsning ersätter den förra.',
  example: {
    staff: ['5f0c8d2a-2222-4a6b-9c3d-000000000001'],
    reason: 'Skyddade uppgifter.',
    effectiveOn: '2026-11-16',
  },
  stateOf: recipientIn,
  decide: ofRegisteredRecipient(),
  refusals: [recipientRefusals.RECIPIENT_ANNULLED],
});

export const widenAccessStep = defineStep({
  name: 'WidenAccess',
  records: FACTS.AccessWidened,
  summary: 'Upphäv begränsningen av åtkomsten',
  example: { reason: 'Skyddet har upphört.', effectiveOn: '2026-11-20' },
  stateOf: recipientIn,
  decide: widenAccess,
  refusals: [recipientRefusals.RECIPIENT_ANNULLED, refusals.ACCESS_NOT_NARROWED],
});

export const reviewGlassStep = defineStep({
  name: 'ReviewGlass',
  records: FACTS.GlassBreakReviewed,
  fields: { event: 'of' },
  summary: 'Granska en nödåtkomst i efterhand',
  example: { verdict: 'JUSTIFIED', reason: 'Larmet bekräftas av journalen.', effectiveOn: '2026-11-20' },
  stateOf: (sources) => {
    const brokenBy = sources.history.find(({ id }) => id === sources.data['of'])?.actor.id;
    return {
      ...recipientIn(sources),
      reviewer: sources.actor.id,
      ...(brokenBy === undefined ? {} : { brokenBy }),
    };
  },
  decide: reviewGlass,
  refusals: [refusals.GLASS_OWN_REVIEW, refusals.GLASS_ALREADY_REVIEWED],
});

export const notePersonStep = defineStep({
  name: 'NotePerson',
  records: FACTS.PersonNoted,
  summary: 'Uppmärksamma omsorgstagaren i loggkontrollen',
  description: 'Varje läsning tas upp i loggkontrollen. Visas inte i omsorgstagarens historik.',
  example: { reason: 'Känd i kommunen.', effectiveOn: '2026-11-16' },
  stateOf: recipientIn,
  decide: notePerson,
  refusals: [recipientRefusals.RECIPIENT_ANNULLED, refusals.PERSON_ALREADY_NOTED],
});

export const liftNoteStep = defineStep({
  name: 'LiftPersonNote',
  records: FACTS.PersonNoteLifted,
  summary: 'Sluta uppmärksamma omsorgstagaren i loggkontrollen',
  example: { reason: 'Intresset är över.', effectiveOn: '2026-11-20' },
  stateOf: recipientIn,
  decide: liftNote,
  refusals: [recipientRefusals.RECIPIENT_ANNULLED, refusals.PERSON_NOT_NOTED],
});

/**
 * Not posted at its own address: who breaks a glass names the person by her number, as she cannot see her otherwise.
 */
export const breakGlassStep = defineStep({
  name: 'BreakGlass',
  records: FACTS.GlassBroken,
  summary: 'Öppna nödåtkomst till en omsorgstagare',
  example: { identity: '191212121212', reasonCode: 'EMERGENCY', reason: 'Larmade utan att svara.' },
  stateOf: recipientIn,
  decide: ofRegisteredRecipient(acceptAny),
  refusals: [recipientRefusals.RECIPIENT_ANNULLED],
});
