import { eventTypes } from '../../kernel/event-sourcing/event-type.js';
import { codes, flag, part, stream, version, whole } from '../../kernel/event-sourcing/fields.js';
import { CONTROLLER, POLICY } from '../categories.js';
import { CARE_FORMS } from '../codes.js';

const days = (label: string, description: string, example = 14) =>
  whole({ min: 0, max: 366 }, label, description).example(example).optional();
const months = (label: string, description: string, example: number) =>
  whole({ min: 1, max: 36 }, label, description).example(example).optional();

/** The local values of a controller; a key that is left out has the default, not an earlier policy's value. */
const values = part(
  'PolicyValuesDto',
  {
    offerTargetDays: days('dagar till erbjudande', 'Dagar att erbjuda på.'),
    answerTargetDays: days('dagar till svar', 'Dagar att få svar på.'),
    assignTargetDays: days('dagar till att en kontakt ska vara utsedd', 'Dagar att utse på.'),
    planTargetDays: days('dagar till plan', 'Dagar att komma överens om planen på.'),
    signTargetDays: days('dagar till undertecknande', 'Dagar att skriva under uppdragsbeskrivningen på.'),
    recordTargetDays: days('dagar till dokumentation', 'Dagar att dokumentera kontakten på.'),
    planFollowUpMaxMonths: months('månader till uppföljning', 'Månader till uppföljning när planen saknar dag.', 6),
    yearlyMonths: months('månader till årlig uppföljning', 'Månader mellan uppföljningar med medarbetaren.', 12),
    allowTransition: flag('övergångsregeln tillåts', 'Övergångsregeln används.').optional(),
    residentialCareDuty: flag(
      'skyldighet i särskilt boende',
      'Skyldigheten anses gälla i särskilt boende från 2026-07-01.',
    ).optional(),
    localRulesFor: codes(CARE_FORMS, 'lokala regler för', 'Vårdformer där reglerna följs utan skyldighet.').optional(),
    lateRegistrationDays: days('dagar innan en registrering räknas som sen', 'Dagar innan en registrering är sen.', 7),
    publicSmallCell: whole(
      { min: 0, max: 1000 },
      'minsta antal som redovisas offentligt',
      'Minsta antal som visas i offentlig statistik.',
    )
      .example(5)
      .optional(),
  },
  'värden',
  'Värdena.',
);

export const policyTypes = eventTypes(POLICY, {
  PolicyAdopted: {
    label: 'Lokala riktlinjer antagna',
    ahead: true,
    data: {
      controller: stream(CONTROLLER, 'personuppgiftsansvarig', 'Den personuppgiftsansvarige.'),
      version: version('version', 'Reglernas version.').example('2026-1'),
      values,
    },
  },
});
