import { isDeepStrictEqual } from 'node:util';
import type { Row } from '../../kernel/view-store/view-store.js';
import type { AssessmentProjection } from '../../judgement/assessments/assessment-projection.js';
import type { JudgedEpisode } from '../../judgement/assessments/episode-judge.js';
import type { CheckFindings } from './check-finding.js';
import { saysTheSame } from './compare-rows.js';

export interface EpisodesChecked {
  readonly compared: number;
  /** Waiting to be judged again: their rows may be behind, and answers say so. */
  readonly late: number;
}

/** Judges episodes from the log alone, as it stood at a position. */
export type FreshJudge = (position: bigint, episodes: readonly string[]) => Promise<JudgedEpisode[]>;

/** Compares the rows of some episodes with what judging them anew from the log gives, as of where the rows stand. */
export async function checkEpisodes(
  projection: AssessmentProjection,
  judge: FreshJudge,
  episodes: readonly string[],
  findings: CheckFindings,
): Promise<EpisodesChecked> {
  const keys = episodes.map((episode) => [episode]);
  const seen = await projection.version.snapshot(async (reader) => ({
    position: (await reader.checkpoint())?.position ?? 0n,
    rows: await reader.getMany('episodes', keys),
    parked: await reader.getMany('parked', keys),
    stretches: await reader.find('stretches', { where: { episode: { in: episodes } } }),
    waiting: await reader.find('waiting', { where: { kind: 'episode', id: { in: episodes } } }),
    spreading: await reader.find('waiting', {
      where: { kind: { in: ['all', 'controller', 'unit', 'recipient', 'staff'] } },
      orderBy: ['kind', 'id'],
      limit: 1,
    }),
  }));
  if (seen.spreading.length > 0) return { compared: 0, late: episodes.length };
  const waiting = new Set(seen.waiting.map((row) => String(row['id'])));
  let compared = 0;
  for (const [at, judged] of (await judge(seen.position, episodes)).entries()) {
    const { episode } = judged;
    const parked = seen.parked[at];
    if (waiting.has(episode)) continue;
    compared += 1;
    if (parked && typeof parked['skipped'] !== 'string')
      findings.add('PARKED', `episode ${episode} is parked: ${String(parked['error'])}`);
    if ('error' in judged || parked) continue;
    compare(episode, seen.rows[at], judged.rows.episode, findings);
    const stored = seen.stretches.filter((row) => row['episode'] === episode);
    if (!isDeepStrictEqual(inOrder(stored), inOrder(judged.rows.stretches)))
      findings.add('ROW_DIFFERS', `stretches of episode ${episode}: the view says something else than the log`);
  }
  return { compared, late: episodes.length - compared };
}

/**
 * Looks for rows of episodes that the log does not have.
 * @param isThere which of some episodes the log has
 */
export async function checkStrangers(
  projection: AssessmentProjection,
  isThere: (episodes: readonly string[]) => Promise<ReadonlySet<string>>,
  findings: CheckFindings,
): Promise<void> {
  for (const collection of ['episodes', 'stretches']) {
    const held = (await projection.version.countBy(collection, ['episode'], {})).map((row) => String(row['episode']));
    for (let at = 0; at < held.length; at += 1_000) {
      const some = held.slice(at, at + 1_000);
      const there = await isThere(some);
      for (const episode of some)
        if (!there.has(episode))
          findings.add('ROW_TOO_MANY', `${collection} of episode ${episode}: the log has no such episode`);
    }
  }
}

function compare(episode: string, stored: Row | undefined, fresh: Row | undefined, findings: CheckFindings): void {
  if (!stored && fresh) findings.add('ROW_MISSING', `episode ${episode}: the view has no such row`);
  else if (stored && !fresh) findings.add('ROW_TOO_MANY', `episode ${episode}: the log gives no such row`);
  else if (stored && fresh && !saysTheSame(stored, fresh))
    findings.add('ROW_DIFFERS', `episode ${episode}: the view says something else than the log`);
}

/** A stretch's number only keeps rows apart. */
function inOrder(rows: readonly Row[]): string[] {
  return rows
    .map((row) => JSON.stringify(Object.entries({ ...row, n: 0 }).sort(([one], [other]) => (one < other ? -1 : 1))))
    .sort();
}
