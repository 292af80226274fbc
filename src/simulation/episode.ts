import type { Day } from '../kernel/time/day.js';
import type { HistoryLine } from './history-line.js';
import { Stream, type Entry, type LineOptions } from './ledger.js';
import { write } from './mishaps.js';
import type { Random } from './random.js';
import { LIGHT_SERVICES } from './recipient-rates.js';
import {
  type CareUnit,
  type Cohort,
  managerActor,
  managerOn,
  type Recipient,
  type Span,
  type Worker,
} from './world.js';

const UNKNOWN: Entry = { ref: '', at: Infinity };

/** What an episode is from its first day. */
export interface EpisodeTerms {
  readonly cohort: Cohort;
  readonly recipient: Recipient;
  readonly random: Random;
  readonly unit: CareUnit;
  readonly careForm: string;
  readonly start: Day;
  /** First day without care; may lie after the simulated period. */
  readonly end: Day;
}

/** A consent that somebody takes part. */
export interface Consent {
  readonly id: string;
  readonly given: Entry;
}

/**
 * One period of care as it is being written. Facts on or after its end are not written, nor what would rest on them,
 * so that the steps of the process need not look at the end themselves.
 */
export class Episode {
  readonly stream: Stream;
  readonly units: { readonly from: Day; readonly unit: CareUnit }[];
  readonly services: { readonly from: Day; readonly services: readonly string[] }[] = [];
  readonly pauses: Span[] = [];
  consent: Consent | undefined;
  consentToProfessionals: Consent | undefined;

  /** @param label tells the recipient's episodes apart */
  constructor(
    readonly terms: EpisodeTerms,
    label: string,
  ) {
    const { cohort, random, recipient, unit, start } = terms;
    this.stream = new Stream(
      cohort.scene.ledger,
      random,
      'careEpisode',
      random.uuid(),
      `e${recipient.index}${label}`,
      managerActor(unit, start),
    );
    this.units = [{ from: start, unit }];
  }

  /** Writes a fact of the process, with the mishaps people have. */
  write(type: string, on: Day, data: HistoryLine['data'], options?: LineOptions): Entry {
    if (!this.ongoing(on)) return UNKNOWN;
    return write(this.stream, this.terms.random, type, on, data, options);
  }

  /** Writes a fact without mishaps. */
  record(type: string, on: Day, data: HistoryLine['data'], options?: LineOptions): Entry {
    if (!this.ongoing(on)) return UNKNOWN;
    return this.stream.record(type, on, data, options);
  }

  /** The chance of one more kind of facts or fields, which leaves all other chance as it was. */
  chanceOf(kind: string): Random {
    return this.stream.aside(kind).random;
  }

  /** As {@link write}, of a kind with chance and refs of its own. */
  writeAside(kind: string, type: string, on: Day, data: HistoryLine['data'], options?: LineOptions): Entry {
    if (!this.ongoing(on)) return UNKNOWN;
    const aside = this.stream.aside(kind);
    return write(aside, aside.random, type, on, data, options);
  }

  /** As {@link record}, of a kind with chance and refs of its own. */
  recordAside(kind: string, type: string, on: Day, data: HistoryLine['data'], options?: LineOptions): Entry {
    return this.ongoing(on) ? this.stream.aside(kind).record(type, on, data, options) : UNKNOWN;
  }

  ongoing(day: Day): boolean {
    return this.terms.start <= day && day < this.terms.end;
  }

  unitOn(day: Day): CareUnit {
    return this.units.findLast(({ from }) => from <= day)?.unit ?? this.terms.unit;
  }

  servicesOn(day: Day): readonly string[] {
    return this.services.findLast(({ from }) => from <= day)?.services ?? [];
  }

  /** Whether only such services are left on the day as can make a contact obviously unnecessary. */
  lightOn(day: Day): boolean {
    return this.servicesOn(day).every((service) => LIGHT_SERVICES.includes(service));
  }

  managerOn(day: Day): Worker {
    return managerOn(this.unitOn(day), day);
  }

  /** The next day on which the care is not paused. */
  unpaused(day: Day): Day {
    return this.pauses.find(({ from, to }) => from <= day && day < to)?.to ?? day;
  }
}
