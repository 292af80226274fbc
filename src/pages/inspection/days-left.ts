import { daysBetween } from '../../kernel/time/swedish-dates.js';

/** How long an inspection goes on, the last day counted. @param to its last day, `YYYY-MM-DD` */
export function daysLeft(on: string, to: string): string {
  const days = daysBetween(on, to);
  return days === 0 ? 'sista dagen' : days === 1 ? '1 dag kvar' : `${days} dagar kvar`;
}
