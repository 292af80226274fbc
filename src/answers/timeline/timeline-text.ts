import { onOneLine } from '../../kernel/safe-text.js';
import { markLines } from '../labels.js';
import { entryLines } from '../text/entry-text.js';
import type { Names } from '../text/names.js';
import type { TimelineAnswer } from './get-timeline.js';

/** The history as a person reads it, entry by entry. */
export function timelineText(answer: TimelineAnswer, names: Names): string {
  const { recipient, recipients, asOf, knownAt, entries, ...marks } = answer;
  const merged = recipients.filter((id) => id !== recipient);
  return [
    `Historik för ${onOneLine(names.of(recipient))} (${recipient})`,
    `till och med ${asOf}, enligt vad som var känt ${knownAt}: ${countOf(entries.length)}`,
    ...(merged.length === 0 ? [] : [`Sammanslagen med ${merged.join(', ')}`]),
    ...markLines(marks),
    '',
    ...entries.flatMap((entry) => entryLines(entry, names)),
  ].join('\n');
}

function countOf(entries: number): string {
  return entries === 1 ? '1 händelse' : `${entries} händelser`;
}
