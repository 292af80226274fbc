import { z } from 'zod';
import { eventType, toStream } from '../kernel/event-sourcing/event-type.js';
import { civilDate, id, text } from '../kernel/event-sourcing/field-schemas.js';
import { CONTROLLER } from './unit-events.js';
import { IDENTITY_TYPES, isPossibleIdentity } from './identity.js';

export const RECIPIENT = 'recipient';

export const PROTECTIONS = ['NONE', 'CONFIDENTIALITY_MARKED', 'PROTECTED_REGISTRATION'] as const;
export const REPRESENTATIVE_KINDS = ['GOD_MAN', 'FORVALTARE', 'FRAMTIDSFULLMAKT', 'OMBUD', 'VARDNADSHAVARE'] as const;

/**
 * A number by which a person is known; personnummer and samordningsnummer must have a possible date and check digit.
 */
export const identity = z
  .strictObject({ type: z.enum(IDENTITY_TYPES), value: text, issuer: text.optional() })
  .refine((given) => isPossibleIdentity(given.type, given.value), {
    message: 'has a wrong date or check digit',
    path: ['value'],
  });

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
    sealed: ['identity.value', 'name', 'birthDate'],
    notAhead: ['birthDate'],
    references: [toStream('controller', CONTROLLER)],
  },
);

export const RecipientIdentityChanged = eventType(
  'RecipientIdentityChanged',
  RECIPIENT,
  z.strictObject({ identity, formerSecret: z.boolean().optional() }),
  { sealed: ['identity'] },
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
