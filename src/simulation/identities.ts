import { dayOf, formatDay, type Day } from '../kernel/time/day.js';
import type { Range } from './random.js';
import { RECIPIENTS } from './recipient-rates.js';

const DAYS_PER_YEAR = 365;
/** Serial numbers from this one on belong to Skatteverket's test numbers: no living person has one of them. */
const FIRST_TEST_SERIAL = 980;
/** Of the twenty: two stand for numbers that replace another one. */
const ORDINARY_SERIALS = 18;
/** A prime: takes each day of a span once before any of them twice. */
const SCATTER = 7919;
/** Lets the first serial differ from day to day, so that few recipients too are women and men. */
const GOLDEN = 0x9e3779b1;
const COORDINATION_OFFSET = 60;

/** The birth of a simulated person, and the serial number that tells people of the same day apart. */
export interface Birth {
  readonly day: Day;
  readonly serial: number;
}

/**
 * The birth of recipient number `index` (from 0), 65 to 100 years before `from` in the shares of {@link RECIPIENTS}.
 * The shares hold exactly in every thousand recipients; no two share day and serial up to about 150,000 recipients,
 * then they recur.
 */
export function elderlyBirth(index: number, from: Day): Birth {
  let place = index % 1000;
  for (const [ages, weight] of RECIPIENTS.elderlyAges) {
    if (place < weight) return enumerate(Math.floor(index / 1000) * weight + place, ages, from);
    place -= weight;
  }
  throw new RangeError('the shares of ages must add up to 1000');
}

/**
 * The birth of recipient number `index` between 18 and 64 years before `from`; day and serial recur after about
 * 300,000.
 */
export function youngBirth(index: number, from: Day): Birth {
  return enumerate(index, RECIPIENTS.youngAges, from);
}

function enumerate(index: number, [youngest, oldest]: Range, from: Day): Birth {
  const days = (oldest - youngest) * DAYS_PER_YEAR;
  const offset = (index * SCATTER) % days;
  const round = Math.floor(index / days) + (Math.imul(offset, GOLDEN) >>> 16);
  return { day: from - youngest * DAYS_PER_YEAR - 1 - offset, serial: FIRST_TEST_SERIAL + (round % ORDINARY_SERIALS) };
}

/** Swedish serial numbers are odd for men, even for women. */
export function isMan(birth: Birth): boolean {
  return birth.serial % 2 === 1;
}

/** The twelve digits of the personnummer of a birth. */
export function personnummer(birth: Birth): string {
  return withCheckDigit(formatDay(birth.day).replaceAll('-', ''), birth.serial);
}

/** The number a person gets instead of the first one: same day and sex, one of the serials kept for this. */
export function replacementPersonnummer(birth: Birth): string {
  return personnummer({ day: birth.day, serial: FIRST_TEST_SERIAL + ORDINARY_SERIALS + (birth.serial % 2) });
}

/** The twelve digits of a samordningsnummer: the day of the month is raised by 60. */
export function samordningsnummer(birth: Birth): string {
  const digits = formatDay(birth.day).replaceAll('-', '');
  return withCheckDigit(digits.slice(0, 6) + String(Number(digits.slice(6)) + COORDINATION_OFFSET), birth.serial);
}

function withCheckDigit(date: string, serial: number): string {
  const twelveWithout = date + String(serial).padStart(3, '0');
  return twelveWithout + checkDigit(twelveWithout.slice(2));
}

/** An organisationsnummer of nine given digits: the tenth is their check digit. */
export function organisationNumber(nine: string): string {
  const ten = nine + checkDigit(nine);
  return `${ten.slice(0, 6)}-${ten.slice(6)}`;
}

/** The check digit of nine digits (the Luhn formula, weights 2 1 2 1 …). */
function checkDigit(nine: string): number {
  let sum = 0;
  for (let i = 0; i < nine.length; i += 1) {
    const product = Number(nine[i]) * (i % 2 === 0 ? 2 : 1);
    sum += product > 9 ? product - 9 : product;
  }
  return (10 - (sum % 10)) % 10;
}

/** The earliest day on which a simulation may begin: everyone's birth must lie after 1900-01-01. */
export const EARLIEST_START: Day = dayOf('2002-01-01');
