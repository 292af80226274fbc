import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatDay, dayOf, type Day } from '../kernel/time/day.js';
import {
  inEveryCentury,
  isPossibleNumber,
  type NumberFault,
  type NumberType,
  type ReadOn,
  readNumber,
} from './personal-number.js';

/** The number of a day of birth, by another way than the product's: Luhn over the doubled digits written out. */
function numberOf(date: string, serial: number): string {
  const nine = date.slice(2) + String(serial).padStart(3, '0');
  const doubled = [...nine].map((digit, at) => (at % 2 === 0 ? String(Number(digit) * 2) : digit)).join('');
  const sum = [...doubled].reduce((all, digit) => all + Number(digit), 0);
  return date + String(serial).padStart(3, '0') + String((10 - (sum % 10)) % 10);
}

const on = (earliest: string, more: Partial<ReadOn> = {}): ReadOn => ({ earliest, recorded: earliest, ...more });
const numbers = (type: NumberType, value: string, day: ReadOn): readonly string[] | NumberFault => {
  const read = readNumber(type, value, day);
  return 'fault' in read ? read.fault : read.numbers;
};
const first = (value: string, day: ReadOn): string => numbers('PERSONNUMMER', value, day)[0] ?? '';

const TODAY = on('2026-11-22');
const days = (from: string, to: string) => fc.integer({ min: dayOf(from), max: dayOf(to) });
const compact = (day: Day): string => formatDay(day).replaceAll('-', '');

const SEPARATORS = [
  '',
  '-',
  ' ',
  '\u00a0',
  '\u202f',
  '\u2010',
  '\u2011',
  '\u2012',
  '\u2013',
  '\u2014',
  '\u2015',
  '\u2212',
  '\ufe63',
  '\uff0d',
  '/',
  '.',
  ' – ',
  '\u200b',
  '\u00ad',
  '\t',
];
const SCRIPTS = Intl.supportedValuesOf('numberingSystem').filter((system) =>
  /^\p{Nd}+$/u.test(inSystem('0123456789', system)),
);

function inSystem(digits: string, system: string): string {
  const format = new Intl.NumberFormat('en', { numberingSystem: system, useGrouping: false });
  return [...digits].map((digit) => format.format(Number(digit))).join('');
}

