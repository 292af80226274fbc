import type { CodeOf } from '../kernel/event-sourcing/codes.js';
import type { IDENTITY_TYPES } from './codes.js';
import { isPossibleNumber, type NumberFault, type ReadOn, readNumber } from './personal-number.js';
import { plainCharacters } from './plain-characters.js';

export type IdentityType = CodeOf<typeof IDENTITY_TYPES>;

/** A number by which a person is known, as events carry it. */
export interface Identity {
  readonly type: IdentityType;
  /** What was sent, as it was sent. */
  readonly value: string;
  /**
   * The same number in twelve digits, which are the same person in whatever year; with new events whose value is written
   * otherwise, never for a reserve number.
   */
  readonly canonical?: string;
  /** Who issued a reserve number; it is unique for its issuer alone. */
  readonly issuer?: string;
}

/** What is wrong with an identity, and where: its value, or the canonical form that was sent with it. */
export type IdentityFault =
  | { readonly field: 'value'; readonly fault: NumberFault }
  | { readonly field: 'canonical'; readonly fault: 'NOT_THE_VALUE' };

/** Whether a number can be what it says it is, on whatever day: date and check digit; anything for a reserve number. */
export function isPossibleIdentity(type: IdentityType, value: string): boolean {
  return type === 'RESERVE' || isPossibleNumber(type, value);
}

/** The identity with its canonical form. One that was sent says which century is meant, and must be a reading of the value. */
export function withCanonical(identity: Identity, on: ReadOn): { readonly identity: Identity } | IdentityFault {
  const { type, value, canonical } = identity;
  if (type === 'RESERVE')
    return canonical === undefined ? { identity } : { field: 'canonical', fault: 'NOT_THE_VALUE' };
  const read = readNumber(type, value, on);
  if ('fault' in read) return { field: 'value', fault: read.fault };
  if (canonical !== undefined && !read.numbers.includes(canonical))
    return { field: 'canonical', fault: 'NOT_THE_VALUE' };
  const { canonical: _sent, ...said } = identity;
  const twelve = canonical ?? read.numbers[0];
  return { identity: twelve === value ? said : { ...said, canonical: twelve } };
}

/** The form under which two numbers are the same. Also of one that no program of today would take. */
export function comparableIdentity({ type, value, canonical }: Identity, on: ReadOn): string {
  if (canonical !== undefined) return canonical;
  if (type === 'RESERVE') return comparableReserve(value);
  const read = readNumber(type, value, on);
  return 'fault' in read ? comparableReserve(value) : read.numbers[0];
}

/** The form under which a reserve number is compared: without spaces, in capitals, every dash the same. */
export function comparableReserve(value: string): string {
  return plainCharacters(value)
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\s/gu, '')
    .toUpperCase();
}

/** The form under which two issuers are the same; empty for none. */
export function comparableIssuer(issuer: string | undefined): string {
  return (issuer ?? '').normalize('NFC').toLowerCase().trim().replace(/\s+/gu, ' ');
}

/** What makes two registrations' numbers the same one: of reserve numbers the issuer too. A text that can be kept as a keyed hash. */
export function identityKey(identity: Identity, on: ReadOn): string {
  const number = comparableIdentity(identity, on);
  return identity.type === 'RESERVE' ? `${number}\0${comparableIssuer(identity.issuer)}` : number;
}

/** What is wrong with a number, to follow the path of the field: in Swedish, and in English for those who mend a history file. */
export const FAULTS: Readonly<Record<IdentityFault['fault'], { readonly sv: string; readonly en: string }>> = {
  LETTERS: {
    sv: 'ska bara ha siffror, med eller utan skiljetecken; bokstäver hör till ett reservnummer',
    en: 'has letters or signs that only a reserve number has',
  },
  LENGTH: { sv: 'ska ha tio eller tolv siffror', en: 'has neither ten digits nor twelve' },
  DATE: { sv: 'har ett datum som inte finns', en: 'has a date that is none' },
  CHECK_DIGIT: {
    sv: 'har fel kontrollsiffra; en siffra är fel eller två har bytt plats',
    en: 'has a wrong check digit',
  },
  NOT_BORN: { sv: 'är numret för någon som inte var född då', en: 'is of somebody who was not born then' },
  TOO_OLD: {
    sv: 'är numret för någon som skulle vara över 130 år',
    en: 'is of somebody who would be over 130 years old',
  },
  UNDER_A_HUNDRED: {
    sv: 'har plustecken, som används först från det år personen fyller 100',
    en: 'has a plus sign, which stands only from the year in which the person turns 100',
  },
  NOT_THE_VALUE: {
    sv: 'är inte samma nummer som value med tolv siffror',
    en: 'is not the number of value in twelve digits',
  },
};
