import { formatDay, type Day } from '../../../src/kernel/time/day.js';
import type { Judge } from './judge.js';
import type { JudgedStatus } from './rules.js';

/** A longest run of days as the contract defines it, in words that can be held against a page. */
export interface JudgedSegment {
  readonly rule: string;
  readonly assignment?: string;
  readonly status: string;
  readonly titleBasis?: string;
  readonly kind: string;
  readonly dueOn?: string;
  readonly from: string;
  readonly to?: string;
}

interface Run {
  readonly first: JudgedStatus;
  readonly from: Day;
  last: JudgedStatus;
  until: Day;
}

/**
 * The segments that begin between two days, found by asking every one of them.
 * @param until the first day not asked; what still holds then has no `to`.
 */
export function segmentsOf(judge: Judge, from: Day, until: Day): readonly JudgedSegment[] {
  const runs: Run[] = [];
  const open = new Map<string, Run>();
  for (let day = from; day < until; day += 1) {
    const held = new Map(judge.on(day).statuses.map((status) => [keyOf(status), status]));
    for (const [key, run] of open) {
      const status = held.get(key);
      if (status === undefined) open.delete(key);
      else Object.assign(run, { last: status, until: day + 1 });
    }
    for (const [key, status] of held) {
      if (open.has(key)) continue;
      const run = { first: status, last: status, from: day, until: day + 1 };
      open.set(key, run);
      runs.push(run);
    }
  }
  return runs.map((run) => told(run, until));
}

function keyOf({ rule, assignment, status, titleBasis, kind }: JudgedStatus): string {
  return JSON.stringify([rule, assignment, status, titleBasis, rule === 'TITLE' ? kind : undefined]);
}

function told({ first, last, from, until }: Run, horizon: Day): JudgedSegment {
  const ended = until < horizon;
  return {
    rule: first.rule,
    ...(first.assignment === undefined ? {} : { assignment: first.assignment }),
    status: first.status,
    ...(first.titleBasis === undefined ? {} : { titleBasis: first.titleBasis }),
    kind: first.kind,
    ...(ended && last.dueOn !== undefined ? { dueOn: formatDay(last.dueOn) } : {}),
    from: formatDay(from),
    ...(ended ? { to: formatDay(until) } : {}),
  };
}
