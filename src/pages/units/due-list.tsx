import type { VNode } from 'preact';
import type { DueItem } from '../../answers/current-state/due-items.js';
import { address } from '../asked.js';
import { shortDay, weekOf } from '../../kernel/time/swedish-dates.js';
import { ruleWords } from '../words/rule-words.js';
import { NAMELESS } from '../words/state-words.js';
import type { ListedRow } from './unit-view.js';

/** What falls due, week by week. */
export function DueList({
  items,
  rows,
  kept,
}: {
  readonly items: readonly DueItem[];
  readonly rows: readonly ListedRow[];
  readonly kept: Readonly<Record<string, string | undefined>>;
}): VNode {
  const names = new Map(rows.map(({ row }) => [row.recipient, row.recipientName]));
  const weeks = new Map<number, DueItem[]>();
  for (const item of items) weeks.set(weekOf(item.dueOn), [...(weeks.get(weekOf(item.dueOn)) ?? []), item]);
  if (items.length === 0) return <p>Inget förfaller.</p>;
  return (
    <div>
      {[...weeks].map(([week, within]) => (
        <div key={week}>
          <h3 class="week">Vecka {week}</h3>
          <ul class="dated">
            {within.map((item) => (
              <li key={`${item.dueOn} ${item.episode} ${wordsOf(item)}`}>
                <time dateTime={item.dueOn}>{shortDay(item.dueOn)}</time>
                <span>
                  <a href={address(`/personer/${item.recipient}`, kept)}>
                    {names.get(item.recipient) ?? <em>{NAMELESS}</em>}
                  </a>
                  <br />
                  <span class="small muted">{wordsOf(item)}</span>
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

/** What is to be done. */
export function wordsOf(item: DueItem): string {
  return item.kind === 'MEETING' ? 'Bokat möte för genomgång' : ruleWords(item.rule).name;
}
