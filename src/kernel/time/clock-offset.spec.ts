import { describe, expect, it } from '@jest/globals';
import { FixedClock } from './clock.js';
import { ClockOffset } from './clock-offset.js';

const NOON = Date.UTC(2026, 0, 1, 12);
const at = (ms: number): string => new Date(NOON + ms).toISOString();

describe('the offset of a clock from that of the server', () => {
  const clock = new FixedClock(at(0));
  let elapsed = 0;
  const offset = new ClockOffset(clock, () => elapsed);

  it('is not known before anything was stored', () => expect(offset.milliseconds).toBeUndefined());

  it('is none when the server stored something while it was waited for', () => {
    offset.observe(NOON - 40, NOON - 7, NOON);
    expect(offset.milliseconds).toBe(0);
  });

  it('is at least what lies between the two clocks when the server stored it before or after that', () => {
    offset.observe(NOON - 40, NOON - 12_040, NOON);
    expect(offset.milliseconds).toBe(12_000);
    offset.observe(NOON - 40, NOON + 12_000, NOON);
    expect(offset.milliseconds).toBe(-12_000);
  });

  it('goes with the clock when that is set, and not when time passes', () => {
    offset.observe(NOON - 40, NOON - 12_040, NOON);
    [elapsed] = [60_000];
    clock.set(at(60_000));
    expect(offset.milliseconds).toBe(12_000);
    clock.set(at(48_000));
    expect(offset.milliseconds).toBe(0);
  });
});
