import { typeLabel } from '../../facts/labels.js';
import { ENTRY_STATUS_LABELS, markLines } from '../labels.js';
import type { TimelineAnswer } from './get-timeline.js';
import type { TimelineEntry } from './timeline.js';

/** The history as a person reads it, entry by entry. */
export function timelineText({ recipient, recipients, asOf, knownAt, entries, ...marks }: TimelineAnswer): string {
  const merged = recipients.filter((id) => id !== recipient);
  return [
    `Historik för ${recipient} till och med ${asOf}, känd ${knownAt}: ${entries.length} anteckningar`,
    ...(merged.length === 0 ? [] : [`Sammanförd med ${merged.join(', ')}`]),
    ...markLines(marks),
    '',
    ...entries.flatMap(entryText),
  ].join('\n');
}

/** One entry: what, when, by whom, what became of it, and what it says. */
export function entryText(entry: TimelineEntry): string[] {
  const { effectiveOn, type, status, recordedAt, documentedAt, actor, position, stream } = entry;
  const marks = [
    ...(status === 'VALID' ? [] : [ENTRY_STATUS_LABELS[status].toUpperCase()]),
    ...(entry.late ? ['SENT REGISTRERAD'] : []),
    ...(entry.seal === undefined ? [] : [entry.seal === 'DESTROYED' ? 'GALLRAD' : 'SKADAD']),
  ];
  return [
    `${effectiveOn}  ${typeLabel(type)}${marks.length === 0 ? '' : `  [${marks.join(', ')}]`}`,
    `            ${stream}, position ${position}, ${entry.eventId}`,
    `            registrerad ${recordedAt}${documentedAt === undefined ? '' : `, enligt källan dokumenterad ${documentedAt}`} av ${actor.id} (${actor.role})`,
    ...(entry.lateReason === undefined ? [] : [`            skäl till sen registrering: ${entry.lateReason}`]),
    ...fieldLines(entry.data).map((line) => `            ${line}`),
    ...(entry.correctedBy === undefined
      ? []
      : [`            ${status === 'ANNULLED' ? 'makulerad' : 'rättad'} genom ${entry.correctedBy}`]),
    ...(entry.effective
      ? [
          `            rätt: ${entry.effective.effectiveOn}`,
          ...fieldLines(entry.effective.data).map((line) => `              ${line}`),
        ]
      : []),
    ...(entry.disputedBy ? [`            bestridd genom ${entry.disputedBy.join(', ')}`] : []),
    '',
  ];
}

/** The fields of some data, a line each; what cannot be read, or may not be seen, is said to be so. */
export function fieldLines(data: unknown, path = ''): string[] {
  if (data === null) return [`${path}: (kan inte läsas)`];
  if (Array.isArray(data)) {
    if (data.every((item) => typeof item !== 'object')) return data.length === 0 ? [] : [`${path}: ${data.join(', ')}`];
    return data.flatMap((item, index) => fieldLines(item, `${path}[${index}]`));
  }
  if (typeof data === 'object')
    return Object.entries(data).flatMap(([key, value]) => fieldLines(value, path === '' ? key : `${path}.${key}`));
  return [`${path}: ${String(data)}`];
}
