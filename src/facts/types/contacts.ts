import { eventTypes } from '../../kernel/event-sourcing/event-type.js';
import { brings, code, entry, own, part, stream, text } from '../../kernel/event-sourcing/fields.js';
import { ASSIGNMENT, CARE_EPISODE, CHANGE_REQUEST, STAFF } from '../categories.js';
import { CHANGE_OUTCOMES, CONTACT_CHANGE_REASONS, CONTACT_ROLES, DOCUMENTS, INITIATORS } from '../codes.js';

const assignment = brings(ASSIGNMENT, 'uppdrag', 'Uppdragets id.');
const staff = stream(STAFF, 'medarbetare', 'Medarbetaren som utses.').linked();
const appointedBy = stream(STAFF, 'utsedd av', 'Medarbetaren som utser, till exempel enhetschefen.').optional();
/** Why somebody was appointed who may not be. */
const override = part(
  'OverrideDto',
  { reason: text('skäl', 'Skälet. Att medarbetaren utses registreras och visas som brist.').sealed() },
  'avsteg från titelkravet',
  'Anges bara när någon utses som inte får utses.',
).optional();
/** Why this employee suits this recipient. */
const considerations = text('överväganden', 'Överväganden vid valet, till exempel språk och lämplighet.')
  .sealed()
  .optional();
const reasonText = text('orsak med egna ord', 'Orsaken med egna ord.').sealed().optional();
const initiator = code(INITIATORS, 'på initiativ av', 'Vem som tog initiativet.');
const reasonCode = code(CONTACT_CHANGE_REASONS, 'orsak', 'Orsaken.');
const absence = {
  assignment: own(ASSIGNMENT, 'uppdrag', 'Uppdraget.'),
  deputyAssignment: own(ASSIGNMENT, 'uppdraget som vice', 'Uppdraget som ersätter under frånvaron.').optional(),
};

/** What the routine asks to be noted in a document. */
export const DOCUMENTED = [
  'ContactAssigned',
  'ContactReplaced',
  'OfferAccepted',
  'OfferDeclined',
  'ObviousUnnecessityAssessed',
  'PlanAgreed',
  'PlanRevised',
  'PlanMeetingHeld',
  'FollowUpHeld',
] as const;

/** Who is the contact, and where that is written. */
export const contactTypes = eventTypes(CARE_EPISODE, {
  ContactAssigned: {
    label: 'Fast omsorgskontakt utsedd',
    ahead: true,
    data: {
      assignment,
      role: code(CONTACT_ROLES, 'roll', 'Ordinarie, andra kontakt eller vice.'),
      staff,
      appointedBy,
      considerations,
      override,
    },
  },
  ContactReplaced: {
    label: 'Fast omsorgskontakt bytt',
    ahead: true,
    data: {
      ends: own(ASSIGNMENT, 'avslutar uppdrag', 'Uppdraget som avslutas.'),
      assignment,
      staff,
      appointedBy,
      initiator,
      reasonCode,
      reasonText,
      considerations,
      override,
    },
  },
  ContactEnded: {
    label: 'Uppdrag som fast omsorgskontakt avslutat',
    ahead: true,
    data: { assignment: own(ASSIGNMENT, 'uppdrag', 'Uppdraget.'), initiator, reasonCode, reasonText },
  },
  ContactChangeRequested: {
    label: 'Byte av fast omsorgskontakt begärt',
    data: {
      request: brings(CHANGE_REQUEST, 'begäran', 'Begärans id.'),
      assignment: own(ASSIGNMENT, 'uppdrag', 'Uppdraget som omsorgstagaren vill byta.'),
      reasonText,
    },
  },
  ContactChangeRequestClosed: {
    label: 'Begäran om byte av fast omsorgskontakt avslutad',
    data: {
      request: own(CHANGE_REQUEST, 'begäran', 'Begäran.'),
      outcome: code(CHANGE_OUTCOMES, 'resultat', 'Vad begäran ledde till.'),
    },
  },
  ContactAbsenceStarted: { label: 'Frånvaro påbörjad för fast omsorgskontakt', ahead: true, data: absence },
  ContactAbsenceEnded: { label: 'Fast omsorgskontakt åter i tjänst', ahead: true, data: absence },
  RecordedInDocument: {
    label: 'Fast omsorgskontakt införd i journal, plan eller personbild',
    data: {
      document: code(DOCUMENTS, 'handling', 'Var det står.'),
      about: entry(
        { types: DOCUMENTED },
        'gäller händelse',
        'Händelsen som dokumenterades, till exempel den då kontakten utsågs: eventId i svaret på det kommandot.',
      ),
      reference: text('hänvisning', 'Var i dokumentet. Inga personuppgifter.').optional(),
    },
  },
});
