import { ruleById } from '../compliance-rules/catalogue.js';
import type { CareForm, EpisodeAssessment, RuleKind, Segment, Status } from '../compliance-rules/model.js';
import type { Warning } from '../kernel/event-sourcing/decider.js';
import { type Day, formatDay } from '../kernel/time/day.js';

/** How the judgement of one rule on one day differs with a step from without it. */
export interface ComplianceChange {
  readonly episode: string;
  readonly rule: string;
  readonly assignment?: string;
  /** Whether the law says so, or the municipality's own routine. */
  readonly kind: RuleKind;
  /** The day that is looked at, `YYYY-MM-DD`. */
  readonly on: string;
  readonly from: Status | null;
  readonly to: Status | null;
  /** The last day in time, where the new status has one. */
  readonly dueOn?: string;
}

/** An episode judged without and with a step. */
export interface Judged {
  readonly episode: string;
  readonly before: EpisodeAssessment | undefined;
  readonly after: EpisodeAssessment | undefined;
}

/** What differs on a day, in the order of the rules. */
export function changesOn(day: Day, { episode, before, after }: Judged): ComplianceChange[] {
  const was = onDay(before, day);
  const is = onDay(after, day);
  const keys = new Set([...is.keys(), ...was.keys()]);
  return [...keys].flatMap((key) => {
    const [from, to] = [was.get(key), is.get(key)];
    const segment = to ?? from;
    if (!segment || from?.status === to?.status) return [];
    return [
      {
        episode,
        rule: segment.rule,
        ...(segment.assignment === undefined ? {} : { assignment: segment.assignment }),
        kind: segment.kind,
        on: formatDay(day),
        from: from?.status ?? null,
        to: to?.status ?? null,
        ...(to?.dueOn === undefined ? {} : { dueOn: formatDay(to.dueOn) }),
      },
    ];
  });
}

/**
 * What a step breaks or leaves wanting on its own day: every BREACH or WARNING that rests on it, or was not there
 * before it.
 * It is read off the same judgement that the views show, so that the two never say different things.
 * @param event the id of the step's event
 */
export function warningsOn(day: Day, { before, after }: Judged, event: string): Warning[] {
  const was = onDay(before, day);
  return [...onDay(after, day)].flatMap(([key, segment]) => {
    const { rule, status, evidence } = segment;
    if (status !== 'BREACH' && status !== 'WARNING') return [];
    return evidence.includes(event) || was.get(key)?.status !== status
      ? [{ rule, message: messageOf(segment, after?.careForm) }]
      : [];
  });
}

/** What is wanting by a segment, in the words of its case where one rule has several. */
function messageOf({ rule, status, titleBasis }: Segment, careForm: CareForm | undefined): string {
  if (rule === 'TITLE' && titleBasis === 'TRANSITION') return TITLE_AGAINST_POLICY;
  if (rule === 'TITLE' && careForm !== 'HOME_CARE') return TITLE_ELSEWHERE;
  if (rule === 'UNNECESSARY' && status === 'BREACH') return ASSESSMENT_LAPSED;
  return ruleById(rule)?.words.wanting ?? `Regeln ${rule} är inte uppfylld.`;
}

const TITLE_AGAINST_POLICY =
  'Den utsedda saknar bevis om rätt att använda yrkestiteln undersköterska. Hon eller han omfattas av övergångsregeln, men kommunens riktlinjer godtar den inte.';
const TITLE_ELSEWHERE =
  'Den utsedda saknar bevis om rätt att använda yrkestiteln undersköterska och omfattas inte av övergångsregeln, och ingen utbildning som arbetsgivaren godkänt är registrerad. Det visas som brist.';
const ASSESSMENT_LAPSED =
  'Bedömningen gäller inte längre: de beviljade insatserna har ändrats. Bedöm på nytt eller erbjud.';

function onDay(assessment: EpisodeAssessment | undefined, day: Day): Map<string, Segment> {
  const segments = (assessment?.segments ?? []).filter(({ from, to }) => from <= day && (to === undefined || day < to));
  return new Map(segments.map((segment) => [`${segment.rule} ${segment.assignment ?? ''}`, segment]));
}
