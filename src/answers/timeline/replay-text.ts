import type { Status } from '../../compliance-rules/model.js';
import { markLines, STATUS_LABELS } from '../labels.js';
import type { ReplayAnswer } from './get-replay.js';
import { entryText, fieldLines } from './timeline-text.js';

/** One step of a history as a person reads it: the entry, and what it changed. */
export function replayText({
  recipient,
  asOf,
  knownAt,
  event,
  changed,
  previous,
  next,
  ...marks
}: ReplayAnswer): string {
  const state = changed.state.flatMap(({ path, from, to }) => [
    `  ${path}`,
    ...side('före', from),
    ...side('efter', to),
  ]);
  const compliance = changed.compliance.map(
    ({ episode, rule, assignment, from, to }) =>
      `  ${rule}${assignment === undefined ? '' : ` (${assignment})`}: ${label(from)} → ${label(to)}, insats ${episode}`,
  );
  return [
    `Ett steg i historiken för ${recipient}, läget ${asOf}, känt ${knownAt}`,
    ...markLines(marks),
    '',
    ...entryText(event),
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

function side(name: string, value: unknown): string[] {
  if (value === null) return [`    ${name}: –`];
  return typeof value === 'object'
    ? fieldLines(value, name).map((line) => `    ${line}`)
    : [`    ${name}: ${String(value)}`];
}
