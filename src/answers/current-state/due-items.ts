import { dueOnAt } from '../../compliance-rules/index.js';
import type { EpisodeAssessment, Status } from '../../compliance-rules/model.js';
import { type Day, formatDay } from '../../kernel/time/day.js';
import { heldOn, holdsOn } from '../on-day.js';

/** Something that is to be done by a day: what a rule asks for, or a meeting that is booked for it. */
export type DueItem = DueByRule | BookedMeeting;

interface Due {
  /** Of a rule the last day that is still in time, of a meeting its day. */
  readonly dueOn: string;
  readonly episode: string;
  readonly recipient: string;
}

export interface DueByRule extends Due {
  readonly kind: 'RULE';
  readonly rule: string;
  readonly assignment?: string;
  readonly status: Status;
}

/** The meeting about the plan that was booked last, while neither meeting nor plan has followed. */
export interface BookedMeeting extends Due {
  readonly kind: 'MEETING';
}

/**
 * What falls due from `from` through `to`, as judged on `from`, in the order of {@link dueKey}.
 * @param assessments episodes that are ongoing on `from`
 */
export function dueItems(assessments: readonly EpisodeAssessment[], from: Day, to: Day): DueItem[] {
  const fallsDue = (dueOn: Day | undefined): dueOn is Day => dueOn !== undefined && from <= dueOn && dueOn <= to;
  const items = assessments.flatMap(({ episode, recipient, segments, bookedMeetings }): DueItem[] => {
    const meeting = heldOn(bookedMeetings, from)?.on;
    return [
      ...(fallsDue(meeting) ? [{ kind: 'MEETING' as const, dueOn: formatDay(meeting), episode, recipient }] : []),
      ...segments.flatMap((segment) => {
        const dueOn = dueOnAt(segment, from);
        if (!fallsDue(dueOn) || !holdsOn(segment, from)) return [];
        const { rule, status, assignment } = segment;
        const about = { episode, recipient, ...(assignment === undefined ? {} : { assignment }) };
        return [{ kind: 'RULE' as const, dueOn: formatDay(dueOn), rule, ...about, status }];
      }),
    ];
  });
  return items
    .map((item) => ({ item, key: dueKey(item).join(' ') }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}

/** What items stand in order of: the day, then the rule (meetings first), the episode and the assignment. */
export function dueKey(item: DueItem): [string, ...string[]] {
  const [rule, assignment] = item.kind === 'RULE' ? [item.rule, item.assignment] : [];
  return [item.dueOn, rule ?? '-', item.episode, assignment ?? '-'];
}
