import type { EpisodeAssessment, Status } from '../../compliance-rules/model.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { categoryOf, streamIdOf } from '../../kernel/event-sourcing/envelope.js';
import type { OpenedEvent } from '../../kernel/event-sourcing/event-log.js';
import { dayOf } from '../../kernel/time/day.js';
import { episodeState } from '../current-state/episode-state.js';
import type { State } from '../current-state/fold.js';
import { recipientState } from '../current-state/recipient-state.js';
import { holdsOn } from '../on-day.js';

/** What is true of a person on a day: of each registration, and of each episode. By id. */
export interface PersonState {
  readonly recipients: Readonly<Record<string, State>>;
  readonly episodes: Readonly<Record<string, State>>;
}

/** @param streams opened events by stream, each in position order */
export function personState(streams: ReadonlyMap<string, readonly OpenedEvent[]>, asOf: string): PersonState {
  const recipients: Record<string, State> = {};
  const episodes: Record<string, State> = {};
  for (const [stream, events] of streams) {
    const facts = resolveEntries(events);
    if (categoryOf(stream) === 'recipient') recipients[streamIdOf(stream)] = recipientState(facts, asOf);
    else episodes[streamIdOf(stream)] = episodeState(facts, asOf);
  }
  return { recipients, episodes };
}

/** The judgement of one rule on a day. */
export interface RuleStatus {
  readonly episode: string;
  readonly rule: string;
  readonly assignment?: string;
  readonly status: Status;
}

/** What the rules say of the episodes on a day, in order of episode and rule. */
export function statusesOn(assessments: readonly EpisodeAssessment[], on: string): RuleStatus[] {
  const day = dayOf(on);
  return assessments.flatMap(({ episode, segments }) =>
    segments
      .filter((segment) => holdsOn(segment, day))
      .map(({ rule, assignment, status }) => ({
        episode,
        rule,
        ...(assignment === undefined ? {} : { assignment }),
        status,
      })),
  );
}

/** A rule that judges otherwise than before; null where it said nothing. */
export interface StatusChange {
  readonly episode: string;
  readonly rule: string;
  readonly assignment?: string;
  readonly from: Status | null;
  readonly to: Status | null;
}

/** Which rules judge otherwise after than before, in order of episode and rule. */
export function statusChanges(before: readonly RuleStatus[], after: readonly RuleStatus[]): StatusChange[] {
  const keyOf = (status: RuleStatus): string => `${status.episode} ${status.rule} ${status.assignment ?? ''}`;
  const then = new Map(before.map((status) => [keyOf(status), status]));
  const now = new Map(after.map((status) => [keyOf(status), status]));
  return [...new Map([...then, ...now])]
    .map(([key, { status: _status, ...what }]) => ({
      ...what,
      from: then.get(key)?.status ?? null,
      to: now.get(key)?.status ?? null,
    }))
    .filter(({ from, to }) => from !== to);
}
