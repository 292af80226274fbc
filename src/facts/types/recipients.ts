import { z } from 'zod';
import { type DerivedFields, eventTypes } from '../../kernel/event-sourcing/event-type.js';
import { brings, code, day, type Fields, flag, part, stream, text, texts } from '../../kernel/event-sourcing/fields.js';
import { CONTROLLER, RECIPIENT, REPRESENTATIVE, STAFF } from '../categories.js';
import { IDENTITY_TYPES, PROTECTIONS, REPRESENTATIVE_KINDS } from '../codes.js';
import { FAULTS, type Identity, type IdentityType, isPossibleIdentity, withCanonical } from '../identity.js';
import { readOn } from '../said-identities.js';

const twelveDigits = z.string().regex(/^\d{12}$/, 'has not twelve digits');

/**
 * A number by which a person is known. `canonical` is the same number in twelve digits, which the register adds: without
 * a century `value` would be somebody else in a hundred years, and some numbers already in the next.
 */
const number = {
  type: code(IDENTITY_TYPES, 'typ', 'Slaget av nummer.'),
  value: text('nummer', 'Numret, med eller utan sekel och skiljetecken.', { longest: 100 }).example('191212121212'),
  canonical: text('nummer med tolv siffror', 'Samma nummer med tolv siffror.', {}, twelveDigits).optional(),
  issuer: text('utfärdare', 'Vem som gav ut ett reservnummer.', { longest: 100 }).optional(),
};

/** A personnummer and a samordningsnummer must have a possible date and check digit. */
const identity = <F extends Fields>(fields: F, description: string) =>
  part('IdentityDto', fields, 'identitet', description, (schema) =>
    schema.refine((given) => isPossibleIdentity(given['type'] as IdentityType, given['value'] as string), {
      message: 'has a wrong date or check digit',
      path: ['value'],
    }),
  );

/** The century of a number is that of the calendar by which it was said. */
const canonicalForm: DerivedFields = {
  paths: ['identity.canonical'],
  derive: (data, { effective, recorded }) => {
    const read = withCanonical(data['identity'] as Identity, readOn(effective, recorded, data['birthDate']));
    if ('identity' in read) return { data: { ...data, identity: read.identity } };
    return { path: `identity.${read.field}`, wrong: FAULTS[read.fault] };
  },
};

export const recipientTypes = eventTypes(RECIPIENT, {
  RecipientRegistered: {
    label: 'Omsorgstagare registrerad',
    opens: true,
    derived: canonicalForm,
    data: {
      controller: stream(CONTROLLER, 'personuppgiftsansvarig', 'Den personuppgiftsansvarige.'),
      identity: identity(
        { ...number, value: number.value.sealed(), canonical: number.canonical.sealed() },
        'Numret som personen är känd under.',
      ),
      name: text('namn', 'Namnet.').sealed(),
      birthDate: day('födelsedatum', 'Födelsedatum, när numret inte säger det.')
        .example('1912-12-12')
        .notAhead()
        .sealed()
        .optional(),
      protection: code(PROTECTIONS, 'skyddade personuppgifter', 'Skyddade personuppgifter.'),
      anotherPerson: part(
        'AnotherPersonDto',
        { reason: text('skäl', 'Varför det är en annan person trots samma nummer.').sealed() },
        'annan person med samma nummer',
        'Anges när en annan person redan är registrerad med samma nummer. Skälet bevaras.',
      ).optional(),
    },
  },
  RecipientIdentityChanged: {
    label: 'Identitet ändrad',
    derived: canonicalForm,
    data: {
      identity: identity(number, 'Det nya numret.').sealed(),
      formerSecret: flag('tidigare nummer hemligt', 'Sambandet med det förra numret är hemligt.').optional(),
    },
  },
  RecipientProtectionChanged: {
    label: 'Skydd av uppgifter ändrat',
    data: { protection: code(PROTECTIONS, 'skyddade personuppgifter', 'Skyddet från och med dagen.') },
  },
  RecipientMerged: {
    label: 'Sammanslagen med annan registrering',
    data: { into: stream(RECIPIENT, 'till registrering', 'Den andra registreringen av samma person.').linked() },
  },
  RepresentativeRegistered: {
    label: 'Legal företrädare eller ombud registrerad',
    data: {
      representative: brings(REPRESENTATIVE, 'företrädare', 'Företrädarens id.'),
      kind: code(REPRESENTATIVE_KINDS, 'typ', 'Slaget av företrädare.'),
      name: text('namn', 'Namnet.').sealed(),
      scope: texts('omfattning', 'Vad uppdraget omfattar.').example(['sörja för person']),
      validTo: day('gäller till och med', 'Sista giltiga dag.').optional(),
    },
  },
  // The register's own entry: this person's key was destroyed. It says who decided and why, without saying whom.
  PersonForgotten: {
    label: 'Personuppgifter gallrade efter beslut',
    alsoOn: [STAFF],
    importable: false,
    data: {
      decision: text('beslut', 'Vem som beslutade och varför, utan namn.'),
      although: text('trots', 'Varför, trots att omsorgen pågick eller anställningen inte var avslutad.').optional(),
    },
  },
});
