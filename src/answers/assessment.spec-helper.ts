import type { AssignmentPicture, EpisodeAssessment, Interval, Segment } from '../compliance-rules/model.js';
import { dayOf } from '../kernel/time/day.js';

/** `'2024-01-01'` (without an end) or `['2024-01-01', '2024-02-01']`. */
export type Days = string | readonly [string, string?];

interface Told {
  readonly ongoing?: Days;
  readonly units?: readonly (readonly [string, string, string?])[];
  readonly judged?: readonly (Days | readonly [string, string | undefined, 'local'])[];
  readonly paused?: readonly Days[];
  readonly offeredFrom?: string;
  readonly planAgreedFrom?: string;
  readonly standing?: readonly (readonly ['YES' | 'NO', string, string?])[];
  readonly validAssessments?: readonly Days[];
  readonly assessed?: readonly Days[];
  readonly assignments?: readonly AssignmentPicture[];
  readonly primary?: readonly (readonly [string, string, string?])[];
  readonly segments?: readonly Segment[];
  readonly changeRequests?: EpisodeAssessment['changeRequests'];
  readonly bookedMeetings?: EpisodeAssessment['bookedMeetings'];
  readonly careForm?: EpisodeAssessment['careForm'];
  readonly episode?: string;
  readonly recipient?: string;
}

export function interval(from: string, to?: string): Interval {
  return { from: dayOf(from), ...(to === undefined ? {} : { to: dayOf(to) }) };
}

function days(given: Days): Interval {
  return typeof given === 'string' ? interval(given) : interval(given[0], given[1]);
}

/**
 * An assessment told by its dates; what is not told is empty. Without `units` the episode is in `unit-1` throughout.
 */
export function an(told: Told): EpisodeAssessment {
  const ongoing = told.ongoing === undefined ? undefined : days(told.ongoing);
  return {
    episode: told.episode ?? 'episode-1',
    recipient: told.recipient ?? 'recipient-1',
    careForm: told.careForm ?? 'HOME_CARE',
    ...(ongoing ? { ongoing } : {}),
    units:
      told.units?.map(([unit, from, to]) => ({ unit, ...interval(from, to) })) ??
      (ongoing ? [{ unit: 'unit-1', ...ongoing }] : []),
    judged: (told.judged ?? []).map((given) => ({ ...days(given as Days), local: given[2] === 'local' })),
    paused: (told.paused ?? []).map(days),
    ...(told.offeredFrom === undefined ? {} : { offeredFrom: dayOf(told.offeredFrom) }),
    ...(told.planAgreedFrom === undefined ? {} : { planAgreedFrom: dayOf(told.planAgreedFrom) }),
    standing: (told.standing ?? []).map(([answer, from, to]) => ({ answer, ...interval(from, to) })),
    validAssessments: (told.validAssessments ?? []).map(days),
    assessed: (told.assessed ?? []).map(days),
    assignments: told.assignments ?? [],
    contactPersons: [],
    planDeclined: [],
    changeRequests: told.changeRequests ?? [],
    bookedMeetings: told.bookedMeetings ?? [],
    primary: (told.primary ?? []).map(([assignment, from, to]) => ({ assignment, ...interval(from, to) })),
    segments: told.segments ?? [],
  };
}

export function segment(
  rule: string,
  status: Segment['status'],
  from: string,
  to?: string,
  more: Partial<Pick<Segment, 'assignment' | 'kind' | 'titleBasis' | 'dueOn' | 'evidence'>> = {},
): Segment {
  return { rule, ruleVersion: '1', status, kind: 'LOCAL', ...interval(from, to), evidence: [], ...more };
}
