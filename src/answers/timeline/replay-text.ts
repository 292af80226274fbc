import type { Status } from '../../compliance-rules/model.js';
import { anyCodeWords, fieldLabel } from '../../facts/labels.js';
import { onOneLine } from '../../kernel/safe-text.js';
import { markLines, STATUS_LABELS } from '../labels.js';
import { entryLines } from '../text/entry-text.js';
import type { Names } from '../text/names.js';
import type { ReplayAnswer } from './replay.js';

/** One step of a history as a person reads it: the entry, and what it changed. */
export function replayText(answer: ReplayAnswer, names: Names): string {
  const { recipient, asOf, knownAt, event, changed, previous, next, ...marks } = answer;
  const state = changed.state.flatMap(({ path, from, to }) => [
    `  ${pathWords(path, names)}`,
    ...side('före', from, names),
    ...side('efter', to, names),
  ]);
  const compliance = changed.compliance.map(
    ({ episode, rule, assignment, from, to }) =>
      `  ${rule}${assignment === undefined ? '' : ` (${onOneLine(names.of(assignment))})`}: ${label(from)} → ${label(to)}, omsorgsperiod ${episode}`,
  );
  return [
    `Ett steg i historiken för ${onOneLine(names.of(recipient))} (${recipient}): läget ${asOf}, enligt vad som var känt ${knownAt}`,
    ...markLines(marks),
    '',
    ...entryLines(event, names),
    'Ändrat i läget:',
    ...(state.length === 0 ? ['  ingenting'] : state),
    '',
    'Ändrat i bedömningen:',
    ...(compliance.length === 0 ? ['  ingenting'] : compliance),
    '',
    `Föregående steg: ${previous ?? '–'}   Nästa steg: ${next ?? '–'}`,
  ].join('\n');
}

function label(status: Status | null): string {
  return status === null ? '–' : STATUS_LABELS[status];
}

/** A place in the state: field names and ids, each in words where there are any. */
function pathWords(path: string, names: Names): string {
  return path
    .split('.')
    .map((piece) => onOneLine(fieldLabel(names.of(piece))))
    .join(' › ');
}

function side(name: string, value: unknown, names: Names): string[] {
  return valueLines(name, value, names).map((line) => `    ${line}`);
}

function valueLines(name: string, value: unknown, names: Names): string[] {
  if (typeof value !== 'object' || value === null) return [`${name}: ${valueWords(value, names)}`];
  const items: readonly (readonly [string, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown) => ['–', item] as const)
    : Object.entries(value).map(([key, item]: [string, unknown]) => [fieldLabel(key), item] as const);
  if (items.length === 0) return [`${name}: –`];
  return [
    `${name}:`,
    ...items.flatMap(([key, item]) => valueLines(onOneLine(key), item, names)).map((line) => `  ${line}`),
  ];
}

function valueWords(value: unknown, names: Names): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'boolean') return value ? 'ja' : 'nej';
  return onOneLine(anyCodeWords(names.of(String(value))));
}
