import personnummerModule from 'personnummer';

// The package's types describe its ES build, Node loads its CommonJS build, whose export is the class itself.
const personnummer = personnummerModule as unknown as typeof personnummerModule.default;

export const IDENTITY_TYPES = ['PERSONNUMMER', 'SAMORDNINGSNUMMER', 'RESERVE'] as const;
export type IdentityType = (typeof IDENTITY_TYPES)[number];

/**
 * Whether a number can be what it says it is: date and check digit of a personnummer or samordningsnummer; anything for
 * a reserve number.
 */
export function isPossibleIdentity(type: IdentityType, value: string): boolean {
  if (type === 'RESERVE') return true;
  const options = { allowCoordinationNumber: type === 'SAMORDNINGSNUMMER', allowInterimNumber: false };
  if (!/^\d{6}(\d{2})?[-+]?\d{4}$/.test(value) || !personnummer.valid(value, options)) return false;
  return type === 'PERSONNUMMER' || personnummer.parse(value, options).isCoordinationNumber();
}

/**
 * The form under which a number is compared and searched: twelve digits for a personnummer or samordningsnummer, else
 * without spaces and in upper case.
 */
export function searchableIdentity(type: IdentityType, value: string): string {
  if (type !== 'RESERVE' && isPossibleIdentity(type, value))
    return personnummer.parse(value, { allowCoordinationNumber: true, allowInterimNumber: false }).format(true);
  return value.replace(/\s/gu, '').toUpperCase();
}
