import { dayOf, type Day } from '../../../src/kernel/time/day.js';
import type { CareForm, Dossier } from '../../../src/compliance-rules/model.js';
import { by, factsOf, isRecord, last, list, perDay, text, type Fact } from './facts.js';

/** Policy values and their defaults (contract §4). */
const DEFAULTS = {
  offerTargetDays: 14,
  answerTargetDays: 14,
  assignTargetDays: 14,
  planTargetDays: 30,
  signTargetDays: 14,
  recordTargetDays: 14,
  planFollowUpMaxMonths: 6,
  yearlyMonths: 12,
  allowTransition: true,
  residentialCareDuty: false,
  localRulesFor: [] as readonly string[],
};
export type Policy = typeof DEFAULTS;

const DUTY_HOME_CARE = dayOf('2022-07-01');
const DUTY_RESIDENTIAL_CARE = dayOf('2026-07-01');

/** The words that contract §3 defines before its rules, each asked of one day, for one episode as known at T. */
export class Case {
  /** The episode's own facts, all days, in order. */
  readonly facts: readonly Fact[];
  readonly start: Fact | undefined;
  private readonly streams: Record<'recipients' | 'staff' | 'units' | 'policies', Map<string, readonly Fact[]>>;

  constructor(dossier: Dossier, knownAt?: string) {
    const read = (map: Dossier['staff']) =>
      new Map([...map].map(([id, entries]) => [id, factsOf(entries, knownAt)] as const));
    this.facts = factsOf(dossier.entries, knownAt);
    this.start = this.facts.find((fact) => fact.type === 'CareEpisodeStarted');
    this.streams = {
      recipients: read(dossier.recipients),
      staff: read(dossier.staff),
      units: read(dossier.units),
      policies: read(dossier.policies),
    };
  }

  /** All facts of an employee's stream, any day, in order. */
  staff(id: string): readonly Fact[] {
    return this.streams.staff.get(id) ?? [];
  }

  get careForm(): CareForm | undefined {
    return this.start && (text(this.start, 'careForm') as CareForm);
  }

  /** "start ≤ D < the day of the first valid CareEpisodeEnded" */
  readonly ongoing = perDay((day: Day): boolean => {
    if (this.start === undefined || this.start.day > day) return false;
    return by(this.facts, day, 'CareEpisodeEnded').length === 0;
  });

  /**
   * "that of the last CareEpisodeStarted or CareEpisodeMovedUnit by then, on days before the start that of the start"
   */
  readonly unit = perDay((day: Day): string | undefined => {
    if (this.start === undefined) return undefined;
    if (day < this.start.day) return text(this.start, 'unit');
    const set = last(this.facts, day, 'CareEpisodeStarted', 'CareEpisodeMovedUnit');
    return set && text(set, 'unit');
  });

  /**
   * Whose policy holds: "the unit's commissionedBy, or its controller where none is named". A unit belongs to its
   * controller on every day.
   */
  readonly policyOwner = perDay((day: Day): string | undefined => {
    const unit = this.unit(day);
    const opened = this.streams.units.get(unit ?? '')?.find((fact) => fact.type === 'UnitOpened');
    return opened && (text(opened, 'commissionedBy') ?? text(opened, 'controller'));
  });

  /**
   * "the last PolicyAdopted by then …; where there is no such policy, the defaults" – and absent keys have the default.
   */
  readonly policy = perDay((day: Day): Policy => {
    const owner = this.policyOwner(day);
    const adopted = last(this.streams.policies.get(owner ?? '') ?? [], day, 'PolicyAdopted');
    const values = adopted?.data['values'];
    return isRecord(values) ? { ...DEFAULTS, ...values } : DEFAULTS;
  });

  /** "from CareEpisodePaused up to the next CareEpisodeResumed; a repeated one of either adds nothing" */
  readonly paused = perDay((day: Day): boolean => {
    return last(this.facts, day, 'CareEpisodePaused', 'CareEpisodeResumed')?.type === 'CareEpisodePaused';
  });

  readonly dutyDay = perDay((day: Day): boolean => {
    if (!this.ongoing(day)) return false;
    if (this.careForm === 'HOME_CARE') return day >= DUTY_HOME_CARE;
    if (this.careForm === 'RESIDENTIAL_CARE')
      return day >= DUTY_RESIDENTIAL_CARE && this.policy(day).residentialCareDuty;
    return false;
  });

  /** "no duty day, and policy localRulesFor names the form" */
  readonly localDay = perDay((day: Day): boolean => {
    if (!this.ongoing(day) || this.dutyDay(day)) return false;
    return this.careForm !== undefined && this.policy(day).localRulesFor.includes(this.careForm);
  });

