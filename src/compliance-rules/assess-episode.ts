import { dayOf } from '../kernel/time/day.js';
import { type DatedVersion, RULES, versionsFor } from './catalogue.js';
import { firstDay, NO_FACTS } from './facts.js';
import { FOREVER, holds, intersect, runsOf, span, toInterval, until, valuesByDay } from './intervals.js';
import type { AssignmentPicture, Dossier, Entry, EpisodeAssessment, Segment } from './model.js';
import { StreamHistory } from './resolve-entries.js';
import type { Rule } from './rule.js';
import { segmentsOf } from './segments.js';
import { isYes } from './situation/answers.js';
import { validDays } from './situation/assessments.js';
import type { Assignment } from './situation/assignments.js';
import { ongoingDays } from './situation/care.js';
import { changeRequestsOf } from './situation/change-requests.js';
import { Kept } from './situation/kept.js';
import { planDeclinedDays } from './situation/plan-stretches.js';
import { SituationOverTime, type KnownFacts, type Situation } from './situation/situation.js';
import type { TitleStretch } from './situation/titles.js';

export interface AssessmentOptions {
  /** The last log position that is known: no entry behind it exists. Absent = all. */
  readonly upTo?: bigint;
  /** By rule id the version to judge with instead, so that an old report can be made again. */
  readonly ruleVersions?: Readonly<Record<string, string>>;
  /** The catalogue, when it is not the released one. */
  readonly rules?: readonly Rule[];
}

/** A dossier read once, to be assessed as known at many times. */
export class PreparedDossier {
  readonly episode: string;
  private readonly entries: StreamHistory;
  private readonly recipients: ReadonlyMap<string, StreamHistory>;
  private readonly staff: LazyHistories;
  private readonly units: LazyHistories;
  private readonly policies: LazyHistories;
  private readonly situation = new SituationOverTime();
  private readonly assessment = new Kept<EpisodeAssessment>();

  constructor(dossier: Dossier) {
    this.episode = dossier.episode;
    this.entries = new StreamHistory(dossier.entries);
    this.recipients = new Map([...dossier.recipients].map(([id, entries]) => [id, new StreamHistory(entries)]));
    this.staff = new LazyHistories(dossier.staff);
    this.units = new LazyHistories(dossier.units);
    this.policies = new LazyHistories(dossier.policies);
  }

  /**
   * The episode laid out as it was known; the same object as the last time where nothing is different.
   * @param upTo the last log position that is known; undefined = all
   */
  situationAt(upTo: bigint | undefined): Situation | undefined {
    return this.situation.at(this.known(upTo));
  }

  /** What the rules say of a situation; the same object as the last time where situation and rules are the same. */
  judged(
    situation: Situation,
    rules: readonly Rule[],
    versions: readonly (readonly DatedVersion[])[],
  ): EpisodeAssessment {
    return this.assessment.of([situation, ...rules, ...versions], () =>
      picture(
        this.episode,
        situation,
        rules.flatMap((rule, index) => judge(rule, versions[index]!, situation)),
      ),
    );
  }

  /** @param upTo the last log position that is known; default all */
  known(upTo?: bigint): KnownFacts {
    return {
      episode: this.entries.at(upTo),
      recipients: new Map([...this.recipients].map(([id, history]) => [id, history.at(upTo)])),
      staff: (id) => this.staff.of(id)?.at(upTo) ?? NO_FACTS,
      unit: (id) => this.units.of(id)?.at(upTo) ?? NO_FACTS,
      policy: (id) => this.policies.of(id)?.at(upTo) ?? NO_FACTS,
    };
  }
}

/** Streams by id, each read only when something asks for it. */
class LazyHistories {
  private readonly read = new Map<string, StreamHistory>();

  constructor(private readonly streams: ReadonlyMap<string, readonly Entry[]>) {}

  of(id: string): StreamHistory | undefined {
    let history = this.read.get(id);
    if (history) return history;
    const entries = this.streams.get(id);
    if (!entries) return undefined;
    history = new StreamHistory(entries);
    this.read.set(id, history);
    return history;
  }
}

/** Reads a dossier once for {@link assessAt}. The dossier's arrays must not change afterwards. */
export function prepare(dossier: Dossier): PreparedDossier {
  return new PreparedDossier(dossier);
}

/**
 * Judges an episode on all its days, past and to come, by what is known (contract §3). Pure.
 * @returns undefined when no valid start is known: then there is no episode
 */
