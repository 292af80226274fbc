import type { Day } from '../kernel/time/day.js';
import type { Interval } from './model.js';

/**
 * Arithmetic on stretches of days. Inside the rules every stretch has two ends, whole numbers both: a stretch without
 * a known end ends at {@link FOREVER}, one without a beginning starts at {@link BEGINNING}.
 */
export interface Span {
  readonly from: Day;
  /** The first day after it. */
  readonly to: Day;
}

/** A stretch of days on which something has a value. */
export interface Stretch<T> extends Span {
  readonly value: T;
}

/** Later than any civil date; a small integer, so that engines keep it unboxed. */
export const FOREVER: Day = 1_073_741_823;
/** Earlier than any civil date. */
export const BEGINNING: Day = -FOREVER;
/** All days there are. */
export const ALWAYS: readonly Span[] = [{ from: BEGINNING, to: FOREVER }];

/** The public form: no `to` where there is no known end. */
export function toInterval({ from, to }: Span): Interval {
  return until({ from }, to);
}

/** Gives a new object its end, where one is known. */
export function until<T extends object>(item: T, to: Day): T & { to?: Day } {
  const ending: T & { to?: Day } = item;
  if (to < FOREVER) ending.to = to;
  return ending;
}

/** The span, or nothing where it holds no day. */
export function span(from: Day, to: Day): Span[] {
  return from < to ? [{ from, to }] : [];
}

/** Sorts, drops empty spans and joins those that overlap or touch: the result is disjoint runs of days, in order. */
export function runsOf(spans: readonly Span[]): Span[] {
  const runs: { from: Day; to: Day }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    if (from >= to) continue;
    const last = runs.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else runs.push({ from, to });
  }
  return runs;
}

/** The days that are in both. Either list must be disjoint and in order; so is the result. */
export function intersect(these: readonly Span[], those: readonly Span[]): Span[] {
  const shared: Span[] = [];
  for (let i = 0, j = 0; i < these.length && j < those.length;) {
    const a = these[i]!;
    const b = those[j]!;
    const from = Math.max(a.from, b.from);
    const to = Math.min(a.to, b.to);
    if (from < to) shared.push({ from, to });
    if (a.to <= b.to) i += 1;
    else j += 1;
  }
  return shared;
}

/** The days of `these` that are not in `those`. Either list must be disjoint and in order; so is the result. */
export function subtract(these: readonly Span[], those: readonly Span[]): Span[] {
  const left: Span[] = [];
  for (const { from, to } of these) {
    let next = from;
    for (const hole of those) {
      if (hole.to <= next) continue;
      if (hole.from >= to) break;
      if (hole.from > next) left.push({ from: next, to: hole.from });
      next = hole.to;
    }
    if (next < to) left.push({ from: next, to });
  }
  return left;
}

/** Whether the day lies in one of the spans. */
export function holds(spans: readonly Span[], day: Day): boolean {
  return spans.some((each) => each.from <= day && day < each.to);
}

/** A thing that switches a state on or off from a day on. */
interface Switch {
  readonly day: Day;
  readonly type: string;
}

/**
 * Runs of days at whose end the last switch says "on". Switches stand in the order of entries; a repeated one adds
 * nothing.
 * @param on the type that switches on; every other type switches off
 */
export function switchedOn(switches: readonly Switch[], on: string): Span[] {
  const runs: Span[] = [];
  let since: Day | undefined;
  for (const { day, type } of switches) {
    if (type === on) since ??= day;
    else if (since !== undefined) {
      runs.push({ from: since, to: day });
      since = undefined;
    }
  }
  if (since !== undefined) runs.push({ from: since, to: FOREVER });
  return runsOf(runs);
}

/**
 * The value at the end of each day, when each entry sets one from its day on and the later entry wins.
 * Neighbours are not joined, so each stretch keeps the entry that began it.
 */
export function valuesByDay<F extends { readonly day: Day }, T>(
  entries: readonly F[],
  valueOf: (entry: F) => T,
): Stretch<T>[] {
  const stretches: Stretch<T>[] = [];
  entries.forEach((entry, index) => {
    const to = entries[index + 1]?.day ?? FOREVER;
    if (entry.day < to) stretches.push({ from: entry.day, to, value: valueOf(entry) });
  });
  return stretches;
}
