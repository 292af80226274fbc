import { codeWords, entryLabel, roleWords } from '../../facts/labels.js';
import { type ToldValue, toldValues } from '../../facts/values.js';
import { onOneLine } from '../../kernel/safe-text.js';
import { ENTRY_STATUS_LABELS } from '../labels.js';
import type { TimelineEntry } from '../timeline/timeline.js';
import type { Names } from './names.js';

/** An entry to be told; whether it is late is told where it was reckoned. */
export type ToldEntry = Omit<TimelineEntry, 'late' | 'revision'> & { readonly late?: boolean };

/** What stands for a value that is not there: a number in an entry that could be opened was hidden. */
const NOT_THERE = { CLEAR: '[dolt nummer]', DESTROYED: '[gallrad]', DAMAGED: '[kan inte läsas: skadad]' };

const INDENT = ' '.repeat(12);

/**
 * An entry as people read it, in the history and in an export alike: the day and what happened, what was said in words,
 * who wrote it down and when, and what became of it. Only its first line starts at the margin, whatever anybody wrote.
 */
export function entryLines(entry: ToldEntry, names: Names): string[] {
  const { effectiveOn, type, status, recordedAt, documentedAt, actor, position, stream } = entry;
  const marks = [
    ...(status === 'VALID' ? [] : [ENTRY_STATUS_LABELS[status].toUpperCase()]),
    ...(entry.late ? ['SENT REGISTRERAD'] : []),
    ...(entry.seal === undefined ? [] : [entry.seal === 'DESTROYED' ? 'GALLRAD' : 'SKADAD']),
  ];
  const source = documentedAt === undefined ? '' : `, enligt källan dokumenterad ${documentedAt}`;
  const who = `${onOneLine(names.of(actor.id))} (${onOneLine(roleWords(actor.role))})`;
  const below = [
    ...(entry.staff === undefined ? [] : [`medarbetare: ${onOneLine(entry.staff.name ?? entry.staff.id)}`]),
    ...valueLines(entry, entry.data, names),
    `registrerad ${recordedAt}${source} av ${who}`,
    ...(entry.lateReason === undefined ? [] : [`skäl till sen registrering: ${onOneLine(entry.lateReason)}`]),
    ...(entry.correctedBy === undefined
      ? []
      : [`${status === 'ANNULLED' ? 'makulerad' : 'rättad'} genom: ${onOneLine(names.of(entry.correctedBy))}`]),
    ...(entry.effective
      ? [
          `rätt: ${entry.effective.effectiveOn}`,
          ...valueLines(entry, entry.effective.data, names).map((line) => `  ${line}`),
        ]
      : []),
    ...(entry.disputedBy
      ? [`bestridd genom: ${entry.disputedBy.map((id) => onOneLine(names.of(id))).join(', ')}`]
      : []),
    `händelse ${entry.eventId}, plats ${position} i loggen, ${stream}`,
  ];
  return [
    `${effectiveOn}  ${onOneLine(entryLabel(type, entry.effective?.effectiveOn ?? effectiveOn))}${marks.length === 0 ? '' : `  [${marks.join(', ')}]`}`,
    ...below.map((line) => `${INDENT}${line}`),
    '',
  ];
}

/** What an entry says, a line a field; `seal` decides what stands for what cannot be read. */
export function valueLines({ type, seal }: ToldEntry, data: Readonly<Record<string, unknown>>, names: Names): string[] {
  const missing = NOT_THERE[seal ?? 'CLEAR'];
  return toldValues(type, data, (entry) => names.typeOf(entry)).flatMap((value) => linesOf(value, missing, names));
}

function linesOf(told: ToldValue, missing: string, names: Names): string[] {
  const label = onOneLine(told.label);
  if (told.kind === 'group')
    return [`${label}:`, ...told.within.flatMap((inner) => linesOf(inner, missing, names)).map((line) => `  ${line}`)];
  const { field } = told;
  const word = (value: unknown): string => {
    if (value === null) return missing;
    if (typeof value === 'boolean') return value ? 'ja' : 'nej';
    const text = String(value);
    if (field?.form.kind === 'code') return onOneLine(codeWords(field.form.codes, text));
    return onOneLine(field === undefined || field.form.kind === 'id' ? names.of(text) : text);
  };
  if (told.kind === 'value') return [`${label}: ${word(told.value)}`];
  // Whatever somebody wrote may hold a comma: each text of several stands on a line of its own.
  if (told.values.length > 1 && field?.form.kind !== 'code' && field?.form.kind !== 'id')
    return [`${label}:`, ...told.values.map((value) => `  – ${word(value)}`)];
  return [`${label}: ${told.values.map(word).join(', ') || '–'}`];
}
