import type { OpenedEvent } from '../../kernel/event-sourcing/event-log.js';
import { fieldLabel, typeLabel } from '../../facts/labels.js';

/** What stands for a value that is not there: a number in an entry that could be opened was hidden. */
const UNREADABLE = { CLEAR: '[dolt nummer]', DESTROYED: '[förstörd]', DAMAGED: '[kan inte läsas: skadad]' } as const;

/**
 * An entry as a reader of Swedish wants it: the day and what happened, who wrote it down and when, and what was said.
 * Codes stand as they
 * were recorded, and so do ids, which tell the entries apart.
 */
export function entryText(event: OpenedEvent): string {
  const lines = [
    `${event.effectiveOn}  ${typeLabel(event.type)}`,
    `  Registrerad ${event.recordedAt}${event.documentedAt === undefined ? '' : `, dokumenterad ${event.documentedAt}`} av ${event.actor.id} (${event.actor.role})`,
    ...(event.lateReason === undefined ? [] : [`  Skäl till sen registrering: ${oneLine(event.lateReason)}`]),
    ...fieldLines(event.data, '  ', UNREADABLE[event.seal]),
    `  Händelse ${event.id}`,
  ];
  return `\n${lines.join('\n')}\n`;
}

function fieldLines(data: Readonly<Record<string, unknown>>, indent: string, unreadable: string): string[] {
  return Object.entries(data).flatMap(([name, value]) => valueLines(fieldLabel(name), value, indent, unreadable));
}

function valueLines(label: string, value: unknown, indent: string, unreadable: string): string[] {
  if (value === null) return [`${indent}${label}: ${unreadable}`];
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object'))
      return [`${indent}${label}: ${value.map((item) => oneLine(String(item))).join(', ') || '–'}`];
    return [
      `${indent}${label}:`,
      ...value.flatMap((item: unknown) => valueLines('–', item, `${indent}  `, unreadable)),
    ];
  }
  if (typeof value === 'object')
    return [`${indent}${label}:`, ...fieldLines(value as Record<string, unknown>, `${indent}  `, unreadable)];
  return [`${indent}${label}: ${value === true ? 'ja' : value === false ? 'nej' : oneLine(String(value))}`];
}

/** Text that somebody wrote cannot look like a line of its own. */
function oneLine(text: string): string {
  return text.replace(/\s*[\r\n\u2028\u2029]+\s*/gu, ' / ');
}
