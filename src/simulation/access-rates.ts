import type { Range } from './random.js';

/** Who may see what (behörigheter); the head of rates.ts says how these are to be read. */
export const ACCESS = {
  /** Sign-ins are told apart since so many days before the last. */
  daysBeforeEnd: 400,
  /** An inspection is open on the last day, and lasts so long. */
  inspectionOpenDays: 30,
  inspectionDays: 150,
  /** How long those had access who have it no more. */
  formerDays: 90,
  /** Somebody stands in for a manager, so long before and after the last day. */
  deputyDays: [10, 50] satisfies Range,
  /** Employees whose own data are protected (sekretessmarkering). */
  protectedStaff: 5,
  /** Access that was narrowed for a protected person, and is no more. */
  widened: 250,
  widenedAfterDays: 120,
} as const;
