import { LRUCache } from 'lru-cache';
import { assessEpisode, type EpisodeAssessment } from '../../compliance-rules/index.js';
import type { EventLog } from '../../kernel/event-sourcing/event-log.js';
import { UnreadableEvent } from '../../kernel/event-sourcing/unreadable-event.js';
import type { Day } from '../../kernel/time/day.js';
import type { Checkpoint, Row, ViewReader, ViewVersion } from '../../kernel/view-store/view-store.js';
import type { LogKnowledge } from '../log-knowledge.js';
import type { Assessments, Basis, Known, UpTo } from '../read-model.js';
import { sameCheckpoint } from '../../kernel/view-store/checkpoint.js';
import type { AssessmentProjection } from './assessment-projection.js';
import { assessmentOf } from './assessment-rows.js';
import { DossierLoader } from '../dossier-loader.js';
import type { IndexProjection } from '../index/index-projection.js';

/** So many episodes of units that were looked up are remembered, read and parsed: some 10 kB each. */
const REMEMBERED_EPISODES = 4_000;

/** What the rows told of a unit. */
interface LookedUp {
  readonly version: AssessmentProjection['version'];
  readonly index: ViewVersion;
  readonly checkpoint: Checkpoint | undefined;
  /** How many episodes the unit had at the checkpoint. */
  readonly episodes: number;
  readonly assessments: EpisodeAssessment[];
  readonly parked: boolean;
  readonly waiting: boolean;
}

/**
 * Single episodes are judged from the log, so that their answer is never behind it; a unit's and those of many units are
 * looked up, unless an earlier knowledge is asked for.
 */
export class StoredAssessments implements Assessments {
  private readonly remembered = new LRUCache<string, LookedUp>({
    maxSize: REMEMBERED_EPISODES,
    sizeCalculation: ({ episodes }) => episodes + 1,
  });

  constructor(
    private readonly projection: AssessmentProjection,
    private readonly index: IndexProjection,
    private readonly log: EventLog,
    private readonly knowledge: LogKnowledge,
  ) {}

  async ofEpisodes(
    episodes: readonly string[],
    { position }: UpTo,
  ): Promise<{ readonly assessments: EpisodeAssessment[]; readonly parked: boolean }> {
    const loader = new DossierLoader(this.log, this.index, position);
    const assessments: EpisodeAssessment[] = [];
    let parked = false;
    for (const episode of episodes) {
      try {
        const assessment = assessEpisode(await loader.load(episode));
        if (assessment) assessments.push(assessment);
      } catch (error) {
        if (!(error instanceof UnreadableEvent)) throw error;
        parked = true;
      }
    }
    return { assessments, parked };
  }

  async ofMany(
    episodes: readonly string[],
    known: UpTo,
  ): Promise<{ readonly assessments: EpisodeAssessment[]; readonly parked: boolean }> {
    return (await this.storedAt(episodes, known)) ?? this.ofEpisodes(episodes, known);
  }

  /** @returns undefined unless the rows of all tell exactly what was known with that position, by the rules of today */
  private async storedAt(
    episodes: readonly string[],
    { position }: UpTo,
  ): Promise<{ readonly assessments: EpisodeAssessment[]; readonly parked: false } | undefined> {
    if (this.projection.view.outdated) return undefined;
    const keys = episodes.map((episode) => [episode]);
    const seen = await this.projection.version.snapshot(async (reader) => ({
      checkpoint: await reader.checkpoint(),
      rows: await reader.getMany('episodes', keys),
      parked: await reader.getMany('parked', keys),
      waiting: await someWait(reader, episodes),
    }));
    if (seen.checkpoint?.position !== position || seen.waiting || seen.parked.some((row) => row !== undefined))
      return undefined;
    return { assessments: seen.rows.flatMap((row) => (row ? [assessmentOf(row)] : [])), parked: false };
  }

