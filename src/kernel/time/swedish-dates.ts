import { TIME_ZONE } from './clock.js';
import { dayOf } from './day.js';

/** How days and instants are written to people, in Swedish. Days are `YYYY-MM-DD`, instants RFC 3339 in UTC. */

const MONTHS = [
  'januari',
  'februari',
  'mars',
  'april',
  'maj',
  'juni',
  'juli',
  'augusti',
  'september',
  'oktober',
  'november',
  'december',
];
const SHORT = ['jan', 'feb', 'mars', 'apr', 'maj', 'juni', 'juli', 'aug', 'sep', 'okt', 'nov', 'dec'];
const WEEKDAYS = ['söndag', 'måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag'];

function parts(day: string): readonly [year: string, month: number, date: number] {
  return [day.slice(0, 4), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))];
}

/** `30 juni 2026` */
export function longDay(day: string): string {
  const [year, month, date] = parts(day);
  return `${date} ${MONTHS[month]} ${year}`;
}

/** `30 juni`, and the year where it is another than that of a day */
export function dayNear(day: string, near: string): string {
  const [year, month, date] = parts(day);
  return `${date} ${MONTHS[month]}${near.startsWith(year) ? '' : ` ${year}`}`;
}

/** `30 okt` */
export function shortDay(day: string): string {
  const [, month, date] = parts(day);
  return `${date} ${SHORT[month]}`;
}

/** `30 okt 2026` */
export function shortDate(day: string): string {
  return `${shortDay(day)} ${day.slice(0, 4)}`;
}

/** `Tisdag 30 juni 2026` */
export function weekdayDate(day: string): string {
  const weekday = WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
  return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)} ${longDay(day)}`;
}

/** How many days lie between two days. */
export function daysBetween(from: string, to: string): number {
  return dayOf(to) - dayOf(from);
}

/** How long it has been: `12 dagar`, `6 månader`, `3 år 8 mån`. */
export function howLong(from: string, to: string): string {
  const days = daysBetween(from, to);
  if (days < 60) return days === 1 ? '1 dag' : `${days} dagar`;
  const [fromYear, fromMonth, fromDate] = parts(from);
  const [toYear, toMonth, toDate] = parts(to);
  const months = (Number(toYear) - Number(fromYear)) * 12 + toMonth - fromMonth - (toDate < fromDate ? 1 : 0);
  if (months < 24) return `${months} månader`;
  const rest = months % 12;
  return `${Math.floor(months / 12)} år${rest === 0 ? '' : ` ${rest} mån`}`;
}

/** How old somebody is who was born on a day. */
export function ageOn(birth: string, day: string): number {
  return Number(day.slice(0, 4)) - Number(birth.slice(0, 4)) - (day.slice(5) < birth.slice(5) ? 1 : 0);
}

/** The number of the week, as ISO 8601 and Swedish calendars have it. */
export function weekOf(day: string): number {
  const date = new Date(`${day}T00:00:00Z`);
  const thursday = new Date(date);
  thursday.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return Math.ceil(((thursday.getTime() - first) / 86_400_000 + 1) / 7);
}

/** A day so many days after another. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

const STOCKHOLM = new Intl.DateTimeFormat('sv-SE', {
  timeZone: TIME_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** The civil day and time of an instant in Stockholm. */
export function civil(instant: string): { readonly day: string; readonly time: string } {
  const [day = '', time = ''] = STOCKHOLM.format(new Date(instant)).split(' ');
  return { day, time: time.replace(':', '.') };
}

/** `30 juni 2026 kl. 14.00` */
export function atTime(instant: string): string {
  const { day, time } = civil(instant);
  return `${longDay(day)} kl. ${time}`;
}

/** The instant of a civil day and time in Stockholm; the later of two where the clock is put back. */
export function instantOf(day: string, time: string): string {
  const [hours = '00', minutes = '00'] = time.split(/[.:]/);
  const wanted = `${day} ${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}`;
  const guess = Date.parse(`${day}T${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}:00Z`);
  const offsets = [1, 2].map((offset) => new Date(guess - offset * 3_600_000));
  const fits = offsets.find((date) => STOCKHOLM.format(date) === wanted);
  return (fits ?? offsets[0] ?? new Date(guess)).toISOString();
}
