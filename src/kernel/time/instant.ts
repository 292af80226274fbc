/** Microseconds since 1970: a whole number that stays exact until the year 2255. */
export type Micros = number;

const PARTS = /^(.+?)(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)$/i;

/**
 * An RFC 3339 instant in microseconds; what is finer than that is left off.
 * @throws RangeError when it is no instant
 */
export function microsOf(instant: string): Micros {
  const [, whole, decimals = '', zone] = PARTS.exec(instant) ?? [];
  const seconds = whole === undefined ? Number.NaN : Date.parse(`${whole}${zone}`);
  if (Number.isNaN(seconds)) throw new RangeError(`no instant: ${instant}`);
  return seconds * 1000 + Number(decimals.slice(0, 6).padEnd(6, '0'));
}

/** The instant as answers say it: RFC 3339 UTC with six decimals. */
export function instantOf(micros: Micros): string {
  const millis = Math.floor(micros / 1000);
  return `${new Date(millis).toISOString().slice(0, -1)}${String(micros - millis * 1000).padStart(3, '0')}Z`;
}

/**
 * Whether it is told more finely than `recordedAt`: then it means one place in the log, and not all that was recorded
 * in a millisecond.
 */
export function isExact(instant: string): boolean {
  return (PARTS.exec(instant)?.[2]?.length ?? 0) > 3;
}
