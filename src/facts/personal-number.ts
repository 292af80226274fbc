import { type Day, dayNumber, dayOf, parseDay } from '../kernel/time/day.js';
import { plainCharacters } from './plain-characters.js';

export type NumberType = 'PERSONNUMMER' | 'SAMORDNINGSNUMMER';

/** By whose calendar a number is read that says no century: on what days it was said, and when its person was born. All `YYYY-MM-DD`. */
export interface ReadOn {
  /** The earlier of the day from which it held and the day on which it was recorded: its person was born by then. */
  readonly earliest: string;
  /** The day on which it was recorded. */
  readonly recorded: string;
  readonly birthDate?: string | undefined;
}

/** What is wrong with a number. `NOT_BORN`, `TOO_OLD` and `UNDER_A_HUNDRED` depend on the day. */
export type NumberFault = 'LETTERS' | 'LENGTH' | 'DATE' | 'CHECK_DIGIT' | 'NOT_BORN' | 'TOO_OLD' | 'UNDER_A_HUNDRED';

/** The numbers of twelve digits that a number can be, the likeliest first: one, save for a number without century. */
export type Readings = { readonly numbers: readonly [string, ...string[]] } | { readonly fault: NumberFault };

/** A samordningsnummer has the day of the month raised by this. Where Skatteverket does not know the day it is 60, and the month 00. */
const COORDINATION_OFFSET = 60;
/** From the year in which somebody turns so old a plus sign stands before the last four digits (folkbokföringslagen 18 §). */
const PLUS_FROM_AGE = 100;
/** Nobody gets older. The oldest whose age is proven turned 122. */
const OLDEST = 130;

