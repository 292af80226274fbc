import type { EpisodeAssessment } from '../../compliance-rules/model.js';
import type { Day } from '../../kernel/time/day.js';

/** The days on which an episode's process took its steps, as far as it has. */
export interface Milestones {
  /** The first duty day of the episode. */
  readonly start: Day;
  readonly offer?: Day;
  readonly answer?: Day;
  readonly contact?: Day;
  readonly plan?: Day;
}

/** Median days from one step to the next, over the episodes that had taken both by the day; null where none had. */
export interface LeadTimes {
  readonly startToOffer: number | null;
  readonly offerToAnswer: number | null;
  readonly answerToContact: number | null;
  readonly contactToPlan: number | null;
}

/** The episode's steps, or undefined when it has no duty day. What came before the duty counts from its first day. */
export function milestonesOf({
  judged,
  offeredFrom,
  standing,
  primary,
  planAgreedFrom,
}: EpisodeAssessment): Milestones | undefined {
  const start = judged.find(({ local }) => !local)?.from;
  if (start === undefined) return undefined;
  const step = (day: Day | undefined): Day | undefined => (day === undefined ? undefined : Math.max(day, start));
  return {
    start,
    offer: step(offeredFrom),
    answer: step(standing[0]?.from),
    contact: step(primary[0]?.from),
    plan: step(planAgreedFrom),
  };
}

/**
 * The lead times of episodes as they stood at the end of a day. A step taken before the one it follows took no days.
 */
export function leadTimes(episodes: readonly Milestones[], on: Day): LeadTimes {
  const between = (from: keyof Milestones, to: keyof Milestones): number | null =>
    median(
      episodes.flatMap((episode) => {
        const [first, second] = [episode[from], episode[to]];
        return first === undefined || second === undefined || first > on || second > on
          ? []
          : [Math.max(0, second - first)];
      }),
    );
  return {
    startToOffer: between('start', 'offer'),
    offerToAnswer: between('offer', 'answer'),
    answerToContact: between('answer', 'contact'),
    contactToPlan: between('contact', 'plan'),
  };
}

function median(numbers: number[]): number | null {
  const sorted = numbers.sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return null;
  const upper = sorted[Math.floor(middle)] ?? 0;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? 0) + upper) / 2 : upper;
}
