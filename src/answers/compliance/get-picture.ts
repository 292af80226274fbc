import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { CareForm, ContactRole, EpisodeAssessment, Interval, TitleBasis } from '../../compliance-rules/model.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { dayOf, formatDay } from '../../kernel/time/day.js';
import type { AnswerBasis } from '../answer.js';
import { namedRow, peopleOf, type UnitRow, unitRow } from '../current-state/unit-row.js';
import { namesByStream } from '../text/names.js';
import { complianceInTime, type RuleInTime } from './compliance.js';
import { assessmentsOfPerson } from './get-compliance.js';

/** A run of days: `from` is the first, `to` the first after it; without `to` no end is known. */
export interface Run {
  readonly from: string;
  readonly to?: string;
}

export interface AssignmentInTime extends Run {
  readonly assignment: string;
  readonly staff: string;
  /** Null where it cannot be read. */
  readonly name: string | null;
  readonly role: ContactRole;
  readonly absent: readonly Run[];
  readonly titles: readonly (Run & { readonly basis: TitleBasis })[];
}

/** What the rules see in one episode, over all time. */
export interface EpisodeInPicture {
  readonly episode: string;
  readonly careForm: CareForm;
  readonly ongoing?: Run;
  readonly units: readonly (Run & { readonly unit: string })[];
  readonly paused: readonly Run[];
  readonly offeredFrom?: string;
  readonly planAgreedFrom?: string;
  readonly standing: readonly (Run & { readonly answer: 'YES' | 'NO' })[];
  /** Days on which an assessment that no contact is needed is valid. */
  readonly unnecessary: readonly Run[];
  readonly assignments: readonly AssignmentInTime[];
  readonly rules: readonly RuleInTime[];
  /** The episode as it stands in its unit's list on the day; absent where it is not ongoing then. */
  readonly row?: UnitRow;
}

export interface PictureAnswer extends AnswerBasis {
  readonly recipient: string;
  readonly on: string;
  readonly episodes: readonly EpisodeInPicture[];
}

/** A person's care as intervals, to be drawn: what the rules see, and what they say. */
export class GetPicture extends Query<PictureAnswer> {
  /** @param on `YYYY-MM-DD` */
  constructor(
    readonly recipient: string,
    readonly on: string,
    readonly knownAt?: string,
  ) {
    super();
  }
}

@QueryHandler(GetPicture)
export class GetPictureHandler implements IQueryHandler<GetPicture> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_RECIPIENT */
  async execute({ recipient, on, knownAt }: GetPicture): Promise<PictureAnswer> {
    const { assessments, basis } = await assessmentsOfPerson(this.reads, recipient, knownAt);
    const rows = assessments.map((assessment) => unitRow(assessment, dayOf(on)));
    const people = [
      ...rows.flatMap((row) => (row ? peopleOf(row) : [])),
      ...assessments.flatMap(({ assignments }) => assignments.map(({ staff }) => `staff-${staff}`)),
    ];
    const names = await namesByStream(this.reads, people, BigInt(basis.position));
    const nameOf = (stream: string): string | undefined => names.get(stream);
    const episodes = assessments.map((assessment, at): EpisodeInPicture => {
      const row = rows[at];
      return { ...inTime(assessment, nameOf), ...(row ? { row: namedRow(row, nameOf) } : {}) };
    });
    return { recipient, on, ...basis, episodes };
  }
}

function inTime(assessment: EpisodeAssessment, nameOf: (stream: string) => string | undefined): EpisodeInPicture {
  const { episode, careForm, ongoing, offeredFrom, planAgreedFrom } = assessment;
  return {
    episode,
    careForm,
    ...(ongoing ? { ongoing: run(ongoing) } : {}),
    units: assessment.units.map((stay) => ({ ...run(stay), unit: stay.unit })),
    paused: assessment.paused.map(run),
    ...(offeredFrom === undefined ? {} : { offeredFrom: formatDay(offeredFrom) }),
    ...(planAgreedFrom === undefined ? {} : { planAgreedFrom: formatDay(planAgreedFrom) }),
    standing: assessment.standing.map((days) => ({ ...run(days), answer: days.answer })),
    unnecessary: assessment.validAssessments.map(run),
    assignments: assessment.assignments.map((one) => ({
      ...run(one),
      assignment: one.assignment,
      staff: one.staff,
      name: nameOf(`staff-${one.staff}`) ?? null,
      role: one.role,
      absent: one.absent.map(run),
      titles: one.titles.map((title) => ({ ...run(title), basis: title.basis })),
    })),
    rules: complianceInTime(assessment).segments,
  };
}

function run({ from, to }: Interval): Run {
  return { from: formatDay(from), ...(to === undefined ? {} : { to: formatDay(to) }) };
}
