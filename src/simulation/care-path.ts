import { formatDay, type Day } from '../kernel/time/day.js';
import { Episode, type EpisodeTerms } from './episode.js';
import { FAR } from './ledger.js';
import { mend } from './mishaps.js';
import { runContactProcess } from './offers.js';
import type { Random } from './random.js';
import { agreeOnFunds } from './private-funds.js';
import { MISHAPS } from './rates.js';
import { ADDED_SERVICES, EPISODES, OTHER_SERVICES, SERVICE_MIXES } from './recipient-rates.js';
import { assessRisks } from './risks.js';
import { DECISIONS } from './routine-rates.js';
import { type CareUnit, type Cohort, loadedOn, otherUnit, perYear, type Recipient } from './world.js';

const LOADING_DAYS: readonly [number, number] = [1, 9];
const LABELS = 'abcdefgh';
const DEATH_KNOWN_DAYS: readonly [number, number] = [0, 3];
const END_AHEAD_DAYS = 15;
const SERVICES_AHEAD = 200;

/**
 * Writes a recipient's care from the first episode to the last, each with its contact process.
 * @param neighbour an episode in the same unit, in whose record something may land by mistake
 * @returns the first episode
 */
export function liveThrough(
  cohort: Cohort,
  unit: CareUnit,
  recipient: Recipient,
  random: Random,
  neighbour?: Episode,
): Episode {
  const first = start(cohort, unit, recipient, random, recipient.careForm, recipient.arrives, LABELS.charAt(0));
  run(first.episode, first.cause);
  if (neighbour && random.chance(MISHAPS.wrongRecipient)) landInWrongRecord(neighbour, first.episode, random);
  let current: { episode: Episode; cause: string } | undefined = first;
  for (let i = 1; i < LABELS.length && current; i += 1) {
    current = careAfter(cohort, current.episode, current.cause, random, LABELS.charAt(i));
    if (current) run(current.episode, current.cause);
  }
  return first.episode;
}

interface Begun {
  readonly episode: Episode;
  /** Why it will end. */
  readonly cause: string;
}

function start(
  cohort: Cohort,
  unit: CareUnit,
  recipient: Recipient,
  random: Random,
  careForm: string,
  on: Day,
  label: string,
): Begun {
  const { scene } = cohort;
  const leaves = on + random.spread(EPISODES.stayDays);
  const closed = unit.closes <= leaves && !otherUnit(cohort, unit, unit.closes, careForm, true, random);
  const terms: EpisodeTerms = {
    cohort,
    recipient,
    random,
    unit,
    careForm,
    start: on,
    end: closed ? unit.closes : leaves,
  };
  const episode = new Episode(terms, label);
  const services = random.weighted<readonly string[]>(careForm === 'HOME_CARE' ? SERVICE_MIXES : OTHER_SERVICES);
  episode.services.push({ from: on, services });
  const data = {
    recipient: recipient.id,
    unit: unit.id,
    careForm,
    legalGround: legalGround(careForm, random),
    services,
    ...decided(episode, on),
  };
  const known = on === scene.from ? loadedOn(scene, random, LOADING_DAYS) : on;
  episode.stream.record('CareEpisodeStarted', on, data, { after: [recipient.registered, unit.opened], known });
  return { episode, cause: closed ? 'PROVIDER_CHANGED' : random.weighted(EPISODES.endCauses) };
}

/** The day of the decision, where it is written down: the care is to begin soon after it. */
function decided(episode: Episode, on: Day): { decidedOn?: string } {
  const random = episode.chanceOf('decision');
  return random.chance(DECISIONS.named) ? { decidedOn: formatDay(on - random.spread(DECISIONS.daysBefore)) } : {};
}

function legalGround(careForm: string, random: Random): string {
  if (careForm === 'LSS') return 'LSS';
  return careForm === 'HOME_CARE' && random.chance(EPISODES.withoutAssessment)
    ? 'SOL_WITHOUT_ASSESSMENT'
    : 'SOL_NEEDS_ASSESSED';
}

function run(episode: Episode, cause: string): void {
  move(episode);
  pause(episode);
  changeServices(episode);
  assessRisks(episode);
  agreeOnFunds(episode);
  runContactProcess(episode);
  end(episode, cause);
}

function move(episode: Episode): void {
  const { cohort, random, start: from, end: until, careForm } = episode.terms;
  const wishes = perYear(random, EPISODES.movedUnitPerYear, from + 1, until);
  for (let day = from; ;) {
    const unit = episode.unitOn(day);
    const next = Math.min(unit.closes, wishes.find((wish) => wish > day) ?? FAR);
    if (next >= until) return;
    const to = otherUnit(cohort, unit, next, careForm, true, random);
    if (to) {
      episode.record('CareEpisodeMovedUnit', next, { unit: to.id }, { after: [to.opened] });
      episode.units.push({ from: next, unit: to });
    } else if (next === unit.closes) return;
    day = next;
  }
}

