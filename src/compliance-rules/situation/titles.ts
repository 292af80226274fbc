import { dayOf, type Day } from '../../kernel/time/day.js';
import type { FactName } from '../../facts/event-catalogue.js';
import type { Fact, Facts } from '../facts.js';
import { FOREVER, intersect, runsOf, span, subtract, type Span } from '../intervals.js';
import type { TitleBasis } from '../model.js';
import type { PolicyByDay } from '../policy.js';
import { daysOutside } from './care.js';

/** Since when the one who has the assignment must hold the title (SFS 2022:388). */
export const TITLE_REQUIRED: Day = dayOf('2023-07-01');
/** The first day on which the transition provision holds no more: it holds "längst till och med den 30 juni 2033". */
export const TRANSITION_OVER: Day = dayOf('2033-07-01');

/** What an employee's title rests on, on a stretch of days. */
export interface TitleStretch extends Span {
  readonly basis: TitleBasis;
  readonly evidence: readonly string[];
  /** The law would let it rest on the transition provision; the controller's policy does not. */
  readonly againstPolicy?: true;
  /** On TRANSITION: the first day on which it would hold no more; FOREVER never occurs. */
  readonly basisEnds?: Day;
}

/** What decides on which days which evidence of a title is enough. */
export interface TitleLaw {
  readonly policy: PolicyByDay;
  /** Days on which certificate or transition are needed. On all others approved education is enough as well. */
  readonly strict: readonly Span[];
}

/** What an employee's titles rest on, as far as it stands. */
interface TitleEvidence {
  readonly certificate: { readonly id: string; readonly day: Day } | undefined;
  readonly transition: Fact | undefined;
  readonly education: Fact | undefined;
}

/**
 * An employee's facts are looked at for each assignment, at each knowledge time and under each policy; what they hold
 * of titles is the same.
 */
const evidenceOf = new WeakMap<Facts, TitleEvidence>();

/** The evidence that stands: what was withdrawn never was, whatever the withdrawal's day. */
function titleEvidence(employee: Facts): TitleEvidence {
  let evidence = evidenceOf.get(employee);
  if (evidence) return evidence;
  const withdrawn = new Set(employee.of('TitleVerificationWithdrawn').map(({ data }) => data.of));
  const standing = <N extends FactName>(type: N): readonly Fact<N>[] =>
    employee.of(type).filter(({ id }) => !withdrawn.has(id));
  const certificates = standing('TitleVerified').map((fact) => ({
    id: fact.id,
    day: dayOf(fact.data.certificateDate),
  }));
  evidence = {
    certificate: certificates.sort((a, b) => a.day - b.day)[0],
    transition: standing('TransitionStatusDocumented')[0],
    education: standing('ApprovedEducationRecorded')[0],
  };
  evidenceOf.set(employee, evidence);
  return evidence;
}

/**
 * An employee's title basis day by day (contract §3.1), within the given days and from 2023-07-01.
 * A certificate counts from its own date and a transition status always, whenever they were checked or documented;
 * approved education from the day it was recorded.
 * @returns disjoint stretches in order that together hold every day asked for
 */
export function titlesOf(employee: Facts, days: Span, { policy, strict }: TitleLaw): readonly TitleStretch[] {
  let open: readonly Span[] = span(Math.max(days.from, TITLE_REQUIRED), days.to);
  const found: TitleStretch[] = [];
  const take = (where: readonly Span[], basis: TitleBasis, evidence: readonly string[]): void => {
    for (const part of intersect(open, where)) found.push({ ...part, basis, evidence });
    open = subtract(open, where);
  };

  const { certificate, transition, education } = titleEvidence(employee);
  if (certificate) take(span(certificate.day, FOREVER), 'CERTIFICATE', [certificate.id]);

  if (transition) {
    const allowed = intersect(
      runsOf(policy.where((values) => values.allowTransition)),
      span(TITLE_REQUIRED, TRANSITION_OVER),
    );
    for (const run of allowed) {
      for (const part of intersect(open, [run]))
        found.push({ ...part, basis: 'TRANSITION', evidence: [transition.id], basisEnds: run.to });
    }
    open = subtract(open, allowed);
  }

  if (education)
    take(intersect(daysOutside(strict), span(education.day, FOREVER)), 'EMPLOYER_APPROVED', [education.id]);

  if (transition) {
    const forbidden = intersect(open, span(TITLE_REQUIRED, TRANSITION_OVER));
    for (const part of forbidden)
      found.push({ ...part, basis: 'TRANSITION', evidence: [transition.id], againstPolicy: true });
    open = subtract(open, forbidden);
  }

  take(open, 'NONE', []);
  return found.sort((a, b) => a.from - b.from);
}
