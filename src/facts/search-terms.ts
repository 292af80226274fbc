import type { FactToRecord } from '../kernel/event-sourcing/event-log.js';
import { type IdentityType, searchableIdentity } from './identity.js';

/** By what a person is found: by a number, or by every word of a name. */
export const IDENTITY_TERM = 'identity';
export const NAME_TERM = 'name';

export interface PersonTerm {
  readonly kind: typeof IDENTITY_TERM | typeof NAME_TERM;
  readonly value: string;
}

export interface PersonTerms {
  readonly add: readonly PersonTerm[];
  readonly dropKinds?: readonly string[];
}

const PERSON_TYPES = new Set(['RecipientRegistered', 'RecipientIdentityChanged', 'StaffRegistered']);

/** The one term of a number. */
export function identityTerm(type: IdentityType, value: string): PersonTerm {
  return { kind: IDENTITY_TERM, value: searchableIdentity(type, value) };
}

/** A term for each word of a name, whatever its case, accents kept: Å is no A. */
export function nameTerms(name: string): PersonTerm[] {
  const words =
    name
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return [...new Set(words)].map((value) => ({ kind: NAME_TERM, value }));
}

/**
 * By what a fact makes its person findable. A former number stays a way to find somebody, unless it is secret from then
 * on
 * (a new identity under protection, OSL 21 kap. 3 §).
 */
export function personTermsOf(fact: FactToRecord): PersonTerms | undefined {
  const types = [fact.type, ...(fact.correctedTypes ?? [])];
  if (!PERSON_TYPES.has(types.at(-1) ?? '')) return undefined;
  let data: Readonly<Record<string, unknown>> | undefined = fact.data;
  for (let depth = 1; depth < types.length && data; depth += 1)
    data = data['data'] as Record<string, unknown> | undefined;
  if (!data) return undefined;
  const identity = data['identity'] as { type: IdentityType; value: string } | undefined;
  const name = data['name'];
  const add = [
    ...(identity ? [identityTerm(identity.type, identity.value)] : []),
    ...(typeof name === 'string' ? nameTerms(name) : []),
  ];
  return data['formerSecret'] === true ? { add, dropKinds: [IDENTITY_TERM] } : { add };
}
