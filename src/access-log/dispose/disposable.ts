import { Temporal } from 'temporal-polyfill';
import { Facts } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { dayOf } from '../../kernel/time/day.js';
import { everyStream } from '../../judgement/every-stream.js';
import type { ReadSide } from '../../judgement/read-side.js';

/** So long the log is kept where no controller has decided otherwise, in years. */
const USUAL_YEARS = 5;

/**
 * The first day that is kept: months that ended longer ago than the log is kept go as a whole, but for those whose
 * review nobody has signed, and what came after them.
 * @param today `YYYY-MM-DD`
 * @param firstUnsigned the first month whose review is not signed, `YYYY-MM`
 */
export function firstDayKept(today: string, years: number, firstUnsigned?: string): string {
  const byTime = Temporal.PlainDate.from(today).subtract({ years }).with({ day: 1 }).toString();
  const unsigned = firstUnsigned === undefined ? byTime : `${firstUnsigned}-01`;
  return unsigned < byTime ? unsigned : byTime;
}

/** How many years the log of a register is kept: as long as the controller decided who keeps it longest. */
export async function yearsKept(
  { index, streams }: Pick<ReadSide, 'index' | 'streams'>,
  today: string,
): Promise<number> {
  let most: number | undefined;
  for await (const controller of everyStream(index, 'controller')) {
    const adopted = new Facts(resolveEntries(await streams.read(`policy-${controller}`)))
      .of('AccessPolicyAdopted')
      .findLast((fact) => fact.day <= dayOf(today));
    most = Math.max(most ?? 0, adopted?.data.values.accessLogYears ?? USUAL_YEARS);
  }
  return most ?? USUAL_YEARS;
}
