import { z } from 'zod';
import { type DerivedFields, eventType, toStream } from '../kernel/event-sourcing/event-type.js';
import { civilDate, id, text } from '../kernel/event-sourcing/field-schemas.js';
import { CONTROLLER } from './unit-events.js';
import { FAULTS, IDENTITY_TYPES, type Identity, isPossibleIdentity, withCanonical } from './identity.js';
import { readOn } from './said-identities.js';

export const RECIPIENT = 'recipient';

export const PROTECTIONS = ['NONE', 'CONFIDENTIALITY_MARKED', 'PROTECTED_REGISTRATION'] as const;
export const REPRESENTATIVE_KINDS = ['GOD_MAN', 'FORVALTARE', 'FRAMTIDSFULLMAKT', 'OMBUD', 'VARDNADSHAVARE'] as const;

/**
 * A number by which a person is known; personnummer and samordningsnummer must have a possible date and check digit.
 * `canonical` is the same number in twelve digits, which the register adds: without a century `value` would be somebody
 * else in a hundred years, and some numbers already in the next.
 */
export const identity = z
  .strictObject({
    type: z.enum(IDENTITY_TYPES),
    value: text,
    canonical: z
      .string()
      .regex(/^\d{12}$/, 'has not twelve digits')
      .optional(),
    issuer: text.optional(),
  })
  .refine((given) => isPossibleIdentity(given.type, given.value), {
    message: 'has a wrong date or check digit',
    path: ['value'],
  });

/** The century of a number is that of the calendar by which it was said. */
const canonicalForm: DerivedFields = {
  paths: ['identity.canonical'],
  derive: (data, { effective, recorded }) => {
    const read = withCanonical(data['identity'] as Identity, readOn(effective, recorded, data['birthDate']));
    if ('identity' in read) return { data: { ...data, identity: read.identity } };
    return { path: `identity.${read.field}`, wrong: FAULTS[read.fault] };
  },
};

export const RecipientRegistered = eventType(
  'RecipientRegistered',
  RECIPIENT,
  z.strictObject({
    controller: id,
    identity,
    name: text,
    birthDate: civilDate.optional(),
    protection: z.enum(PROTECTIONS),
  }),
  {
    opens: true,
    sealed: ['identity.value', 'identity.canonical', 'name', 'birthDate'],
    notAhead: ['birthDate'],
    references: [toStream('controller', CONTROLLER)],
    derived: canonicalForm,
  },
);

export const RecipientIdentityChanged = eventType(
  'RecipientIdentityChanged',
  RECIPIENT,
  z.strictObject({ identity, formerSecret: z.boolean().optional() }),
  { sealed: ['identity'], derived: canonicalForm },
);
export const RecipientProtectionChanged = eventType(
  'RecipientProtectionChanged',
  RECIPIENT,
  z.strictObject({ protection: z.enum(PROTECTIONS) }),
);
export const RecipientMerged = eventType('RecipientMerged', RECIPIENT, z.strictObject({ into: id }), {
  references: [toStream('into', RECIPIENT)],
});

export const RepresentativeRegistered = eventType(
  'RepresentativeRegistered',
  RECIPIENT,
  z.strictObject({
    representative: id,
    kind: z.enum(REPRESENTATIVE_KINDS),
    name: text,
    scope: z.array(text),
    validTo: civilDate.optional(),
  }),
  { sealed: ['name'], defines: { kind: 'representative', path: 'representative' } },
);

/** The register's own entry: this person's key was destroyed. It says who decided and why, without saying whom. */
export const PersonForgotten = eventType('PersonForgotten', RECIPIENT, z.strictObject({ decision: text }), {
  importable: false,
});

export const recipientEvents = [
  RecipientRegistered,
  RecipientIdentityChanged,
  RecipientProtectionChanged,
  RecipientMerged,
  RepresentativeRegistered,
  PersonForgotten,
];