  /** "an ongoing day that is either" */
  readonly judged = perDay((day: Day): boolean => this.dutyDay(day) || this.localDay(day));

  /** "recipients joined by merges, directly or through others, are one person throughout" */
  private recipients(): ReadonlySet<string> {
    const joined = new Set<string>();
    const own = this.start && text(this.start, 'recipient');
    if (own !== undefined) joined.add(own);
    for (let before = -1; before !== joined.size;) {
      before = joined.size;
      for (const [id, facts] of this.streams.recipients) {
        for (const merge of facts.filter((fact) => fact.type === 'RecipientMerged')) {
          const into = text(merge, 'into') ?? id;
          if (joined.has(id)) joined.add(into);
          if (joined.has(into)) joined.add(id);
        }
      }
    }
    return joined;
  }

  /** "registered for the recipient on or before the day of the answer and `validTo` is not before it" */
  private entitled(representative: string | undefined, day: Day): boolean {
    for (const recipient of this.recipients()) {
      for (const fact of by(this.streams.recipients.get(recipient) ?? [], day, 'RepresentativeRegistered')) {
        if (representative === undefined || text(fact, 'representative') !== representative) continue;
        const validTo = text(fact, 'validTo');
        if (validTo === undefined || dayOf(validTo) >= day) return true;
      }
    }
    return false;
  }

  /** "OfferAccepted or OfferDeclined whose offer is not annulled …; one by a REPRESENTATIVE only if …" */
  private isAnswer(fact: Fact): boolean {
    if (fact.type !== 'OfferAccepted' && fact.type !== 'OfferDeclined') return false;
    const offered = this.facts.some(
      (other) => other.type === 'ContactOffered' && text(other, 'offer') === text(fact, 'offer'),
    );
    if (!offered) return false;
    return text(fact, 'answeredBy') !== 'REPRESENTATIVE' || this.entitled(text(fact, 'representative'), fact.day);
  }

  /** All answers by the day, in order of entries. */
  readonly answers = perDay((day: Day): readonly Fact[] =>
    this.facts.filter((fact) => fact.day <= day && this.isAnswer(fact)),
  );

  /** What was said to an offer by the day and is no answer. */
  noAnswers(offer: Fact, day: Day): readonly Fact[] {
    const said = by(this.facts, day, 'OfferAccepted', 'OfferDeclined').filter(
      (fact) => text(fact, 'offer') === text(offer, 'offer'),
    );
    return said.filter((fact) => !this.isAnswer(fact));
  }

  /** "Standing answer: the last answer." */
  standing(day: Day): Fact | undefined {
    return this.answers(day).at(-1);
  }

  standingYes(day: Day): boolean {
    return this.standing(day)?.type === 'OfferAccepted';
  }

  standingNo(day: Day): boolean {
    return this.standing(day)?.type === 'OfferDeclined';
  }

  /** The set of services at the end of a day; "on days before the start the set is that of the start". */
  private readonly services = perDay((day: Day): string => {
    const set =
      this.start && day < this.start.day ? this.start : last(this.facts, day, 'CareEpisodeStarted', 'ServicesChanged');
    return set === undefined ? '' : [...new Set(list(set, 'services'))].sort().join(' ');
  });

  /** "the last ObviousUnnecessityAssessed, until the first later day at whose end the *set* of services differs …" */
  readonly validAssessment = perDay((day: Day): boolean => {
    const assessed = last(this.facts, day, 'ObviousUnnecessityAssessed');
    if (assessed === undefined) return false;
    for (let later = assessed.day + 1; later <= day; later += 1) {
      if (this.services(later) !== this.services(assessed.day)) return false;
    }
    return true;
  });

  /** From this day on nothing more is known of pauses: what is paused then stays so. */
  private lastPauseFact(): Day {
    return Math.max(
      -Infinity,
      ...this.facts.filter((f) => f.type === 'CareEpisodePaused' || f.type === 'CareEpisodeResumed').map((f) => f.day),
    );
  }

  /**
   * "the first E such that N unpaused days lie in [S, E)"; undefined when a pause without an end keeps it from being
   * reached.
   */
  countEnd(from: Day, count: number): Day | undefined {
    let unpaused = 0;
    let end = from;
    while (unpaused < count) {
      if (this.paused(end)) {
        if (end >= this.lastPauseFact()) return undefined;
      } else unpaused += 1;
      end += 1;
    }
    return end;
  }

  /**
   * "a date … that falls on a paused day moves to the first day after the pause"; undefined when there is no such day.
   */
  afterPause(date: Day): Day | undefined {
    let day = date;
    while (this.paused(day)) {
      if (day >= this.lastPauseFact()) return undefined;
      day += 1;
    }
    return day;
  }
}
