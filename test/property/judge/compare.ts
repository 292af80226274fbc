import { isDeepStrictEqual } from 'node:util';
import { dayOf, formatDay, parseDay, type Day } from '../../../src/kernel/time/day.js';
import type { Dossier, Entry, EpisodeAssessment, Interval, Segment } from '../../../src/compliance-rules/model.js';
import { dueOnAt, evidenceAt } from '../../../src/compliance-rules/index.js';
import { contactsOn, stateOn } from '../../../src/answers/current-state/unit-row.js';
import { figuresIn } from '../../../src/judgement/figures/figure-names.js';
import { figureStretches } from '../../../src/judgement/figures/figures.js';
import { Judge, type Judgement } from './judge.js';
import { comparedFigures, isCompared } from './not-yet-compared.js';
import type { JudgedStatus } from './rules.js';

/** One thing, on one day, that the product and the judge see differently. */
export interface Difference {
  readonly on: string;
  readonly what: string;
  readonly product: unknown;
  readonly judge: unknown;
}

/** The days on which something changes by law. */
const TURNING_DAYS = ['2022-07-01', '2023-07-01', '2025-07-01', '2026-07-01', '2033-07-01'].map(dayOf);
/** Rules whose MET has an end that the contract itself computes. */
const DATED_WHILE_MET = ['YEARLY', 'FOLLOW_UP', 'BOOKED'];

/**
 * Compares the product's assessment with the judge's, on every day that anything mentions and those next to it, on both
 * sides' boundaries, and on the given days. Ends at the first day that differs.
 * @param dossier what is known
 * @param assessment what the product says of it
 */
export function differences(
  dossier: Dossier,
  assessment: EpisodeAssessment | undefined,
  moreDays: readonly Day[],
): readonly Difference[] {
  if (!isCompared('CONTACT_PERSON') && appointsBeforeTheDuty(dossier)) return [];
  const judge = new Judge(dossier);
  const segments = assessment?.segments ?? [];
  const days = new Set(
    [...mentioned(dossier), ...TURNING_DAYS].flatMap((day) => [day - 2, day - 1, day, day + 1, day + 2]),
  );
  for (const segment of segments)
    for (const day of [segment.from, segment.to, segment.dueOn])
      if (day !== undefined)
        days
          .add(day - 1)
          .add(day)
          .add(day + 1);
  for (const day of moreDays) days.add(day);
  const malformed = [
    ...malformedSegments(segments),
    ...strayEvidence(segments, dossier),
    ...otherKinds(segments, judge),
  ];
  if (malformed.length > 0) return malformed;
  const figures = assessment === undefined ? [] : figureStretches(assessment);
  const asked = new Set<Day>();
  const queue = [...days];
  for (let day = queue.pop(); day !== undefined; day = queue.pop()) {
    if (asked.has(day)) continue;
    asked.add(day);
    const judgement = judge.on(day);
    for (const { dueOn } of judgement.statuses) if (dueOn !== undefined) queue.push(dueOn, dueOn + 1);
    const found = differencesOn(day, judgement, assessment, figures, judge);
    if (found.length > 0) return found;
  }
  return [];
}

const DUTY_BEGINS = '2022-07-01';

