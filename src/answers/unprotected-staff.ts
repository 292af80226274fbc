import { staffResource } from '../access/resources.js';
import { Facts } from '../compliance-rules/facts.js';
import { resolveEntries } from '../compliance-rules/resolve-entries.js';
import type { ReadSide } from '../judgement/read-side.js';
import { today } from '../kernel/time/clock.js';
import { dayOf } from '../kernel/time/day.js';

/**
 * Those of the staff who may be named: of the others, whose own data are protected, only the role is told.
 * @param unit where their colleagues are: within it they are named all the same
 */
export async function unprotectedStaff(
  { streams, clock }: Pick<ReadSide, 'streams' | 'clock'>,
  staff: readonly string[],
  unit?: string,
): Promise<string[]> {
  const found: string[] = [];
  for (const id of staff) {
    const said = new Facts(resolveEntries(await streams.read(`staff-${id}`))).of('StaffProtectionChanged').at(-1);
    const isProtected = said !== undefined && said.data.protection !== 'NONE';
    const at =
      isProtected && unit !== undefined
        ? await staffResource({ streams }, id, { day: dayOf(today(clock)) })
        : undefined;
    if (!isProtected || (unit !== undefined && at?.units.has(unit))) found.push(id);
  }
  return found;
}
