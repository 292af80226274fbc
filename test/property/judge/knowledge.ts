import type { World } from './world.js';

/** Microseconds since 1970 of an RFC 3339 instant in UTC; what is finer is cut off. */
function microseconds(instant: string): bigint {
  const [, whole = '', decimals = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(instant) ?? [];
  return BigInt(Date.parse(`${whole}Z`)) * 1000n + BigInt(decimals.padEnd(6, '0').slice(0, 6));
}

/** How many decimals of a second an instant is written with: `12:00:00.100Z` has three. */
function decimalsOf(instant: string): number {
  return /\.(\d+)Z$/.exec(instant)?.[1]?.length ?? 0;
}

/**
 * The world as known at T. The *knowledge instant* of an event is max(recordedAt, that of the event before it in log order
 * + 1 µs); those with one ≤ T are known, and by a T written with at most three decimals also "the events that follow in
 * log order, up to the first whose recordedAt is > T".
 */
export function knownAt(world: World, at: string | undefined): World {
  if (at === undefined) return world;
  const until = microseconds(at);
  let known = 0;
  let instant = -1n;
  for (const recordedAt of world.recordedAt) {
    const own = microseconds(recordedAt);
    instant = own > instant ? own : instant + 1n;
    if (instant > until) break;
    known += 1;
  }
  if (decimalsOf(at) <= 3) {
    while (known < world.lines.length && microseconds(world.recordedAt[known] ?? '') <= until) known += 1;
  }
  return { ...world, lines: world.lines.slice(0, known), recordedAt: world.recordedAt.slice(0, known) };
}

/** The knowledge instant of each line of the world, with six decimals. */
export function instantsOf({ recordedAt }: Pick<World, 'recordedAt'>): readonly string[] {
  let instant = -1n;
  return recordedAt.map((stamp) => {
    const own = microseconds(stamp);
    instant = own > instant ? own : instant + 1n;
    return `${new Date(Number(instant / 1000n)).toISOString().slice(0, 23)}${String(instant % 1000n).padStart(3, '0')}Z`;
  });
}
