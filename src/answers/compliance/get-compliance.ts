import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { EpisodeAssessment } from '../../compliance-rules/model.js';
import { dayOf } from '../../kernel/time/day.js';
import { mustExist } from '../../judgement/answer-problems.js';
import { type AnswerBasis, shown } from '../answer.js';
import { loadPerson } from '../../judgement/person/person.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import {
  complianceInTime,
  complianceOn,
  type EpisodeInTime,
  type EpisodeOnDay,
  type RuleInTime,
} from './compliance.js';

export interface ComplianceAnswer extends AnswerBasis {
  readonly recipient: string;
  readonly on: string;
  readonly episodes: readonly Omit<EpisodeOnDay, 'recipient'>[];
}

/** How the rules judge all of a person's episodes that have a judged day on a date. */
export class GetCompliance extends Query<ComplianceAnswer> {
  /** @param on `YYYY-MM-DD` */
  constructor(
    readonly recipient: string,
    readonly on: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(GetCompliance)
export class GetComplianceHandler implements IQueryHandler<GetCompliance> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_RECIPIENT */
  async execute({ recipient, on, knownAt }: GetCompliance): Promise<ComplianceAnswer> {
    const { assessments, basis } = await assessmentsOfPerson(this.reads, recipient, knownAt);
    const judged = assessments
      .map((assessment) => complianceOn(assessment, dayOf(on)))
      .filter((episode) => episode !== undefined);
    return { recipient, on, ...basis, episodes: judged.map(({ recipient: _recipient, ...episode }) => episode) };
  }
}

export interface ComplianceSegmentsAnswer extends AnswerBasis {
  readonly recipient: string;
  readonly episodes: readonly (Omit<EpisodeInTime, 'recipient' | 'segments'> & {
    readonly rules: readonly RuleInTime[];
  })[];
}

/** How the rules judge all of a person's episodes, over all time. */
export class GetComplianceSegments extends Query<ComplianceSegmentsAnswer> {
  constructor(
    readonly recipient: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(GetComplianceSegments)
export class GetComplianceSegmentsHandler implements IQueryHandler<GetComplianceSegments> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_RECIPIENT */
  async execute({ recipient, knownAt }: GetComplianceSegments): Promise<ComplianceSegmentsAnswer> {
    const { assessments, basis } = await assessmentsOfPerson(this.reads, recipient, knownAt);
    const episodes = assessments.map((assessment) => {
      const { recipient: _recipient, segments, ...episode } = complianceInTime(assessment);
      return { ...episode, rules: segments };
    });
    return { recipient, ...basis, episodes };
  }
}

/**
 * The judgements of all episodes of a person, by what was known at a time.
 * @throws Problem UNKNOWN_RECIPIENT
 */
export async function assessmentsOfPerson(
  reads: ReadSide,
  recipient: string,
  knownAt: string | undefined,
): Promise<{ assessments: EpisodeAssessment[]; basis: AnswerBasis }> {
  await mustExist(reads, 'recipient', recipient);
  const known = await reads.knowledge.at(knownAt);
  const person = await loadPerson(reads, recipient, known.position);
  const { assessments, parked } = await reads.assessments.ofEpisodes(person.episodes, known);
  return { assessments, basis: shown({ ...known, parked }) };
}
