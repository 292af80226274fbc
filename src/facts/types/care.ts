import { eventTypes } from '../../kernel/event-sourcing/event-type.js';
import { code, codes, day, stream, text } from '../../kernel/event-sourcing/fields.js';
import { CARE_EPISODE, RECIPIENT, UNIT } from '../categories.js';
import { CARE_FORMS, END_CAUSES, LEGAL_GROUNDS, PAUSE_CAUSES, SERVICES } from '../codes.js';

const pause = { cause: code(PAUSE_CAUSES, 'orsak', 'Orsaken.').optional() };

/** What care an episode is about, from when to when. */
export const careTypes = eventTypes(CARE_EPISODE, {
  CareEpisodeStarted: {
    label: 'Omsorgsperiod påbörjad',
    opens: true,
    ahead: true,
    data: {
      recipient: stream(RECIPIENT, 'omsorgstagare', 'Omsorgstagaren.').linked(),
      unit: stream(UNIT, 'enhet', 'Enheten som utför omsorgen.').linked(),
      careForm: code(CARE_FORMS, 'verksamhet', 'Verksamheten. Lagens skyldighet gäller HOME_CARE.'),
      legalGround: code(LEGAL_GROUNDS, 'rättslig grund', 'Lagrum som omsorgen beviljats enligt.'),
      services: codes(SERVICES, 'beviljade insatser', 'De beviljade insatserna.'),
      decidedOn: day('beslutsdag', 'Dagen då insatserna beviljades.').notAhead().optional(),
    },
  },
  CareEpisodeMovedUnit: {
    label: 'Omsorgen överförd till annan enhet',
    ahead: true,
    data: { unit: stream(UNIT, 'enhet', 'Enheten som omsorgen fortsätter hos.').linked() },
  },
  ServicesChanged: {
    label: 'Beviljade insatser ändrade',
    ahead: true,
    data: { services: codes(SERVICES, 'beviljade insatser', 'Alla beviljade insatser från och med dagen.') },
  },
  CareEpisodePaused: { label: 'Uppehåll påbörjat', ahead: true, data: pause },
  CareEpisodeResumed: { label: 'Uppehåll avslutat', ahead: true, data: pause },
  CareEpisodeEnded: {
    label: 'Omsorgsperiod avslutad',
    ahead: true,
    data: { cause: code(END_CAUSES, 'orsak', 'Varför omsorgen avslutas.') },
  },
  HomeRiskAssessed: {
    label: 'Risker i hemmet bedömda',
    data: { reference: text('hänvisning', 'Var bedömningen finns. Inga personuppgifter.').optional() },
  },
});
