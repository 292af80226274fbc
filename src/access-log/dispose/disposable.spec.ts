import { expect, it } from '@jest/globals';
import { firstDayKept } from './disposable.js';

it.each([
  ['2026-11-30', 5, '2021-11-01'],
  ['2026-12-01', 5, '2021-12-01'],
  ['2028-02-29', 1, '2027-02-01'],
  ['2026-01-01', 10, '2016-01-01'],
])('on %s, of a log that is kept for %i years, everything before %s goes', (today, years, kept) =>
  expect(firstDayKept(today, years)).toBe(kept),
);

it.each([
  ['2020-03', '2020-03-01'],
  ['2021-12', '2021-11-01'],
  [undefined, '2021-11-01'],
])('nothing goes of %s when its review is the first that is not signed, or of what came after it', (month, kept) =>
  expect(firstDayKept('2026-11-30', 5, month)).toBe(kept),
);
