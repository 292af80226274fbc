import type { RecordedEvent } from '../../kernel/event-sourcing/envelope.js';
import { civilDayOf } from '../../kernel/time/clock.js';
import type { Day } from '../../kernel/time/day.js';
import { heldOn } from '../on-day.js';
import type { UpTo } from '../../judgement/read-model.js';
import type { ReadSide } from '../../judgement/read-side.js';
import { lateLimits } from '../timeline/late-limit.js';
import { isLate } from '../timeline/timeline.js';
import { figureStretches } from '../../judgement/figures/figures.js';
import { type LeadTimes, leadTimes, type Milestones, milestonesOf } from './lead-times.js';

/** How the process went, at one point of a series. */
export interface PointDetails {
  /** Of the episodes that the point counts. */
  readonly leadTimes: LeadTimes;
  /**
   * Entries of the units' episodes that were documented after the point before, through this one, and how many of them
   * late.
   */
  readonly registered: { readonly entries: number; readonly late: number };
}

const BATCH = 1_000;

/**
 * Lead times and late registrations for the points of a series. Every episode of the units is read once, and judged too
 * where an earlier knowledge is asked for: for a whole municipality that takes far longer than counting figures.
 * @param before the day after which what the first point tells was documented
 * @param points in order
 */
export async function seriesDetails(
  reads: Pick<ReadSide, 'index' | 'streams' | 'assessments'>,
  units: readonly string[],
  before: Day,
  points: readonly Day[],
  known: UpTo,
): Promise<PointDetails[]> {
  const milestones: Milestones[][] = points.map(() => []);
  const registered = points.map(() => ({ entries: 0, late: 0 }));
  const shared = rememberedReads(reads, known.position);
  const episodes = await episodesOfUnits(reads, units);
  for (let at = 0; at < episodes.length; at += BATCH) {
    const { assessments } = await reads.assessments.ofMany(episodes.slice(at, at + BATCH), known);
    for (const assessment of assessments) {
      const stretches = figureStretches(assessment).filter(({ unit }) => units.includes(unit));
      if (stretches.length === 0) continue;
      const steps = milestonesOf(assessment);
      points.forEach((day, point) => steps && heldOn(stretches, day) && milestones[point]?.push(steps));
      const stream = `careEpisode-${assessment.episode}`;
      const events = await reads.streams.read(stream, known.position);
      const limit = await lateLimits(new Map([[stream, events]]), shared);
      for (const event of events) {
        const counted = registered[pointOf(event, before, points)];
        if (!counted) continue;
        counted.entries += 1;
        if (isLate(event, limit(stream, event.effectiveOn))) counted.late += 1;
      }
    }
  }
  return points.map((day, point) => ({
    leadTimes: leadTimes(milestones[point] ?? [], day),
    registered: registered[point] ?? { entries: 0, late: 0 },
  }));
}

async function episodesOfUnits({ index }: Pick<ReadSide, 'index'>, units: readonly string[]): Promise<string[]> {
  const episodes = new Set<string>();
  for (const unit of units) for (const episode of await index.episodesOfUnit(unit)) episodes.add(episode);
  return [...episodes];
}

/** The place of the first point on or after the day on which the entry was documented; -1 outside the series. */
function pointOf({ documentedAt, recordedAt }: RecordedEvent, before: Day, points: readonly Day[]): number {
  const day = civilDayOf(documentedAt ?? recordedAt);
  return day <= before ? -1 : points.findIndex((point) => day <= point);
}

/** Units and policies are the same for many episodes: each is read once. */
function rememberedReads(
  { streams }: Pick<ReadSide, 'streams'>,
  upTo: bigint | undefined,
): { read(stream: string): Promise<RecordedEvent[]> } {
  const remembered = new Map<string, Promise<RecordedEvent[]>>();
  return {
    read: (stream) => {
      const read = remembered.get(stream) ?? streams.read(stream, upTo);
      remembered.set(stream, read);
      return read;
    },
  };
}
