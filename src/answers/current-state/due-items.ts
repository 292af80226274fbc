import { dueOnAt } from '../../compliance-rules/index.js';
import type { EpisodeAssessment, Status } from '../../compliance-rules/model.js';
import { type Day, formatDay } from '../../kernel/time/day.js';
import { holdsOn } from '../on-day.js';

/** Something that must be done by a day to stay in time. */
export interface DueItem {
  /** The last day that is still in time. */
  readonly dueOn: string;
  readonly rule: string;
  readonly episode: string;
  readonly recipient: string;
  readonly assignment?: string;
  readonly status: Status;
}

/**
 * What falls due from `from` through `to`, as judged on `from`, in order of due day, then rule, episode and assignment.
 * @param assessments episodes that are ongoing on `from`
 */
export function dueItems(assessments: readonly EpisodeAssessment[], from: Day, to: Day): DueItem[] {
  const items: DueItem[] = [];
  for (const { episode, recipient, segments } of assessments) {
    for (const segment of segments) {
      const { rule, status, assignment } = segment;
      const dueOn = dueOnAt(segment, from);
      if (dueOn === undefined || dueOn < from || dueOn > to || !holdsOn(segment, from)) continue;
      items.push({
        dueOn: formatDay(dueOn),
        rule,
        episode,
        recipient,
        ...(assignment === undefined ? {} : { assignment }),
        status,
      });
    }
  }
  const key = (item: DueItem): string => `${item.dueOn} ${item.rule} ${item.episode} ${item.assignment ?? ''}`;
  return items
    .map((item) => ({ item, key: key(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}