function pause(episode: Episode): void {
  const { random, start: from, end: until } = episode.terms;
  const hospital = perYear(random, EPISODES.hospitalPerYear, from + 1, until).map((on) => ({
    on,
    days: random.spread(EPISODES.hospitalDays),
    cause: 'HOSPITAL',
  }));
  const short = perYear(random, EPISODES.shortStayPerYear, from + 1, until).map((on) => ({
    on,
    days: random.within(EPISODES.shortStayDays),
    cause: 'SHORT_TERM_STAY',
  }));
  for (const { on, days, cause } of [...hospital, ...short].sort((a, b) => a.on - b.on)) {
    if (on <= (episode.pauses.at(-1)?.to ?? 0)) continue;
    const paused = episode.record('CareEpisodePaused', on, { cause });
    episode.record('CareEpisodeResumed', on + days, { cause }, { after: [paused] });
    episode.pauses.push({ from: on, to: on + days });
  }
}

function changeServices(episode: Episode): void {
  const { random, start: from, end: until } = episode.terms;
  for (const on of perYear(random, EPISODES.servicesChangePerYear, from + 1, until)) {
    const before = episode.servicesOn(on);
    const added = random.pick(ADDED_SERVICES);
    const shrinks = before.includes(added) && before.length > 1;
    const services = shrinks ? before.filter((service) => service !== added) : [...new Set([...before, added])];
    if (services.length === before.length) continue;
    const known = random.chance(SERVICES_AHEAD) ? on - 1 - random.below(7) : undefined;
    episode.write('ServicesChanged', on, { services }, { known });
    episode.services.push({ from: on, services });
  }
}

function end(episode: Episode, cause: string): void {
  const { random, end: on } = episode.terms;
  const known =
    cause === 'DEATH'
      ? on + random.within(DEATH_KNOWN_DAYS)
      : Math.max(episode.terms.start, on - random.below(END_AHEAD_DAYS));
  episode.stream.record('CareEpisodeEnded', on, { cause }, { known });
}

function careAfter(
  cohort: Cohort,
  { terms }: Episode,
  cause: string,
  random: Random,
  label: string,
): Begun | undefined {
  const next = destination(cohort, terms, cause, random);
  if (!next || next.on > cohort.scene.to || next.on >= next.unit.closes) return undefined;
  return start(cohort, next.unit, terms.recipient, random, next.careForm, next.on, label);
}

function destination(
  cohort: Cohort,
  terms: EpisodeTerms,
  cause: string,
  random: Random,
): { unit: CareUnit; careForm: string; on: Day } | undefined {
  const { unit, careForm, end: on } = terms;
  if (on > cohort.scene.to) return undefined;
  if (cause === 'PROVIDER_CHANGED') {
    const other =
      otherUnit(cohort, unit, on, careForm, false, random) ?? otherUnit(cohort, unit, on, careForm, true, random);
    return other && { unit: other, careForm, on };
  }
  if (cause === 'MOVED' && careForm === 'HOME_CARE' && random.chance(EPISODES.toResidentialCare)) {
    const home = cohort.units.find((other) => other.careForms.includes('RESIDENTIAL_CARE') && other.opens <= on);
    return home && { unit: home, careForm: 'RESIDENTIAL_CARE', on };
  }
  if (cause === 'DECISION_ENDED' && random.chance(EPISODES.careAgain))
    return { unit, careForm, on: on + random.within(EPISODES.careAgainAfterDays) };
  return undefined;
}

/** Something about one recipient was written in another's record, and was then moved. */
function landInWrongRecord(wrong: Episode, right: Episode, random: Random): void {
  const from = Math.max(wrong.terms.start, right.terms.start);
  const until = Math.min(wrong.terms.end, right.terms.end, right.terms.cohort.scene.to);
  if (from >= until) return;
  const on = from + random.below(until - from);
  const data = { form: 'PHONE', items: ['ROLE_CONTENT'], attendees: [{ kind: 'RECIPIENT' }] };
  const misplaced = wrong.record('InformationGiven', on, data);
  const moved = right.record('InformationGiven', on, data, { after: [misplaced] });
  mend(
    wrong.stream,
    random,
    'EntryAnnulled',
    misplaced,
    { cause: 'WRONG_RECIPIENT', reason: 'Hör till en annan person', movedTo: { ref: moved.ref } },
    [moved],
  );
}
