import type { Warning } from '../kernel/event-sourcing/decider.js';
import { civilDayOf } from '../kernel/time/clock.js';
import { dayOf } from '../kernel/time/day.js';

/** What of a step says how late it is. */
export interface Timing {
  readonly effectiveOn: string;
  readonly documentedAt?: string;
  readonly lateReason?: string;
}

/**
 * A step that is documented more than so many days after its day should say why (E34).
 * @param today civil date in Stockholm, used when it is not said when the step was documented
 * @param lateRegistrationDays the policy's value
 */
export function latenessWarnings(
  { effectiveOn, documentedAt, lateReason }: Timing,
  today: string,
  lateRegistrationDays: number,
): Warning[] {
  const documentedOn = documentedAt === undefined ? dayOf(today) : civilDayOf(documentedAt);
  if (lateReason !== undefined || documentedOn - dayOf(effectiveOn) <= lateRegistrationDays) return [];
  return [
    {
      rule: 'LATE_REASON',
      message: `Det registreras mer än ${lateRegistrationDays} dagar efteråt utan att orsaken framgår. Ange lateReason.`,
    },
  ];
}
