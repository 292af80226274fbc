import { Facts } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import type { ReadSide } from '../../judgement/read-side.js';
import type { Day } from '../../kernel/time/day.js';
import { isEmployed, staffState } from '../current-state/staff-state.js';
import { type Grant, grantOn } from './decided-access.js';
import { decided } from './list-decided.js';

/**
 * The grants by which somebody is or will be administrator, of whatever controller. One that is held by an employee who
 * has left, or never was, gives nobody anything.
 * @param on the day, `YYYY-MM-DD`
 */
export async function administrators(reads: Pick<ReadSide, 'index' | 'streams'>, on: string): Promise<Grant[]> {
  const held = await decided(reads, 'grant', { on }, nowOrLater);
  const found: Grant[] = [];
  for (const grant of held) {
    if (grant.role === 'ADMIN' && (await isThere(reads, grant.holder.staff, on))) found.push(grant);
  }
  return found;
}

/** A grant that holds on a day, or begins to later. */
function nowOrLater(id: string, facts: Facts, today: Day): ReturnType<typeof grantOn> {
  const begins = facts.of('RoleGranted')[0]?.day ?? today;
  return grantOn(id, facts, Math.max(begins, today));
}

async function isThere(
  { streams }: Pick<ReadSide, 'streams'>,
  staff: string | undefined,
  on: string,
): Promise<boolean> {
  if (staff === undefined) return true;
  const facts = resolveEntries(await streams.read(`staff-${staff}`));
  if (new Facts(facts).of('StaffRegistered').length === 0) return false;
  const state = staffState(facts, on);
  return isEmployed(state) && state['forgottenOn'] === undefined;
}