/** What people put between the parts of a number: dashes and spaces of every kind, minus signs, dots, slashes and the like. */
const SEPARATORS = /[\p{Pd}\p{Z}\s\u2212\u02d7\u2043\u2044\u00b7.,:;/\\_'"|]/gu;
const PLUS_BEFORE_LAST_FOUR = /^(\d*)\+(\d{4})$/;

/** A number taken apart, with nothing decided about its century. */
interface Parts {
  /** The first two digits of the year, where they are given. */
  readonly century: string | undefined;
  /** The other ten. */
  readonly ten: string;
  readonly plus: boolean;
}

/**
 * Reads a personnummer or samordningsnummer, however it is written.
 * A number without century is somebody born by the earliest day: of a given birth date's year where there is one, otherwise under a hundred,
 * or with a plus sign a hundred or more.
 */
export function readNumber(type: NumberType, value: string, on: ReadOn): Readings {
  const parts = partsOf(value);
  if ('fault' in parts) return parts;
  const faults: NumberFault[] = [];
  const possible: string[] = [];
  for (const century of parts.century === undefined ? centuriesBy(on) : [parts.century]) {
    const number = century + parts.ten;
    const fault = faultOf(type, number, parts, on);
    if (fault === undefined) possible.push(number);
    else faults.push(fault);
  }
  const [first, ...others] = likeliestFirst(possible, on.birthDate);
  return first === undefined ? { fault: gravest(faults) } : { numbers: [first, ...others] };
}

/** Whether a number has the digits that it must have, on whatever day: length, date and check digit. */
export function isPossibleNumber(type: NumberType, value: string): boolean {
  const parts = partsOf(value);
  return !('fault' in parts) && numbersWith(parts).some((number) => formFault(type, number) === undefined);
}

/** Whether a text is so like a personnummer or samordningsnummer that whoever wrote it will have meant one: the digits of one, but for a few. */
export function looksLikeNumber(text: string): boolean {
  const plain = plainCharacters(text).replace(SEPARATORS, '').replace('+', '');
  return plain.length >= 9 && plain.length <= 13 && plain.replace(/\D/gu, '').length >= 8;
}

/** A number of twelve digits in every century: what earlier programs may have taken it for, who read ten digits by the year in which they ran. */
export function inEveryCentury(number: string): string[] {
  return CENTURIES.map((century) => century + number.slice(-10));
}

const CENTURIES: readonly string[] = ['18', '19', '20', '21'];

function numbersWith({ century, ten }: Parts): string[] {
  return (century === undefined ? CENTURIES : [century]).map((one) => one + ten);
}

/** The centuries in which somebody can have been born by a day who is not too old, the latest first. */
function centuriesBy({ earliest }: ReadOn): string[] {
  const year = Number(earliest.slice(0, 4));
  const last = Math.floor(year / 100);
  const first = Math.floor((year - OLDEST) / 100);
  return Array.from({ length: last - first + 1 }, (_, back) => String(last - back).padStart(2, '0'));
}

function partsOf(value: string): Parts | { readonly fault: NumberFault } {
  const plain = plainCharacters(value).replace(SEPARATORS, '');
  const withPlus = PLUS_BEFORE_LAST_FOUR.exec(plain);
  const digits = withPlus ? `${withPlus[1]}${withPlus[2]}` : plain;
  if (!/^\d*$/.test(digits)) return { fault: 'LETTERS' };
  if (digits.length !== 10 && digits.length !== 12) return { fault: 'LENGTH' };
  return {
    century: digits.length === 12 ? digits.slice(0, 2) : undefined,
    ten: digits.slice(-10),
    plus: withPlus !== null,
  };
}

function faultOf(type: NumberType, number: string, { century, plus }: Parts, on: ReadOn): NumberFault | undefined {
  const form = formFault(type, number);
  if (form !== undefined) return form;
  const { first, year } = birthOf(number);
  // Who says the century may have been wrong about the day from which the number held; of two centuries that would be a guess.
  if (first > dayOf(century === undefined ? on.earliest : on.recorded)) return 'NOT_BORN';
  if (yearOf(on.earliest) - year > OLDEST) return 'TOO_OLD';
  // The sign is put by whoever writes, on the day on which it is written.
  const isHundred = yearOf(on.recorded) - year >= PLUS_FROM_AGE;
  return plus && !isHundred ? 'UNDER_A_HUNDRED' : undefined;
}

function formFault(type: NumberType, number: string): NumberFault | undefined {
  if (!hasDate(type, number)) return 'DATE';
  return luhnSum(number.slice(2)) % 10 === 0 ? undefined : 'CHECK_DIGIT';
}

function hasDate(type: NumberType, number: string): boolean {
  const [year, month, date] = [number.slice(0, 4), number.slice(4, 6), Number(number.slice(6, 8))];
  if (type === 'PERSONNUMMER') return isDay(year, month, date);
  const day = date - COORDINATION_OFFSET;
  if (day < 0 || day > 31 || Number(month) > 12) return false;
  return month === '00' || day === 0 || isDay(year, month, day);
}

function isDay(year: string, month: string, date: number): boolean {
  return parseDay(`${year}-${month}-${String(date).padStart(2, '0')}`) !== undefined;
}

/** The year of birth, and the first day that it can have been where month or day is not known. */
function birthOf(number: string): { readonly first: Day; readonly year: number } {
  const year = yearOf(number);
  const month = Number(number.slice(4, 6));
  const date = Number(number.slice(6, 8)) % COORDINATION_OFFSET;
  return { first: dayNumber(year, Math.max(month, 1), month === 0 ? 1 : Math.max(date, 1)), year };
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

/** First the one of a given birth date's year, or the nearest to it: a number may name a near day, when those of the right one had run out. */
function likeliestFirst(possible: readonly string[], birthDate: string | undefined): readonly string[] {
  if (birthDate === undefined) return possible;
  const distance = (number: string): number => Math.abs(yearOf(number) - yearOf(birthDate));
  return possible.toSorted((one, other) => distance(one) - distance(other));
}

/** Of what is wrong in each century, what tells most: the digits before the day. */
function gravest(faults: readonly NumberFault[]): NumberFault {
  return (
    (['UNDER_A_HUNDRED', 'CHECK_DIGIT', 'TOO_OLD', 'NOT_BORN'] as const).find((fault) => faults.includes(fault)) ??
    'DATE'
  );
}

/** The sum of the Luhn formula over ten digits, weights 2 1 2 1 …; a multiple of ten when the last is the check digit of the others. */
function luhnSum(ten: string): number {
  let sum = 0;
  for (let at = 0; at < ten.length; at += 1) {
    const product = Number(ten[at]) * (at % 2 === 0 ? 2 : 1);
    sum += product > 9 ? product - 9 : product;
  }
  return sum;
}
