import { dueOnAt, evidenceAt, LEGAL_BASES, legalBasisOn, ruleById } from '../../compliance-rules/index.js';
import type {
  CareForm,
  EpisodeAssessment,
  Interval,
  PolicyBasis,
  RuleKind,
  Segment,
  Status,
  TitleBasis,
} from '../../compliance-rules/model.js';
import { type Day, formatDay } from '../../kernel/time/day.js';
import { heldOn, holdsOn } from '../on-day.js';

interface Judged {
  readonly rule: string;
  readonly ruleVersion: string;
  readonly assignment?: string;
  readonly status: Status;
  /** Whether the law says so, or the municipality's own routine. */
  readonly kind: RuleKind;
  /** What a LOCAL one rests on, where the policy says so. */
  readonly basis?: PolicyBasis;
  /** The last day that is still in time. */
  readonly dueOn?: string;
  readonly titleBasis?: TitleBasis;
  readonly legalBasis?: string;
  /** Ids of the entries that it rests on. */
  readonly evidence: readonly string[];
}

/** What a rule says on a day (contract §5). */
export interface RuleOnDay extends Judged {
  /** The first day of the run with this status. */
  readonly since: string;
}

/** What a rule says in a run of days; `to` is the first day after it. */
export interface RuleInTime extends Judged {
  readonly from: string;
  readonly to?: string;
}

export interface EpisodeOnDay {
  readonly episode: string;
  readonly recipient: string;
  readonly careForm: CareForm;
  readonly unit: string;
  /** True where the rules are followed by local routine, without a duty. */
  readonly local: boolean;
  readonly rules: readonly RuleOnDay[];
}

export interface EpisodeInTime {
  readonly episode: string;
  readonly recipient: string;
  readonly careForm: CareForm;
  readonly units: readonly { readonly unit: string; readonly from: string; readonly to?: string }[];
  readonly judged: readonly { readonly local: boolean; readonly from: string; readonly to?: string }[];
  readonly segments: readonly RuleInTime[];
}

/** The judgement of an episode on a day, or undefined when the day is not judged. */
export function complianceOn(assessment: EpisodeAssessment, day: Day): EpisodeOnDay | undefined {
  const judged = heldOn(assessment.judged, day);
  if (!judged) return undefined;
  return {
    episode: assessment.episode,
    recipient: assessment.recipient,
    careForm: assessment.careForm,
    unit: heldOn(assessment.units, day)?.unit ?? '',
    local: judged.local,
    rules: assessment.segments
      .filter((segment) => holdsOn(segment, day))
      .map((segment) => {
        const { evidence: _all, ...said } = judgedBy(
          segment,
          judged.local || isLocalTitle(segment) ? localBasisOf(segment.rule) : legalBasisOn(segment.rule, day),
          dueOnAt(segment, day),
        );
        return { ...said, since: formatDay(segment.from), evidence: evidenceAt(segment, day) };
      }),
  };
}

/** The judgement of an episode over all time. */
export function complianceInTime(assessment: EpisodeAssessment): EpisodeInTime {
  return {
    episode: assessment.episode,
    recipient: assessment.recipient,
    careForm: assessment.careForm,
    units: assessment.units.map((stay) => ({ unit: stay.unit, ...days(stay) })),
    judged: assessment.judged.map((judged) => ({ local: judged.local, ...days(judged) })),
    segments: assessment.segments.map((segment) => {
      const { evidence, ...said } = judgedBy(
        segment,
        isLocal(segment, assessment) || isLocalTitle(segment) ? localBasisOf(segment.rule) : legalBasesOf(segment),
        segment.dueOn,
      );
      return { ...said, ...days(segment), evidence };
    }),
  };
}

function days({ from, to }: Interval): { from: string; to?: string } {
  return { from: formatDay(from), ...(to === undefined ? {} : { to: formatDay(to) }) };
}

function judgedBy(
  { rule, ruleVersion, assignment, status, kind, basis, titleBasis, evidence }: Segment,
  legalBasis: string | undefined,
  dueOn: Day | undefined,
): Judged {
  return {
    rule,
    ruleVersion,
    ...(assignment === undefined ? {} : { assignment }),
    status,
    kind,
    ...(basis === undefined ? {} : { basis }),
    ...(dueOn === undefined ? {} : { dueOn: formatDay(dueOn) }),
    ...(titleBasis === undefined ? {} : { titleBasis }),
    ...(legalBasis === undefined ? {} : { legalBasis }),
    evidence,
  };
}

/** Where there is no duty, what is law elsewhere is the municipality's own routine: it is never shown as law. */
function localBasisOf(rule: string): string | undefined {
  return LEGAL_BASES[ruleById(rule)?.basis === 'RECOMMENDATION' ? 'RECOMMENDATION' : 'ROUTINE']?.[0]?.text;
}

/** A title that the municipality asks for beyond the law, also on a duty day: kind splits segments of TITLE alone. */
function isLocalTitle({ rule, kind }: Segment): boolean {
  return rule === 'TITLE' && kind === 'LOCAL';
}

/** Whether none of a segment's days is a duty day. */
function isLocal({ from, to = Infinity }: Segment, { judged }: EpisodeAssessment): boolean {
  return judged.every((run) => run.local || run.from >= to || (run.to ?? Infinity) <= from);
}

/** All texts that a run of days rests on, in order: a run can outlast the act that it began under (E58). */
function legalBasesOf(segment: Segment): string | undefined {
  const bases = (LEGAL_BASES[ruleById(segment.rule)?.basis ?? ''] ?? []).filter(
    ({ from, to }) =>
      (to === undefined || segment.from <= to) && (from === undefined || segment.to === undefined || from < segment.to),
  );
  if (bases.length === 0) return undefined;
  return bases
    .map(({ text, from }, index) => (index === 0 || from === undefined ? text : `från ${formatDay(from)} ${text}`))
    .join(', ');
}
