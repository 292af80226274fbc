import type { EventLog } from '../../kernel/event-sourcing/event-log.js';
import type { EventStore } from '../../kernel/event-store/event-store.js';
import { httpProblems } from '../../kernel/http/http-problems.js';
import { Problem } from '../../kernel/http/problem.js';
import type { Clock } from '../../kernel/time/clock.js';
import type { StepIndex } from './judge.js';

/** What recording a step needs of the register. */
export interface StepRegister {
  readonly store: EventStore;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly index: StepIndex & { definedIn(kind: string, id: string): Promise<string | undefined> };
  waitFor(position: bigint, timeoutMs: number): Promise<boolean>;
}

const LONGEST_WAIT_MS = 5_000;

/**
 * The stream in which a thing was brought into being. Things are known by a projection, so a "no" counts only when that has
 * taken in everything that is in the log.
 * @throws Problem STALE_READ when it does not catch up in five seconds
 */
export async function definedIn(register: StepRegister, kind: string, id: string): Promise<string | undefined> {
  const known = await register.index.definedIn(kind, id);
  if (known !== undefined) return known;
  if (!(await register.waitFor(await register.store.head(), LONGEST_WAIT_MS))) throw new Problem(httpProblems.STALE_READ, { headers: { 'retry-after': '2' } });
  return register.index.definedIn(kind, id);
}
