import type { FactToRecord } from '../kernel/event-sourcing/event-log.js';
import { layersOf } from '../kernel/event-sourcing/layers.js';
import { comparableIdentity, type Identity, identityKey } from './identity.js';
import type { ReadOn } from './personal-number.js';
import { plainCharacters } from './plain-characters.js';
import { readOn } from './said-identities.js';

/** By what a person is found: by a number, or by every word of a name. */
export const IDENTITY_TERM = 'identity';
export const NAME_TERM = 'name';

/** By what whoever signs in is found: issuer and subject of the sign-in. */
const SIGN_IN_TERM = 'sign-in';

export interface PersonTerm {
  readonly kind: typeof IDENTITY_TERM | typeof NAME_TERM | typeof SIGN_IN_TERM;
  readonly value: string;
}

export interface PersonTerms {
  readonly add: readonly PersonTerm[];
  readonly dropKinds?: readonly string[];
  readonly claims?: readonly IdentityClaim[];
}

/** A number as one registration of a controller has it. */
export interface IdentityClaim {
  readonly kind: typeof IDENTITY_CLAIM;
  readonly value: string;
}

const IDENTITY_CLAIM = 'identity of one';

/** What a registration with this number claims for itself among those of its controller. */
export function identityClaim(controller: string, identity: Identity, on: ReadOn): IdentityClaim {
  return { kind: IDENTITY_CLAIM, value: `${controller}\0${identityKey(identity, on)}` };
}

const PERSON_TYPES = new Set(['RecipientRegistered', 'RecipientIdentityChanged', 'StaffRegistered']);

/** The term of a number in the form in which numbers are compared. */
export function identityTerm(comparable: string): PersonTerm {
  return { kind: IDENTITY_TERM, value: comparable };
}

/**
 * A term for each word of a name, however it was typed: whatever its case in any language (İ, I, ı and i are one) and whatever unseen
 * characters are in it. Accents are kept: Å is no A.
 */
export function nameTerms(name: string): PersonTerm[] {
  return termsOf(foldCase(plainCharacters(name)), /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu);
}

/** The terms that earlier programs kept of a name. Whoever was registered by one of them is still found by these. */
export function formerNameTerms(name: string): PersonTerm[] {
  return termsOf(name.normalize('NFC').toLowerCase(), /[\p{L}\p{N}]+/gu);
}

function termsOf(folded: string, word: RegExp): PersonTerm[] {
  return [...new Set(folded.match(word))].map((value) => ({ kind: NAME_TERM, value }));
}

/** To small letters by way of capitals, since letters that differ when small may share one: ı and i, ſ and s. The dot that İ leaves above a small i is its own. */
function foldCase(text: string): string {
  return text
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .replace(/i\u0307/gu, 'i')
    .normalize('NFC');
}

/** The term of a sign-in: of whom it is linked to, and of what is granted to it. */
export function signInTerm(issuer: string, subject: string): PersonTerm {
  return { kind: SIGN_IN_TERM, value: `${issuer}\0${subject}` };
}

/** The sign-in that a fact names, of an employee or of who holds a grant. */
function signInOf(type: string, data: Readonly<Record<string, unknown>>): PersonTerm | undefined {
  if (type !== 'RoleGranted' && type !== 'IdentityLinked') return undefined;
  const { issuer, subject } = (type === 'RoleGranted' ? data['holder'] : data) as Readonly<Record<string, unknown>>;
  return typeof issuer === 'string' && typeof subject === 'string' ? signInTerm(issuer, subject) : undefined;
}

/**
 * By what a fact makes its person findable. A former number stays a way to find somebody, unless it is secret from then on
 * (a new identity under protection, OSL 21 kap. 3 §).
 */
export function personTermsOf(fact: FactToRecord): PersonTerms | undefined {
  const layer = layersOf(fact).at(-1);
  // A correction that leaves the data as they were says nothing new.
  if (!layer || layer.type !== (fact.correctedTypes?.at(-1) ?? fact.type)) return undefined;
  const signIn = signInOf(layer.type, layer.data);
  if (signIn) return { add: [signIn] };
  if (!PERSON_TYPES.has(layer.type)) return undefined;
  const { data } = layer;
  const identity = data['identity'] as Identity | undefined;
  const on = readOn([fact.effectiveOn], fact.effectiveOn, data['birthDate']);
  const name = data['name'];
  const add = [
    ...(identity ? [identityTerm(comparableIdentity(identity, on))] : []),
    ...(typeof name === 'string' ? nameTerms(name) : []),
  ];
  const claims = identity && fact.controller !== undefined ? [identityClaim(fact.controller, identity, on)] : [];
  return { add, claims, ...(data['formerSecret'] === true ? { dropKinds: [IDENTITY_TERM] } : {}) };
}
