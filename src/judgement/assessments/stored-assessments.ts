import { assessEpisode, type EpisodeAssessment } from '../../compliance-rules/index.js';
import type { EventLog } from '../../kernel/event-sourcing/event-log.js';
import { UnreadableEvent } from '../../kernel/event-sourcing/unreadable-event.js';
import type { Day } from '../../kernel/time/day.js';
import type { Row, ViewReader } from '../../kernel/view-store/view-store.js';
import type { LogKnowledge } from '../log-knowledge.js';
import type { Assessments, Basis, Known, UpTo } from '../read-model.js';
import type { AssessmentProjection } from './assessment-projection.js';
import { assessmentOf } from './assessment-rows.js';
import { DossierLoader } from '../dossier-loader.js';
import type { IndexProjection } from '../index/index-projection.js';

/**
 * Single episodes are judged from the log, so that their answer is never behind it; a unit's are looked up, unless an
 * earlier knowledge is asked for.
 */
export class StoredAssessments implements Assessments {
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
    for (let episodes = await this.index.episodesOfUnit(unit); ;) {
      const keys = episodes.map((episode) => [episode]);
      const seen = await this.projection.version.snapshot(async (reader) => ({
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
      const known = await this.knowledge.upTo(seen.checkpoint ?? { position: 0n, facts: 0 }, knownAt);
      if (known.closed) return undefined;
      return {
        assessments: seen.rows.filter((row): row is Row => row !== undefined).map(assessmentOf),
        basis: { ...known, waiting: seen.waiting, parked: seen.parked.some((row) => row !== undefined) },
      };
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