export function assessAt(prepared: PreparedDossier, options: AssessmentOptions = {}): EpisodeAssessment | undefined {
  const situation = prepared.situationAt(options.upTo);
  if (!situation) return undefined;
  const rules = options.rules ?? RULES;
  const versions = rules.map((rule) => versionsFor(rule, options.ruleVersions?.[rule.id]));
  return prepared.judged(situation, rules, versions);
}

/** As {@link assessAt}, for a dossier that is assessed once. */
export function assessEpisode(dossier: Dossier, options: AssessmentOptions = {}): EpisodeAssessment | undefined {
  return assessAt(prepare(dossier), options);
}

function judge(rule: Rule, versions: readonly DatedVersion[], situation: Situation): Segment[] {
  if (situation.judged.length === 0) return [];
  const judgements = versions.map(({ version, days }) => ({
    version: version.version,
    days,
    pieces: version.evaluate(situation),
  }));
  const { duty, policy, judged } = situation;
  return segmentsOf(rule.id, judgements, judged, {
    kindOn: (day) => (rule.kind === 'STATUTORY' && holds(duty, day) ? 'STATUTORY' : 'LOCAL'),
    basisOn: (day) => policy.basisOn(day),
  });
}

function picture(episode: string, situation: Situation, segments: readonly Segment[]): EpisodeAssessment {
  const { care, facts, answers, assessments } = situation;
  const [ongoing] = ongoingDays(care);
  return {
    episode,
    recipient: care.recipient,
    careForm: care.careForm,
    ongoing: ongoing && toInterval(ongoing),
    units: care.units.flatMap((stretch) =>
      intersect([stretch], ongoingDays(care)).map((days) => until({ from: days.from, unit: stretch.value }, days.to)),
    ),
    judged: situation.judgedByKind.map(({ from, to, value }) => until({ from, local: value.local }, to)),
    paused: care.paused.map(toInterval),
    offeredFrom: firstDay(facts.of('ContactOffered')),
    planAgreedFrom: firstDay(facts.of('PlanAgreed')),
    standing: answers.standing.map(({ from, to, value }) =>
      until({ from, answer: isYes(value) ? ('YES' as const) : ('NO' as const) }, to),
    ),
    validAssessments: runsOf(validDays(assessments)).map(toInterval),
    assessed: runsOf(assessments.map(({ untilOffer }) => untilOffer)).map(toInterval),
    assignments: situation.assignments.map((assignment, index) => contactPicture(assignment, situation.titles[index]!)),
    contactPersons: situation.appointed.flatMap(({ start, from, id, staff }) =>
      span(start, from).map((days) => until({ from: days.from, assignment: id, staff }, days.to)),
    ),
    planDeclined: planDeclinedDays(situation).map(toInterval),
    changeRequests: openRequests(situation),
    bookedMeetings: bookedMeetings(situation),
    primary: situation.primary.map(({ from, to, value }) => until({ from, assignment: value.id }, to)),
    segments,
  };
}

function openRequests({ facts, assignments }: Situation): EpisodeAssessment['changeRequests'] {
  return changeRequestsOf(facts).flatMap(({ fact, closed }) => {
    const { request, assignment } = fact.data;
    const active = assignments.filter(({ id }) => id === assignment);
    const since = fact.day;
    return intersect(span(since, closed?.day ?? FOREVER), active).map(({ from, to }) =>
      until({ from, request, assignment, since }, to),
    );
  });
}

function bookedMeetings({ facts, care }: Situation): EpisodeAssessment['bookedMeetings'] {
  const steps = facts.of('PlanMeetingBooked', 'PlanMeetingHeld', 'PlanAgreed', 'PlanRevised');
  return valuesByDay(steps, (step) => step).flatMap(({ value, ...days }) =>
    value.type === 'PlanMeetingBooked'
      ? intersect([days], ongoingDays(care)).map(({ from, to }) =>
          until({ from, on: dayOf(value.data.on), event: value.id }, to),
        )
      : [],
  );
}

function contactPicture(assignment: Assignment, titles: readonly TitleStretch[]): AssignmentPicture {
  const picture = {
    from: assignment.from,
    assignment: assignment.id,
    staff: assignment.staff,
    role: assignment.role,
    absent: intersect(assignment.absent, [assignment]).map(toInterval),
    titles: titles.map(({ from, to, basis }) => until({ from, basis }, to)),
  };
  return until(picture, assignment.to);
}
