import { setTimeout as sleep } from 'node:timers/promises';
import type { EventCatalogue } from '../../kernel/event-sourcing/event-catalogue.js';
import { ClosedLog } from '../../kernel/event-sourcing/closed-log.js';
import { Codec } from '../../kernel/event-sourcing/codec.js';
import type { EventLog } from '../../kernel/event-sourcing/event-log.js';
import type { EventStore, ReadLogOptions } from '../../kernel/event-store/event-store.js';
import type { ViewStore } from '../../kernel/view-store/view-store.js';
import type { AssessmentProjection } from '../../judgement/assessments/assessment-projection.js';
import { LocalJudge } from '../../judgement/assessments/episode-judge.js';
import { IndexProjection } from '../../judgement/index/index-projection.js';
import type { OpenView, Projection } from '../../judgement/running/projection.js';
import { systemClock } from '../../kernel/time/clock.js';
import { checkEpisodes, checkStrangers, type EpisodesChecked, type FreshJudge } from './check-assessments.js';
import { CheckFindings } from './check-finding.js';
import { checkRows } from './check-rows.js';
import { episodesAmong, type Extent, pagesOf } from './log-sample.js';

const EPISODES = 100;
/** How often a difference is looked at before it is one, and the pause in between. */
const TRIES = 3;
const PAUSE_MS = 300;

export interface ViewsToCheck {
  readonly store: EventStore;
  readonly log: EventLog;
  readonly catalogue: EventCatalogue;
  readonly projections: readonly OpenView[];
  readonly index: IndexProjection;
  readonly projection: AssessmentProjection;
  /** An empty store for the fresh folds; only the whole check needs it. */
  readonly scratch: ViewStore;
}

export interface ViewsChecked {
  /** Rows of the index; 0 in a sample. */
  readonly indexRows: number;
  readonly episodes: EpisodesChecked;
}

/**
 * Compares the views with the log. A sample judges the episodes of some entries anew, taken from all over the log; the
 * whole check makes every view but the assessments anew beside, compares every row, and judges every episode by it.
 * @param head the position up to which a sample is taken
 * @throws EventStoreError, ViewStoreError
 */
export async function checkViews(
  views: ViewsToCheck,
  head: bigint,
  extent: Extent,
  findings: CheckFindings,
  onProgress: (episodes: number) => void,
): Promise<ViewsChecked> {
  return 'all' in extent
    ? checkWhole(views, findings, onProgress)
    : checkSample(views, head, extent, findings, onProgress);
}

async function checkSample(
  { log, index, projection }: ViewsToCheck,
  head: bigint,
  extent: Extent,
  findings: CheckFindings,
  onProgress: (episodes: number) => void,
): Promise<ViewsChecked> {
  const judge = new LocalJudge(log, index);
  const fresh: FreshJudge = (position, episodes) => {
    judge.moveTo(position, undefined);
    return judge.judge(episodes);
  };
  const chosen = new Set<string>();
  await index.refresh();
  for await (const { events } of pagesOf(log, head, extent)) {
    const reached = events.filter(({ position }) => position <= index.reached.position);
    const streams = [...new Set(reached.map(({ stream }) => stream))];
    const known = await index.contextsOf(streams);
    for (const stream of streams.filter(isOpened))
      if (!known.has(stream)) findings.add('ROW_MISSING', `streams ${stream}: the index does not know it`);
    for (const episode of episodesAmong(reached)) chosen.add(episode);
  }
  return {
    indexRows: 0,
    episodes: await inPortions([...chosen], (some) => checkSettled(projection, fresh, some, findings), onProgress),
  };
}

async function checkWhole(
  { store, log, catalogue, projections, projection, scratch }: ViewsToCheck,
  findings: CheckFindings,
  onProgress: (episodes: number) => void,
): Promise<ViewsChecked> {
  let limit = 0n;
  const upToLimit = {
    readStream: (stream: string) => store.readStream(stream),
    readLog: async (options: ReadLogOptions) =>
      (await store.readLog(options)).filter(({ position }) => position <= limit),
  };
  const limited = new ClosedLog(upToLimit, new Codec(catalogue));
  const fresh = await IndexProjection.open(scratch, limited, catalogue);
  const judge = new LocalJudge(log, fresh);
  const freshUpTo = async <T extends Pick<Projection, 'step'>>(position: bigint, folded: T): Promise<T> => {
    if (position > limit) limit = position;
    while (await folded.step());
    return folded;
  };
  const source = {
    views: scratch,
    store,
    log: limited,
    index: fresh,
    judge,
    clock: systemClock,
    poison: 'park',
  } as const;
  let indexRows = 0;
  for (const { stored, projection: folded } of projections) {
    if (folded === projection) continue;
    const { projection: again } = await stored.open(source);
    await again.becomeRunner();
    const compared = await checkRows(folded, (position) => freshUpTo(position, again), findings);
    if (again === fresh) indexRows = compared;
  }

  const judgeFresh: FreshJudge = async (position, episodes) => {
    await freshUpTo(position, fresh);
    judge.moveTo(position, undefined);
    return judge.judge(episodes);
  };
  let episodes: EpisodesChecked = { compared: 0, late: 0 };
  for (let after: string | undefined; ;) {
    const some = await fresh.streams('careEpisode', { ...(after === undefined ? {} : { after }), limit: EPISODES });
    if (some.length > 0) episodes = sum(episodes, await checkSettled(projection, judgeFresh, some, findings));
    onProgress(some.length);
    after = some.at(-1);
    if (some.length < EPISODES) break;
  }
  await checkStrangers(
    projection,
    async (some) =>
      new Set(
        (
          await fresh.view.version.getMany(
            'streams',
            some.map((id) => ['careEpisode', id]),
          )
        ).flatMap((row) => (row ? [String(row['id'])] : [])),
      ),
    findings,
  );
  return { indexRows, episodes };
}

/** A policy's stream has no entry that opens it, and so no row in the index. */
function isOpened(stream: string): boolean {
  return !stream.startsWith('policy-');
}

/** While others write, a merge may be known to the index before the rows; what is only that is right a moment later. */
async function checkSettled(
  projection: AssessmentProjection,
  judge: FreshJudge,
  episodes: readonly string[],
  findings: CheckFindings,
): Promise<EpisodesChecked> {
  for (let tries = 1; ; tries += 1) {
    const found = new CheckFindings();
    const checked = await checkEpisodes(projection, judge, episodes, found);
    if (found.count === 0 || tries === TRIES) {
      for (const { code, message } of found.kept) findings.add(code, message);
      return checked;
    }
    await sleep(PAUSE_MS);
  }
}

async function inPortions(
  episodes: readonly string[],
  check: (some: readonly string[]) => Promise<EpisodesChecked>,
  onProgress: (episodes: number) => void,
): Promise<EpisodesChecked> {
  let total: EpisodesChecked = { compared: 0, late: 0 };
  for (let at = 0; at < episodes.length; at += EPISODES) {
    const some = episodes.slice(at, at + EPISODES);
    total = sum(total, await check(some));
    onProgress(some.length);
  }
  return total;
}

function sum(one: EpisodesChecked, other: EpisodesChecked): EpisodesChecked {
  return { compared: one.compared + other.compared, late: one.late + other.late };
}
