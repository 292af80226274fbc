import { eventTypes } from '../../kernel/event-sourcing/event-type.js';
import { brings, code, codes, id, own, stream, text, texts, version } from '../../kernel/event-sourcing/fields.js';
import { CARE_EPISODE, CONSENT, OFFER, STAFF } from '../categories.js';
import {
  ANSWERED_BY,
  CONSENT_SCOPES,
  COUNTER_INDICATIONS,
  DECLINE_REASONS,
  INFORMATION_FORMS,
  INFORMATION_ITEMS,
  RELATIVES_WISHES,
} from '../codes.js';
import { attendees } from './attendees.js';

const answer = {
  offer: own(OFFER, 'erbjudande', 'Erbjudandet.'),
  answeredBy: code(ANSWERED_BY, 'svar från', 'Vem som svarade.'),
  representative: id(
    'företrädare',
    'Företrädaren, när en sådan svarade. Svar från en företrädare som inte är registrerad räknas inte.',
  ).optional(),
};

/** Whether a contact is needed, what was told, offered and answered, and who may be there. */
export const offerTypes = eventTypes(CARE_EPISODE, {
  ObviousUnnecessityAssessed: {
    label: 'Fast omsorgskontakt bedömd uppenbart obehövlig',
    data: {
      criteria: texts('kriterier', 'Kriterierna som bedömningen vilar på.').example(['ONLY_SAFETY_ALARM']),
      recipientView: text('omsorgstagarens egen syn på behovet', 'Omsorgstagarens egen syn på behovet.')
        .sealed()
        .optional(),
      reason: text('skäl', 'Skälen för bedömningen.').sealed(),
      counterIndications: codes(
        COUNTER_INDICATIONS,
        'talar emot',
        'Omständigheter som talar emot att kontakten är uppenbart obehövlig.',
      ).optional(),
      assessedBy: stream(STAFF, 'bedömt av', 'Medarbetaren som bedömde.').optional(),
    },
  },
  InformationGiven: {
    label: 'Information om fast omsorgskontakt lämnad',
    data: {
      form: code(INFORMATION_FORMS, 'form', 'Hur informationen gavs.'),
      items: codes(INFORMATION_ITEMS, 'punkter', 'Vilka av rutinens punkter som gicks igenom.'),
      brochureVersion: version('broschyr, version', 'Broschyrens version.').example('2').optional(),
      attendees,
      by: stream(STAFF, 'lämnad av', 'Medarbetaren som informerade.').optional(),
      relativesWish: code(
        RELATIVES_WISHES,
        'önskemål om anhöriga',
        'Om anhöriga ska informeras, enligt omsorgstagaren.',
      ).optional(),
      understoodHow: text('hur informationen förstods', 'Hur det visade sig att informationen hade förståtts.')
        .sealed()
        .optional(),
    },
  },
  ContactOffered: {
    label: 'Fast omsorgskontakt erbjuden',
    data: {
      offer: brings(OFFER, 'erbjudande', 'Erbjudandets id.'),
      by: stream(STAFF, 'erbjudet av', 'Medarbetaren som erbjöd.'),
    },
  },
  OfferAccepted: { label: 'Tackat ja till fast omsorgskontakt', data: answer },
  OfferDeclined: {
    label: 'Tackat nej till fast omsorgskontakt',
    data: {
      ...answer,
      reasonCode: code(DECLINE_REASONS, 'orsak', 'Orsaken. DID_NOT_WISH_TO_STATE är också en orsak.').optional(),
      reasonText: text('orsak med egna ord', 'Orsaken med egna ord.').sealed().optional(),
    },
  },
  ConsentGiven: {
    label: 'Samtycke lämnat',
    data: {
      consent: brings(CONSENT, 'samtycke', 'Samtyckets id.'),
      person: text('person', 'Vem samtycket gäller.').sealed(),
      relation: text('relation', 'Vem personen är för omsorgstagaren. Inget namn.').example('dotter'),
      scope: codes(CONSENT_SCOPES, 'omfattning', 'Vad samtycket omfattar.').filled(),
    },
  },
  ConsentWithdrawn: {
    label: 'Samtycke återkallat',
    data: { consent: own(CONSENT, 'samtycke', 'Samtycket.') },
  },
});