describe('a personnummer', () => {
  it('is the same person in every year from its birth on, however it is written', () => {
    fc.assert(
      fc.property(
        days('1900-01-01', '2026-11-22'),
        fc.integer({ min: 980, max: 999 }),
        fc.nat(98),
        fc.array(fc.constantFrom(...SEPARATORS), { minLength: 3, maxLength: 3 }),
        fc.constantFrom(...SCRIPTS),
        (birth, serial, age, [a = '', b = '', c = ''], script) => {
          const number = numberOf(compact(birth), serial);
          const [year, month, day, last] = [
            number.slice(0, 4),
            number.slice(4, 6),
            number.slice(6, 8),
            number.slice(8),
          ];
          const then = formatDay(birth + Math.floor(age * 365.25));
          expect(first(inSystem(number, script), on(then))).toBe(number);
          expect(first(`${year}${a}${month}${b}${day}${c}${last}`, on(then))).toBe(number);
          expect(first(`${year.slice(2)}${a}${month}${b}${day}${c}${last}`, on(then))).toBe(number);
        },
      ),
    );
  });

  it('has the digits of more than thirty scripts', () => expect(SCRIPTS.length).toBeGreaterThan(30));

  it('without century is read by the earlier day, whatever year it is now', () => {
    for (const recorded of ['2026-12-30', '2027-01-05', '2040-05-05'])
      expect(first('270105-9806', on('2026-12-30', { recorded }))).toBe('192701059806');
    expect(first('270105-9806', on('2027-01-04'))).toBe('192701059806');
    expect(first('270105-9806', on('2027-01-05'))).toBe('202701059806');
  });

  it('without century is read by the birth date where one is given, also one that it only comes near', () => {
    expect(first('270105-9806', on('2028-01-05', { birthDate: '1927-01-05' }))).toBe('192701059806');
    expect(first('270105-9806', on('2028-01-05', { birthDate: '1926-12-31' }))).toBe('192701059806');
    expect(first('270105-9806', on('2028-01-05', { birthDate: '2027-01-05' }))).toBe('202701059806');
  });

  it('with a plus sign is of somebody who turns a hundred in the year in which it was written, or before', () => {
    expect(numbers('PERSONNUMMER', '270105+9806', on('2026-12-31'))).toBe('UNDER_A_HUNDRED');
    expect(numbers('PERSONNUMMER', '270105+9806', on('2027-01-01'))).toEqual(['192701059806']);
    expect(numbers('PERSONNUMMER', '270105+9806', on('2026-12-31', { recorded: '2027-01-02' }))).toEqual([
      '192701059806',
    ]);
    expect(numbers('PERSONNUMMER', '19270105+9806', on('2026-12-31'))).toBe('UNDER_A_HUNDRED');
    expect(numbers('PERSONNUMMER', '19121212＋1212', TODAY)).toEqual(['191212121212']);
  });

  it('tells every person whom ten digits can mean, the likeliest first', () => {
    expect(numbers('PERSONNUMMER', '270105-9806', on('2027-06-01'))).toEqual(['202701059806', '192701059806']);
    expect(numbers('PERSONNUMMER', '270105-9806', TODAY)).toEqual(['192701059806']);
    expect(inEveryCentury('192701059806')).toContain('202701059806');
  });

  it.each<[string, NumberFault]>([
    [numberOf('20991231', 980), 'NOT_BORN'],
    [numberOf('21910606', 980), 'NOT_BORN'],
    [numberOf('20261123', 980), 'NOT_BORN'],
    [numberOf('17400606', 980), 'TOO_OLD'],
    [numberOf('18951231', 980), 'TOO_OLD'],
    [numberOf('20260230', 980), 'DATE'],
    [numberOf('20010229', 980), 'DATE'],
    [numberOf('19800061', 980), 'DATE'],
    ['191212121213', 'CHECK_DIGIT'],
    ['121212-1213', 'CHECK_DIGIT'],
    ['19121212-12AB', 'LETTERS'],
    ['19121212-1O12', 'LETTERS'],
    ['190230-1212', 'DATE'],
    ['19121212121', 'LENGTH'],
    ['', 'LENGTH'],
    ['1912+12121212', 'LETTERS'],
    ['19121212++1212', 'LETTERS'],
  ])('is not %s (%s)', (value, fault) => expect(numbers('PERSONNUMMER', value, TODAY)).toBe(fault));

  it('of the last who is not too old, and of somebody born today, is one', () => {
    for (const date of ['18960101', '20261122'])
      expect(numbers('PERSONNUMMER', numberOf(date, 981), TODAY)).toEqual([numberOf(date, 981)]);
  });

  it('whose century is given may be of somebody born after the day from which it is said to hold, not after it was recorded', () => {
    expect(numbers('PERSONNUMMER', numberOf('20260601', 981), on('2026-05-01', { recorded: '2026-07-01' }))).toEqual([
      numberOf('20260601', 981),
    ]);
  });

  it('is found out by its check digit when any one digit is wrong', () => {
    fc.assert(
      fc.property(
        days('1900-01-01', '2026-11-22'),
        fc.integer({ min: 0, max: 999 }),
        fc.integer({ min: 2, max: 11 }),
        fc.integer({ min: 1, max: 9 }),
        (birth, serial, at, by) => {
          const right = numberOf(compact(birth), serial);
          const wrong = right.slice(0, at) + String((Number(right[at]) + by) % 10) + right.slice(at + 1);
          expect(isPossibleNumber('PERSONNUMMER', right)).toBe(true);
          expect(isPossibleNumber('PERSONNUMMER', wrong)).toBe(false);
        },
      ),
    );
  });
});

describe('a samordningsnummer', () => {
  it.each(['198000619802', '198001609802', '198000609803', '701063-2391'])('%s is one', (value) => {
    expect(isPossibleNumber('SAMORDNINGSNUMMER', value)).toBe(true);
    expect(numbers('SAMORDNINGSNUMMER', value, TODAY)).toHaveLength(1);
    expect(isPossibleNumber('PERSONNUMMER', value)).toBe(false);
  });

  it.each<[string, NumberFault]>([
    [numberOf('20270161', 980), 'NOT_BORN'],
    [numberOf('20270060', 980), 'NOT_BORN'],
    [numberOf('19800231', 980), 'DATE'],
    [numberOf('19800292', 980), 'DATE'],
    [numberOf('19801361', 980), 'DATE'],
    [numberOf('19800290', 980), 'DATE'],
    ['191212121212', 'DATE'],
  ])('is not %s (%s)', (value, fault) => expect(numbers('SAMORDNINGSNUMMER', value, TODAY)).toBe(fault));
});