  async ofUnit(unit: string, day: Day, knownAt?: string): Promise<Judged> {
    const known = await this.knowledge.within(this.projection, knownAt);
    const lookedUp = known.closed ? undefined : await this.lookUp(unit, knownAt);
    const { assessments, basis } = lookedUp ?? (await this.judgeUnit(unit, known));
    return { assessments: assessments.filter((assessment) => isInUnit(assessment, unit, day)), basis };
  }

  private async judgeUnit(unit: string, known: Known): Promise<Judged> {
    const { assessments, parked } = await this.ofEpisodes(await this.index.episodesOfUnit(unit), known);
    return { assessments, basis: { ...known, waiting: false, parked } };
  }

  /** @returns undefined when more is in the rows by now than was known at that time */
  private async lookUp(unit: string, knownAt: string | undefined): Promise<Judged | undefined> {
    const { assessments, waiting, parked, checkpoint } = (await this.stillThere(unit)) ?? (await this.readUnit(unit));
    const known = await this.knowledge.upTo(checkpoint ?? { position: 0n, facts: 0 }, knownAt);
    return known.closed ? undefined : { assessments, basis: { ...known, waiting, parked } };
  }

  /**
   * What was read of the unit before, where the rows cannot say anything else by now. Rows are written again at the
   * same checkpoint only while something waits to be judged or is parked, and such are not remembered.
   */
  private async stillThere(unit: string): Promise<LookedUp | undefined> {
    const { version } = this.projection;
    const before = this.remembered.get(unit);
    // Another version of the index may tell of more episodes.
    if (before?.version !== version || before.index !== this.index.view.version) return undefined;
    return sameCheckpoint(before.checkpoint, await version.checkpoint()) ? before : undefined;
  }

  private async readUnit(unit: string): Promise<LookedUp> {
    const index = this.index.view.version;
    for (let episodes = await this.index.episodesOfUnit(unit); ;) {
      const keys = episodes.map((episode) => [episode]);
      const { version } = this.projection;
      const seen = await version.snapshot(async (reader) => ({
        checkpoint: await reader.checkpoint(),
        rows: await reader.getMany('episodes', keys),
        parked: await reader.getMany('parked', keys),
        waiting: await someWait(reader, episodes),
      }));
      // What came to the unit while the rows were read may be in the checkpoint and not among them.
      const since = await this.index.episodesOfUnit(unit);
      if (since.length !== episodes.length) {
        episodes = since;
        continue;
      }
      const lookedUp: LookedUp = {
        version,
        index,
        checkpoint: seen.checkpoint,
        episodes: episodes.length,
        assessments: seen.rows.filter((row): row is Row => row !== undefined).map(assessmentOf),
        parked: seen.parked.some((row) => row !== undefined),
        waiting: seen.waiting,
      };
      if (!lookedUp.waiting && !lookedUp.parked) this.remembered.set(unit, lookedUp);
      return lookedUp;
    }
  }
}

interface Judged {
  readonly assessments: EpisodeAssessment[];
  readonly basis: Basis;
}

/** Whether one of the episodes, or something that not yet known episodes rest on, waits to be judged again. */
export async function someWait(reader: ViewReader, episodes: readonly string[]): Promise<boolean> {
  const spreading = await reader.find('waiting', {
    where: { kind: { in: ['all', 'controller', 'unit', 'recipient', 'staff'] } },
    orderBy: ['kind', 'id'],
    limit: 1,
  });
  if (spreading.length > 0) return true;
  return (
    await reader.getMany(
      'waiting',
      episodes.map((episode) => ['episode', episode]),
    )
  ).some((row) => row !== undefined);
}

function isInUnit(assessment: EpisodeAssessment, unit: string, day: Day): boolean {
  const { ongoing, units } = assessment;
  if (!ongoing || day < ongoing.from || (ongoing.to !== undefined && day >= ongoing.to)) return false;
  return units.some((stay) => stay.unit === unit && stay.from <= day && (stay.to === undefined || day < stay.to));
}
