import { assessAt, type EpisodeAssessment, prepare } from '../../compliance-rules/index.js';
import type { EventLog } from '../../kernel/event-sourcing/event-log.js';
import { UnreadableEvent } from '../../kernel/event-sourcing/unreadable-event.js';
import type { Day } from '../../kernel/time/day.js';
import type { Row, ViewReader } from '../../kernel/view-store/view-store.js';
import type { Assessments, Basis } from '../read-model.js';
import type { AnswerBasis } from '../answers-basis.js';
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
    private readonly basis: AnswerBasis,
  ) {}

  async ofEpisodes(
    episodes: readonly string[],
    knownAt?: string,
  ): Promise<{ readonly assessments: EpisodeAssessment[]; readonly basis: Basis }> {
    const reached = await this.index.refresh();
    const loader = new DossierLoader(this.log, this.index, reached.position);
    const assessments: EpisodeAssessment[] = [];
    let parked = false;
    for (const episode of episodes) {
      try {
        const assessment = assessAt(prepare(await loader.load(episode)), knownAt === undefined ? {} : { knownAt });
        if (assessment) assessments.push(assessment);
      } catch (error) {
        if (!(error instanceof UnreadableEvent)) throw error;
        parked = true;
      }
    }
    return { assessments, basis: await this.basis.of(reached, knownAt, { late: false, parked }) };
  }

  async ofUnit(
    unit: string,
    day: Day,
    knownAt?: string,
  ): Promise<{ readonly assessments: EpisodeAssessment[]; readonly basis: Basis }> {
    const episodes = await this.index.episodesOfUnit(unit);
    const answer = knownAt === undefined ? await this.lookUp(episodes) : await this.ofEpisodes(episodes, knownAt);
    return {
      assessments: answer.assessments.filter((assessment) => isInUnit(assessment, unit, day)),
      basis: answer.basis,
    };
  }

  private async lookUp(episodes: readonly string[]): Promise<{ assessments: EpisodeAssessment[]; basis: Basis }> {
    const keys = episodes.map((episode) => [episode]);
    const seen = await this.projection.version.snapshot(async (reader) => ({
      checkpoint: await reader.checkpoint(),
      rows: await reader.getMany('episodes', keys),
      parked: await reader.getMany('parked', keys),
      late: await someWait(reader, episodes),
    }));
    const reached = seen.checkpoint ?? { position: 0n, recordedAt: '', facts: 0 };
    return {
      assessments: seen.rows.filter((row): row is Row => row !== undefined).map(assessmentOf),
      basis: await this.basis.of(reached, undefined, {
        late: seen.late,
        parked: seen.parked.some((row) => row !== undefined),
      }),
    };
  }
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
