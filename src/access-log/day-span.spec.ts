import { expect, it } from '@jest/globals';
import { civilDateOf } from '../kernel/time/clock.js';
import { daySpan } from './day-span.js';

it.each(['2026-03-01', '2026-03-29', '2026-10-25', '2026-12-31'])(
  'spans the whole of %s in Stockholm, and nothing else',
  (day) => {
    const { from = '', to = '' } = daySpan(day, day);
    expect(civilDateOf(from)).toBe(day);
    expect(civilDateOf(new Date(Date.parse(from) - 1).toISOString())).not.toBe(day);
    expect(civilDateOf(new Date(Date.parse(to) - 1).toISOString())).toBe(day);
    expect(civilDateOf(to)).not.toBe(day);
  },
);

it('leaves open what is not said', () => expect(daySpan(undefined, undefined)).toEqual({}));
