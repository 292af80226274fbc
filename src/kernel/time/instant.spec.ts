import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf, isExact, microsOf } from './instant.js';

describe('an instant', () => {
  it('is read to the microsecond, in whatever zone and with however many decimals it is said', () => {
    const noon = Date.UTC(2024, 2, 5, 12) * 1000;
    expect(microsOf('2024-03-05T12:00:00Z')).toBe(noon);
    expect(microsOf('2024-03-05T12:00:00.5Z')).toBe(noon + 500_000);
    expect(microsOf('2024-03-05T13:00:00.000001+01:00')).toBe(noon + 1);
    expect(microsOf('2024-03-05T13:00:00.123+0100')).toBe(noon + 123_000);
    expect(microsOf('2024-03-05T12:00:00.123456999Z')).toBe(noon + 123_456);
    for (const none of ['yesterday', '2024-03-05', '2024-13-05T12:00:00Z', ''])
      expect(() => microsOf(none)).toThrow(new RangeError(`no instant: ${none}`));
  });

  it('is said with six decimals, and means the same when it is read again', () => {
    expect(instantOf(Date.UTC(2024, 2, 5, 12) * 1000 + 7)).toBe('2024-03-05T12:00:00.000007Z');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), (micros) => {
        expect(microsOf(instantOf(micros))).toBe(micros);
        expect(isExact(instantOf(micros))).toBe(true);
      }),
    );
  });

  it('means all of a millisecond when it is said as recordedAt is, or more coarsely', () => {
    expect(['2024-03-05T12:00:00Z', '2024-03-05T12:00:00.123Z', '2024-03-05T12:00:00.1+01:00'].map(isExact)).toEqual([
      false,
      false,
      false,
    ]);
    expect(
      ['2024-03-05T12:00:00.1230Z', '2024-03-05T12:00:00.123000Z', '2024-03-05T12:00:00.123000+01:00'].map(isExact),
    ).toEqual([true, true, true]);
  });
});