/** Whether any entry appoints somebody before the duty begins, or a correction may make one do so. */
export function appointsBeforeTheDuty(dossier: Dossier): boolean {
  const early = (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    Object.entries(value).some(([name, inner]) =>
      name === 'effectiveOn' ? String(inner) < DUTY_BEGINS : early(inner),
    );
  return dossier.entries.some(
    ({ type, effectiveOn, data }) =>
      ((type === 'ContactAssigned' || type === 'ContactReplaced') && effectiveOn < DUTY_BEGINS) ||
      (type === 'EntryCorrected' && early(data)),
  );
}

function differencesOn(
  day: Day,
  judged: Judgement,
  assessment: EpisodeAssessment | undefined,
  figures: ReturnType<typeof figureStretches>,
  judge: Judge,
): readonly Difference[] {
  const found: Difference[] = [];
  const compare = (what: string, product: unknown, judge: unknown): void => {
    if (JSON.stringify(product) !== JSON.stringify(judge)) found.push({ on: formatDay(day), what, product, judge });
  };
  const ongoing = assessment?.ongoing !== undefined && holds(assessment.ongoing, day);
  compare('ongoing', ongoing, judged.ongoing);
  const segments = (assessment?.segments ?? []).filter((segment) => isCompared(segment.rule) && holds(segment, day));
  compare(
    'statuses',
    segments.map(keyOf).sort(),
    judged.statuses
      .filter(({ rule }) => isCompared(rule))
      .map(keyOf)
      .sort(),
  );
  const figure = figures.find((each) => holds(each, day));
  compare(
    'figures',
    [...comparedFigures(figuresIn(figure?.figures ?? '0'))].sort(),
    [...comparedFigures(judged.figures)].sort(),
  );
  if (assessment !== undefined && ongoing && found.length === 0) {
    const [judgedInterval] = assessment.judged.filter((interval) => holds(interval, day));
    compare('judged', judgedInterval !== undefined, judged.judged);
    compare('local', judgedInterval?.local ?? false, judged.local);
    compare(
      'unit',
      assessment.units.filter((each) => holds(each, day)).map((each) => each.unit),
      [judged.unit],
    );
    compare('state', stateOn(assessment, day), judged.state);
    compare(
      'primary',
      assessment.primary.filter((each) => holds(each, day)).map((each) => each.assignment),
      judged.primary === undefined ? [] : [judged.primary],
    );
    compare('contacts', contactsOn(assessment, day).map(contactKey).sort(), judged.contacts.map(contactKey).sort());
    if (isCompared('ANSWERS')) {
      compare(
        'change requests',
        heldOn(assessment, 'changeRequests', 'request', day),
        judged.changeRequests.map(({ request }) => request).sort(),
      );
      compare(
        'booked meeting',
        heldOn(assessment, 'bookedMeetings', 'on', day),
        judged.meetingOn === undefined ? [] : [judged.meetingOn],
      );
    }
    const answer = segments.find((segment) => segment.rule === 'ANSWER');
    compare(
      "no answers that ANSWER's evidence leaves out",
      judged.noAnswers.filter((id) => !answer || !evidenceAt(answer, day).includes(id)),
      [],
    );
    for (const segment of segments) {
      if (segment.status !== 'DUE' && !(segment.status === 'MET' && DATED_WHILE_MET.includes(segment.rule))) continue;
      const same = judged.statuses.find((each) => keyOf(each) === keyOf(segment));
      compare(`dueOn of ${keyOf(segment)}`, written(dueOnAt(segment, day)), written(same?.dueOn));
      const atEnd = dueOnAtEnd(segment, judge);
      compare(`dueOn at the end of ${keyOf(segment)}`, written(segment.dueOn), written(atEnd));
    }
  }
  return found;
}

/**
 * A run may outlast the entry that began it (a follow-up held before the last one fell due). What is *still* in time is
 * said by its last day; a run without an end has no last day that is in time.
 */
function dueOnAtEnd(segment: Segment, judge: Judge): Day | undefined {
  if (segment.to === undefined) return undefined;
  return judge.on(segment.to - 1).statuses.find((each) => keyOf(each) === keyOf(segment))?.dueOn;
}

function written(day: Day | undefined): string | undefined {
  return day === undefined ? undefined : formatDay(day);
}

/** What tells segments apart; "kind splits TITLE segments alone". */
function keyOf(of: Segment | JudgedStatus): string {
  const kind = of.rule === 'TITLE' && isCompared('KIND') ? String(Reflect.get(of, 'kind')) : '-';
  return [of.rule, of.assignment ?? '-', of.status, of.titleBasis ?? '-', kind].join(' ');
}

/** A field of each of the intervals of an assessment that hold on a day: what is told of a unit's list is read off it like everything else. */
export function heldOn(assessment: EpisodeAssessment, intervals: string, field: string, day: Day): readonly unknown[] {
  const told = Reflect.get(assessment, intervals) as readonly Interval[];
  return told
    .filter((each) => holds(each, day))
    .map((each): unknown => Reflect.get(each, field))
    .sort();
}

function contactKey(of: {
  readonly assignment: string;
  readonly staff: string;
  readonly role: string;
  readonly absent: boolean;
  readonly titleBasis?: string;
}): string {
  return [of.assignment, of.staff, of.role, of.absent, (isCompared('TITLE') && of.titleBasis) || '-'].join(' ');
}

/** Whether an interval holds on a day. */
export function holds(interval: Interval, day: Day): boolean {
  return interval.from <= day && (interval.to === undefined || day < interval.to);
}

/** A segment is a *longest* run: empty ones, and two that touch and say the same, are wrong by themselves. */
function malformedSegments(segments: readonly Segment[]): readonly Difference[] {
  const wrong = (segment: Segment, what: string): Difference => ({
    on: formatDay(segment.from),
    what,
    product: keyOf(segment),
    judge: undefined,
  });
  const empty = segments
    .filter((segment) => segment.to !== undefined && segment.to <= segment.from)
    .map((segment) => wrong(segment, 'empty segment'));
  const split = segments
    .filter((segment) => segments.some((next) => segment.to === next.from && keyOf(segment) === keyOf(next)))
    .map((segment) => wrong(segment, 'not a longest run'));
  return [...empty, ...split];
}

/** Evidence is what was known: every id of it names an entry that existed at T, and stands in it once. */
function strayEvidence(segments: readonly Segment[], dossier: Dossier): readonly Difference[] {
  const known = new Set(streamsOf(dossier).flatMap((entries) => entries.map((entry) => entry.id)));
  return segments
    .filter(({ evidence }) => new Set(evidence).size !== evidence.length || evidence.some((id) => !known.has(id)))
    .map((segment) => ({
      on: formatDay(segment.from),
      what: `evidence of ${keyOf(segment)}`,
      product: segment.evidence,
      judge: 'each known entry once',
    }));
}

/** A segment has the kind of its first day, and where that is LOCAL the basis of the policy of that day. */
function otherKinds(segments: readonly Segment[], judge: Judge): readonly Difference[] {
  if (!isCompared('KIND')) return [];
  return segments
    .filter(({ rule }) => isCompared(rule))
    .flatMap((segment) => {
      const judgement = judge.on(segment.from);
      const kind = judgement.statuses.find((each) => keyOf(each) === keyOf(segment))?.kind;
      const expected = { kind, basis: kind === 'LOCAL' ? judgement.policyBasis : undefined };
      const told = { kind: Reflect.get(segment, 'kind') as unknown, basis: Reflect.get(segment, 'basis') as unknown };
      return isDeepStrictEqual(told, expected)
        ? []
        : [{ on: formatDay(segment.from), what: `kind of ${keyOf(segment)}`, product: told, judge: expected }];
    });
}

function streamsOf(dossier: Dossier): readonly (readonly Entry[])[] {
  return [
    dossier.entries,
    ...dossier.staff.values(),
    ...dossier.recipients.values(),
    ...dossier.units.values(),
    ...dossier.policies.values(),
  ];
}

/** Every day that any entry of the dossier names, in its header or its data. */
function mentioned(dossier: Dossier): ReadonlySet<Day> {
  const days = new Set<Day>();
  const look = (value: unknown): void => {
    if (typeof value === 'string') {
      const day = parseDay(value);
      if (day !== undefined) days.add(day);
    } else if (typeof value === 'object' && value !== null) Object.values(value).forEach(look);
  };
  for (const entries of streamsOf(dossier)) {
    for (const entry of entries) {
      look(entry.effectiveOn);
      look(entry.data);
    }
  }
  return days;
}
