import { comparableIssuer, comparableReserve, FAULTS, type IdentityType } from '../../facts/identity.js';
import { inEveryCentury, looksLikeNumber, type NumberFault, readNumber } from '../../facts/personal-number.js';
import { identitiesSaid, type Saying } from '../../facts/said-identities.js';
import { comparableIdentity } from '../../facts/identity.js';
import { formerNameTerms, identityTerm, nameTerms, type PersonTerm } from '../../facts/search-terms.js';
import { FIRST_DAY } from '../../kernel/event-sourcing/field-schemas.js';
import { httpProblems } from '../../kernel/http/http-problems.js';
import { Problem } from '../../kernel/http/problem.js';

/** A number that is looked for. Without a type it may be of any. */
export interface SearchedIdentity {
  readonly type?: IdentityType;
  readonly value: string;
  /** Who issued it; reserve numbers are unique for their issuer alone. */
  readonly issuer?: string;
}

/** Whom somebody who searches means. */
export interface Meant {
  /** Whoever may be meant is found by all terms of one of the lists. */
  readonly terms: readonly (readonly PersonTerm[])[];
  /** @param sayings the valid entries of a recipient, each with the data that counts */
  isMeant(name: unknown, sayings: readonly Saying[]): boolean;
  /** What is wrong with what was searched for, where nobody is found who has it all the same. */
  readonly unlessFound?: Problem;
}

/** Whoever has every word of a name. */
export function byName(name: string): Meant {
  const wanted = nameTerms(name).map(({ value }) => value);
  return {
    terms: [nameTerms(name), formerNameTerms(name)],
    isMeant: (called) => {
      const words = new Set(typeof called === 'string' ? nameTerms(called).map(({ value }) => value) : []);
      return wanted.every((word) => words.has(word));
    },
  };
}

/**
 * Whoever has a number, however it is written. Ten digits may mean two people who were born a hundred years apart.
 * @param today civil date in Stockholm
 * @throws Problem VALIDATION_FAILED for a number that is none of the type it is said to be
 */
export function byNumber(searched: SearchedIdentity, today: string): Meant {
  const { numbers, faults } = readingsOf(searched, today);
  if (searched.type !== undefined && faults.length > 0) throw notANumber('identity.value', faults);
  const reserve = searched.type === undefined || searched.type === 'RESERVE' ? [comparableReserve(searched.value)] : [];
  const wanted = new Set([...numbers, ...reserve]);
  const former = reserve.map(() => searched.value.replace(/\s/gu, '').toUpperCase());
  const terms = new Set([...numbers.flatMap(inEveryCentury), ...reserve, ...former]);
  return {
    terms: [...terms].map((term) => [identityTerm(term)]),
    isMeant: (_name, sayings) =>
      sayings
        .flatMap(identitiesSaid)
        .some(
          ({ identity, on }) =>
            wanted.has(comparableIdentity(identity, on)) && mayBeOf(identity.issuer, searched.issuer),
        ),
    ...(numbers.length === 0 && looksLikeNumber(searched.value) ? { unlessFound: notANumber('identity', faults) } : {}),
  };
}

function readingsOf(
  { type, value }: SearchedIdentity,
  today: string,
): { readonly numbers: string[]; readonly faults: NumberFault[] } {
  const types =
    type === 'RESERVE' ? [] : type === undefined ? (['PERSONNUMMER', 'SAMORDNINGSNUMMER'] as const) : [type];
  const numbers: string[] = [];
  const faults: NumberFault[] = [];
  for (const one of types) {
    const now = readNumber(one, value, { earliest: today, recorded: today });
    // Whoever would be too old today may have been registered long ago.
    const read =
      'fault' in now && now.fault === 'TOO_OLD'
        ? readNumber(one, value, { earliest: FIRST_DAY, recorded: today })
        : now;
    if ('fault' in read) faults.push(read.fault);
    else numbers.push(...read.numbers);
  }
  return { numbers, faults };
}

/** What is no personnummer and no samordningsnummer is told by what is wrong with it as the one whose date it has. */
function notANumber(path: string, faults: readonly NumberFault[]): Problem {
  const fault = faults.find((one) => one !== 'DATE') ?? 'DATE';
  return new Problem(httpProblems.VALIDATION_FAILED, { errors: [{ path, message: FAULTS[fault].sv }] });
}

/** An identity that names no issuer may be of the one that is asked for. */
function mayBeOf(issuer: unknown, searched: string | undefined): boolean {
  return (
    searched === undefined || typeof issuer !== 'string' || comparableIssuer(issuer) === comparableIssuer(searched)
  );
}
