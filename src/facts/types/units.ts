import { z } from 'zod';
import { eventTypes } from '../../kernel/event-sourcing/event-type.js';
import { code, codes, stream, text } from '../../kernel/event-sourcing/fields.js';
import { CONTROLLER, STAFF, UNIT } from '../categories.js';
import { CARE_FORMS, CONTROLLER_KINDS } from '../codes.js';
import { isOrganisationNumber } from '../organisation-number.js';

const fourDigits = z.string().regex(/^\d{4}$/, 'is not four digits');

export const controllerTypes = eventTypes(CONTROLLER, {
  ControllerRegistered: {
    label: 'Personuppgiftsansvarig registrerad',
    opens: true,
    data: {
      name: text('namn', 'Namnet på kommunen eller företaget.'),
      kind: code(CONTROLLER_KINDS, 'typ', 'Kommun eller privat utförare.'),
      orgNumber: text('organisationsnummer', 'Organisationsnumret.', {
        longest: 13,
        check: isOrganisationNumber,
        wrong: 'är inte ett giltigt organisationsnummer: kontrollera siffrorna',
      }).example('212000-2395'),
      municipalityCode: text(
        'kommunkod',
        'Kommunkoden, för en kommun: länets två siffror och kommunens två.',
        { longest: 4, pattern: /^(0[1-9]|1\d|2[0-5])\d{2}$/, wrong: 'är inte en giltig kommunkod' },
        fourDigits,
      )
        .example('2260')
        .optional(),
    },
  },
});

export const unitTypes = eventTypes(UNIT, {
  UnitOpened: {
    label: 'Enhet öppnad',
    opens: true,
    ahead: true,
    data: {
      controller: stream(
        CONTROLLER,
        'personuppgiftsansvarig',
        'Den personuppgiftsansvarige som driver enheten.',
      ).linked(),
      name: text('namn', 'Enhetens namn.'),
      careForms: codes(CARE_FORMS, 'verksamheter', 'Vårdformerna.'),
      manager: stream(STAFF, 'enhetschef', 'Enhetschefen.').linked().optional(),
      commissionedBy: stream(CONTROLLER, 'på uppdrag av', 'Kommunen som en privat utförare arbetar åt.')
        .linked()
        .optional(),
    },
  },
  UnitManagerAppointed: {
    label: 'Enhetschef utsedd',
    ahead: true,
    data: { staff: stream(STAFF, 'medarbetare', 'Medarbetaren.').linked() },
  },
  UnitClosed: { label: 'Enhet stängd', ahead: true, data: {} },
});
