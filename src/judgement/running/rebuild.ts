import { setImmediate as nextTurn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { VersionedView } from '../../kernel/projections/versioned-view.js';
import { ViewsDoNotFit } from '../../kernel/projections/view-origin.js';
import type { ViewVersion } from '../../kernel/view-store/view-store.js';
import type { AssessmentProjection } from '../assessments/assessment-projection.js';
import type { EpisodeJudge } from '../assessments/episode-judge.js';
import type { FoldedPages } from '../index/index-page.js';
import type { IndexProjection } from '../index/index-projection.js';
import { ALL } from '../assessments/touched.js';
import type { RebuildOptions, RebuildResult } from './projection.js';

/** The new version does not hold what the log says. It was not activated. */
export class RebuildMismatch extends Error {
  readonly code = 'REBUILD_MISMATCH';
  constructor(version: string, episode: string) {
    super(`version ${version} does not agree with the log about episode ${episode}; it was not activated`);
  }
}

/**
 * Building anew is strict: what cannot be judged, and nobody decided to go on without, keeps the new version from
 * answering.
 */
export class RebuildParked extends Error {
  readonly code = 'REBUILD_PARKED';
  constructor(version: string, first: string, count: number, error: string) {
    super(
      `version ${version} was not activated: ${count} episodes cannot be judged, the first is ${first} (${error}); fok parked list shows all of them: mend them, or skip them with a reason (fok parked skip), then rebuild again`,
    );
  }
}

/** It was told to end. What is done stays and is gone on from. */
export class RebuildEnded extends Error {
  readonly code = 'REBUILD_ENDED';
  constructor(version: string) {
    super(`the rebuild of version ${version} was ended before it was done; starting it again goes on from there`);
  }
}

const SAMPLE = 200;

/**
 * Builds the assessments anew beside the version that answers, follows to the end of the log, compares a sample with
 * the log, and swaps.
 * What a rebuild that was broken off has done is kept and gone on from. The version before stays until it is removed.
 * @throws RebuildParked, RebuildMismatch, RebuildEnded, CheckpointMoved (another rebuild of the same version runs)
 */
export async function rebuildAssessments(
  answering: AssessmentProjection,
  index: IndexProjection,
  judge: EpisodeJudge,
  options: RebuildOptions = {},
): Promise<RebuildResult> {
  const started = Date.now();
  const before = answering.view.version.version;
  const { version, building } = await nextOver(answering);
  const begun = building.begun;
  await index.reach();
  const total = await index.countStreams('careEpisode');
  // Without the index that reports are read from, which is made at the end, rows in order of id only ever go to the end
  // of their table.
  if (!begun) await version.beginBulk();
  await building.takeOver();
  if (!begun) await building.restart();
  const from = await doneOf(building, total);
  while (await building.step()) {
    await nextTurn();
    if (options.signal?.aborted) throw new RebuildEnded(version.version);
    const done = await doneOf(building, total);
    const perSecond = (done - from) / Math.max(0.001, (Date.now() - started) / 1000);
    options.onProgress?.({
      version: version.version,
      done,
      total,
      perSecond,
      ...(perSecond > 0 ? { secondsLeft: (total - done) / perSecond } : {}),
    });
  }
  await refuseNewlyParked(answering, building, begun);
  const compared = await compareSample(building, index, judge, options.sample ?? SAMPLE);
  await answering.view.activate(version);
  return {
    version: version.version,
    before,
    position: building.reached.position,
    seconds: (Date.now() - started) / 1000,
    compared,
  };
}

/**
 * Builds the index anew beside the one that answers, and swaps.
 * @param options `total`: how many events the log has; `pages`: where they are read and folded, default here
 * @throws RebuildEnded, CheckpointMoved
 */
export async function rebuildIndex(
  answering: IndexProjection,
  options: RebuildOptions & { readonly total: number; readonly pages?: FoldedPages | undefined },
): Promise<RebuildResult> {
  const started = Date.now();
  const before = answering.view.version.version;
  const { version, building } = await nextOver(answering);
  if (!building.begun) await version.beginBulk();
  await building.takeOver();
  const from = building.reached.facts;
  await building.catchUp(() => {
    if (options.signal?.aborted) throw new RebuildEnded(version.version);
    const done = building.reached.facts;
    const perSecond = (done - from) / Math.max(0.001, (Date.now() - started) / 1000);
    options.onProgress?.({
      version: version.version,
      done,
      total: options.total,
      perSecond,
      ...(perSecond > 0 ? { secondsLeft: Math.max(0, options.total - done) / perSecond } : {}),
    });
  }, options.pages);
  await version.endBulk();
  await answering.view.activate(version);
  return {
    version: version.version,
    before,
    position: building.reached.position,
    seconds: (Date.now() - started) / 1000,
    compared: 0,
  };
}

interface Buildable<T> {
  readonly view: VersionedView;
  over(version: ViewVersion): Promise<T>;
}

/**
 * The version to build, and what builds it. One that was begun from another log, before an older copy was put back, is
 * not gone on with.
 */
async function nextOver<T extends { assertFits(): Promise<void> }>(
  answering: Buildable<T>,
): Promise<{ readonly version: ViewVersion; readonly building: T }> {
  for (;;) {
    const version = await answering.view.next();
    const building = await answering.over(version);
    try {
      await building.assertFits();
      return { version, building };
    } catch (error) {
      if (!(error instanceof ViewsDoNotFit)) throw error;
      await answering.view.remove(version.version);
    }
  }
}

// Episodes are judged in order of id and ids are spread evenly, so the cursor says how far it is without counting.
async function doneOf(building: AssessmentProjection, total: number): Promise<number> {
  const row = await building.version.get('waiting', [ALL.kind, ALL.id]);
  if (!row) return total;
  const after = String(row['after']);
  return after === '' ? 0 : Math.round((Number.parseInt(after.slice(0, 8), 16) / 0x1_0000_0000) * total);
}

async function compareSample(
  building: AssessmentProjection,
  index: IndexProjection,
  judge: EpisodeJudge,
  sample: number,
): Promise<number> {
  const episodes = await index.streams('careEpisode', { limit: sample });
  const rows = await building.version.getMany(
    'episodes',
    episodes.map((episode) => [episode]),
  );
  judge.moveTo(building.reached.position, undefined);
  for (const [at, judged] of (await judge.judge(episodes)).entries()) {
    if ('error' in judged) continue;
    const stored = rows[at]?.['assessment'];
    const fresh = judged.rows.episode?.['assessment'];
    if (!isDeepStrictEqual(plain(stored), plain(fresh)))
      throw new RebuildMismatch(building.version.version, judged.episode);
  }
  return episodes.length;
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** @param goesOn what an earlier try put aside may have been mended since: it is tried once more */
async function refuseNewlyParked(
  answering: AssessmentProjection,
  building: AssessmentProjection,
  goesOn: boolean,
): Promise<void> {
  const decided = new Map(
    (await answering.parked()).flatMap((parked) => (parked.skipped === null ? [] : [[parked.episode, parked.skipped]])),
  );
  for (const { episode, skipped } of await building.parked()) {
    if (skipped !== null) continue;
    const reason = decided.get(episode);
    if (reason !== undefined) await building.skip(episode, reason);
    else if (goesOn) await building.retry(episode);
  }
  const parked = (await building.parked()).filter(({ skipped }) => skipped === null);
  const [first] = parked;
  if (first) throw new RebuildParked(building.version.version, first.episode, parked.length, first.error);
}
