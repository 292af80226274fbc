import { dayOf, type Day } from '../../../src/kernel/time/day.js';
import type { Dossier } from '../../../src/compliance-rules/model.js';
import { by, factsOf, last, list, perDay, text, type Fact } from './facts.js';
import { policyOf, type Policy } from './policy.js';
import { isWeekday } from './weekdays.js';

const DUTY_HOME_CARE = dayOf('2022-07-01');
const DUTY_RESIDENTIAL_CARE = dayOf('2026-07-01');

/** The words that contract §3 defines before its rules, each asked of one day, for one episode; what is not known yet is not in the dossier. */
export class Case {
  /** The episode's own facts, all days, in order. */
  readonly facts: readonly Fact[];
  readonly start: Fact | undefined;
  private readonly streams: Record<'recipients' | 'staff' | 'units' | 'policies', Map<string, readonly Fact[]>>;

  constructor(dossier: Dossier) {
    const read = (map: Dossier['staff']) => new Map([...map].map(([id, entries]) => [id, factsOf(entries)] as const));
    this.facts = factsOf(dossier.entries);
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

  get careForm(): string | undefined {
    return this.start && text(this.start, 'careForm');
  }

  /** The day of the decision on the care, where the start names it. */
  decidedOn(): Day | undefined {
    const decided = this.start && text(this.start, 'decidedOn');
    return decided === undefined ? undefined : dayOf(decided);
  }

  /** "start ≤ D < the day of the first valid CareEpisodeEnded" */
  readonly ongoing = perDay((day: Day): boolean => {
    if (this.start === undefined || this.start.day > day) return false;
    return by(this.facts, day, 'CareEpisodeEnded').length === 0;
  });

  /** "that of the last CareEpisodeStarted or CareEpisodeMovedUnit by then, on days before the start that of the start" */
  readonly unit = perDay((day: Day): string | undefined => {
    if (this.start === undefined) return undefined;
    if (day < this.start.day) return text(this.start, 'unit');
    const set = last(this.facts, day, 'CareEpisodeStarted', 'CareEpisodeMovedUnit');
    return set && text(set, 'unit');
  });

  /** Whose policy holds: "the unit's commissionedBy, or its controller where none is named". A unit belongs to its controller on every day. */
  readonly policyOwner = perDay((day: Day): string | undefined => {
    const unit = this.unit(day);
    const opened = this.unitFacts(unit).find((fact) => fact.type === 'UnitOpened');
    return opened && (text(opened, 'commissionedBy') ?? text(opened, 'controller'));
  });

  /** "the last PolicyAdopted by then"; undefined where there is none. */
  readonly adopted = perDay((day: Day): Fact | undefined =>
    last(this.streams.policies.get(this.policyOwner(day) ?? '') ?? [], day, 'PolicyAdopted'),
  );

  /** The values that hold on a day for this care form; "where there is no such policy, the defaults". */
  readonly policy = perDay((day: Day): Policy => policyOf(this.adopted(day)?.data['values'], this.careForm));

  /** All facts of a unit's stream, any day, in order. */
  unitFacts(unit: string | undefined): readonly Fact[] {
    return this.streams.units.get(unit ?? '') ?? [];
  }

  /** "from CareEpisodePaused up to the next CareEpisodeResumed; a repeated one of either adds nothing" */
  readonly paused = perDay((day: Day): boolean => {
    return last(this.facts, day, 'CareEpisodePaused', 'CareEpisodeResumed')?.type === 'CareEpisodePaused';
  });

  /** "HOME_CARE and RESIDENTIAL_CARE only with a `legalGround` `SOL_…`" */
  readonly dutyDay = perDay((day: Day): boolean => {
    if (this.start === undefined || !this.ongoing(day)) return false;
    if (!text(this.start, 'legalGround')?.startsWith('SOL_')) return false;
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

  /**
   * Whether a representative is registered for the recipient on or before the day, and `validTo` is not before it.
   * @param representative whose; any, when it is undefined.
   */
  private registered(representative: string | undefined, day: Day): boolean {
    for (const recipient of this.recipients()) {
      for (const fact of by(this.streams.recipients.get(recipient) ?? [], day, 'RepresentativeRegistered')) {
        if (representative !== undefined && text(fact, 'representative') !== representative) continue;
        const validTo = text(fact, 'validTo');
        if (validTo === undefined || dayOf(validTo) >= day) return true;
      }
    }
    return false;
  }

  /** "REPRESENTATIVE whose `representative`, or where none is named any, is registered by E, with no `validTo` before E" */
  representativePresent(person: Readonly<Record<string, unknown>>, day: Day): boolean {
    const named = person['representative'];
    return person['kind'] === 'REPRESENTATIVE' && this.registered(typeof named === 'string' ? named : undefined, day);
  }

  /** "RECIPIENT, or a representative present on the day" */
  principal(person: Readonly<Record<string, unknown>>, day: Day): boolean {
    return person['kind'] === 'RECIPIENT' || this.representativePresent(person, day);
  }

  /** "OfferAccepted or OfferDeclined whose offer is not annulled …; one by a REPRESENTATIVE only if …" */
  private isAnswer(fact: Fact): boolean {
    if (fact.type !== 'OfferAccepted' && fact.type !== 'OfferDeclined') return false;
    const offered = this.facts.some(
      (other) => other.type === 'ContactOffered' && text(other, 'offer') === text(fact, 'offer'),
    );
    if (!offered) return false;
    if (text(fact, 'answeredBy') !== 'REPRESENTATIVE') return true;
    const representative = text(fact, 'representative');
    return representative !== undefined && this.registered(representative, fact.day);
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

  /** "the first OfferAccepted that is an answer", if it is dated on the day or before. */
  firstYes(day: Day): Fact | undefined {
    return this.answers(day).find((answer) => answer.type === 'OfferAccepted');
  }

  /** The first yes of the unbroken run of yeses, in order of entries, in which the standing answer is the last; undefined when that is no yes. */
  readonly firstYesOfRun = perDay((day: Day): Fact | undefined => {
    let first: Fact | undefined;
    for (const answer of this.answers(day)) {
      if (answer.type === 'OfferDeclined') first = undefined;
      else first ??= answer;
    }
    return first;
  });

  private foundFirstJudged: Day | undefined;

  /** The first judged day, asked on a day that is one. */
  firstJudgedDay(judged: Day): Day {
    if (this.foundFirstJudged === undefined) {
      let day = Math.min(this.start?.day ?? judged, judged);
      while (day < judged && !this.judged(day)) day += 1;
      this.foundFirstJudged = day;
    }
    return this.foundFirstJudged;
  }

  /** The set of services at the end of a day, each once and in one order; "on days before the start the set is that of the start". */
  readonly services = perDay((day: Day): readonly string[] => {
    const set =
      this.start && day < this.start.day ? this.start : last(this.facts, day, 'CareEpisodeStarted', 'ServicesChanged');
    return set === undefined ? [] : [...new Set(list(set, 'services'))].map(String).sort();
  });

  /** Whether the set of services at the end of one day is another than at the end of the other. */
  otherServices(one: Day, other: Day): boolean {
    return this.services(one).join(' ') !== this.services(other).join(' ');
  }

  /** "the last ObviousUnnecessityAssessed, until the first later day at whose end the *set* of services differs …" */
  readonly validAssessment = perDay((day: Day): boolean => {
    const assessed = last(this.facts, day, 'ObviousUnnecessityAssessed');
    if (assessed === undefined) return false;
    for (let later = assessed.day + 1; later <= day; later += 1) {
      if (this.otherServices(later, assessed.day)) return false;
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

  /** "the first E such that N unpaused days lie in [S, E)"; undefined when a pause without an end keeps it from being reached. */
  countEnd(from: Day, count: number): Day | undefined {
    return this.countOf(from, count, () => true);
  }

  /** As {@link countEnd}, with unpaused weekdays for unpaused days. */
  weekdayCountEnd(from: Day, count: number): Day | undefined {
    return this.countOf(from, count, isWeekday);
  }

  private countOf(from: Day, count: number, counts: (day: Day) => boolean): Day | undefined {
    let unpaused = 0;
    let end = from;
    while (unpaused < count) {
      if (this.paused(end)) {
        if (end >= this.lastPauseFact()) return undefined;
      } else if (counts(end)) unpaused += 1;
      end += 1;
    }
    return end;
  }

  /** "a date … that falls on a paused day moves to the first day after the pause"; undefined when there is no such day. */
  afterPause(date: Day): Day | undefined {
    let day = date;
    while (this.paused(day)) {
      if (day >= this.lastPauseFact()) return undefined;
      day += 1;
    }
    return day;
  }
}
