import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Facts } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { careOf } from '../../compliance-rules/situation/care.js';
import { mustExist } from '../../judgement/answer-problems.js';
import { personIds } from '../../judgement/person/person.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { etagOf } from '../../kernel/http/etag.js';
import type { SealedAt } from '../../kernel/observability/evidence.js';
import { OBSERVED, type Observed } from '../../kernel/observability/observed.js';
import { civilDayOf } from '../../kernel/time/clock.js';
import { type Day, dayOf, formatDay } from '../../kernel/time/day.js';
import { listedPersons } from '../listed-persons.js';
import { heldOn } from '../on-day.js';
import { type Inspection, inspectionOn } from './decided-access.js';
import { type Sampled, sampleOf } from './inspection-sample.js';

/** The persons of a sample are so many at most. */
export const MOST_SAMPLED = 50;

/** A checkpoint, as far as a sample follows from it. */
export interface SampleCheckpoint {
  /** So many events are under it. */
  readonly size: number;
  /** Their root, in hex. */
  readonly root: string;
  readonly at: string;
}

export interface InspectionSampleAnswer {
  readonly inspection: string;
  readonly on: string;
  /** How the inspection goes on that day; absent when it does not. */
  readonly goesOn?: Inspection;
  /** Absent until the opening of the inspection is under a checkpoint that this server knows of. */
  readonly sample?: InspectionSample;
}

export interface InspectionSample {
  readonly checkpoint: SampleCheckpoint;
  /** The day of the checkpoint: drawn are persons with care in the units of the inspection that day, as known by it. */
  readonly careOn: string;
  /** How many could be drawn. */
  readonly population: number;
  readonly persons: readonly Sampled[];
  /** So many more were drawn, whose data are protected and not named by the inspection. */
  readonly withheld: number;
}

/** A random sample of the persons whom an inspection is about. */
export class GetInspectionSample extends Query<InspectionSampleAnswer> {
  /** @param on `YYYY-MM-DD` @param size from 1 to {@link MOST_SAMPLED} */
  constructor(
    readonly inspection: string,
    readonly on: string,
    readonly size: number,
  ) {
    super();
  }
}

@QueryHandler(GetInspectionSample)
export class GetInspectionSampleHandler implements IQueryHandler<GetInspectionSample> {
  constructor(
    @Inject(READ_SIDE) private readonly reads: ReadSide,
    @Inject(OBSERVED) private readonly observed: Observed,
  ) {}

  /** @throws Problem UNKNOWN_INSPECTION */
  async execute({ inspection, on, size }: GetInspectionSample): Promise<InspectionSampleAnswer> {
    await mustExist(this.reads, 'inspection', inspection);
    const history = await this.reads.streams.read(`inspection-${inspection}`);
    const [first] = history;
    const last = history.at(-1);
    const facts = new Facts(resolveEntries(history));
    const told = inspectionOn(inspection, facts, dayOf(on));
    const goesOn = told && last && { ...told, etag: etagOf(last.revision) };
    const opened = facts.of('InspectionOpened')[0];
    const checkpoint =
      first && this.observed.checkpoints().find(({ lastPosition }) => BigInt(lastPosition) >= first.position);
    return {
      inspection,
      on,
      ...(goesOn ? { goesOn } : {}),
      ...(opened && checkpoint ? { sample: await this.drawn(inspection, opened.data, checkpoint, size) } : {}),
    };
  }

  private async drawn(
    inspection: string,
    covers: {
      readonly controller: string;
      readonly units?: readonly string[];
      readonly recipients?: readonly string[];
    },
    { size: events, root, at, lastPosition }: SealedAt,
    size: number,
  ): Promise<InspectionSample> {
    const day = civilDayOf(at);
    const upTo = BigInt(lastPosition);
    const units = covers.units ?? (await this.reads.index.unitsOf(covers.controller));
    const drawable = await personIds(this.reads, await this.withCare(units, day, upTo), upTo);
    const named = covers.recipients && (await personIds(this.reads, covers.recipients, upTo));
    const within = named && new Set(named.values());
    const population = [...new Set(drawable.values())].filter((person) => within?.has(person) ?? true);
    const all = sampleOf({ root, inspection }, population, size);
    const persons = (await listedPersons(this.reads, all)).shown(all);
    return {
      checkpoint: { size: events, root, at },
      careOn: formatDay(day),
      population: population.length,
      persons,
      withheld: all.length - persons.length,
    };
  }

  /** Who has care in the units on a day, by the log up to a position. */
  private async withCare(units: readonly string[], day: Day, upTo: bigint): Promise<Set<string>> {
    const found = new Set<string>();
    for (const unit of units)
      for (const episode of await this.reads.index.episodesOfUnit(unit)) {
        const care = careOf(new Facts(resolveEntries(await this.reads.streams.read(`careEpisode-${episode}`, upTo))));
        if (!care || care.start.day > day || care.end <= day) continue;
        if (heldOn(care.units, day)?.value === unit) found.add(care.recipient);
      }
    return found;
  }
}
