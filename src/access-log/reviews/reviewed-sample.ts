import { Facts } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import type { ReadSide } from '../../judgement/read-side.js';
import { civilDateOf } from '../../kernel/time/clock.js';
import { dayOf } from '../../kernel/time/day.js';
import type { AccessLog } from '../access-log.js';
import type { AccessRecord } from '../access-record.js';
import { daySpan } from '../day-span.js';
import { KnownReaders } from './known-readers.js';
import { type MarkedLook, markLooks } from './mark-looks.js';
import type { Period } from './period.js';
import { PersonsOfUnit, type SeenPerson } from './persons-of-unit.js';
import type { OrdinaryHours, Reader } from './stand-out.js';
import type { ReviewedReader } from './who-may-sign.js';

/** What is drawn of a unit's month: the days, or the ids of the readers. */
export interface Sample {
  readonly unit: string;
  readonly period: Pick<Period, 'from' | 'to'>;
  readonly method: 'DAY' | 'USERS';
  readonly drawn: readonly string[];
}

export type SampleReads = Pick<ReadSide, 'index' | 'streams' | 'log' | 'keys'>;

/** Time in which nobody stands out for the hour, where no controller has said another. */
const USUAL_HOURS: OrdinaryHours = { from: '06:00', to: '22:00' };

/** A look at one of a unit's persons. */
interface Look {
  readonly record: AccessRecord;
  readonly day: string;
  readonly recipient: string;
  readonly seen: SeenPerson;
}

/** What a review is about: the looks of a sample at a unit's persons, whoever looked, and every broken glass of the month. */
export class ReviewedSample {
  private constructor(
    private readonly reads: SampleReads,
    private readonly log: AccessLog,
    private readonly sample: Sample,
    private readonly looks: readonly Look[],
    private readonly known: KnownReaders,
  ) {}

  /** @throws AccessLogUnavailable, UnreadableEvent */
  static async of(reads: SampleReads, log: AccessLog, sample: Sample): Promise<ReviewedSample> {
    const persons = await PersonsOfUnit.of(reads, sample.unit);
    const looks: Look[] = [];
    for await (const { record } of log.read(daySpan(sample.period.from, sample.period.to))) {
      const day = civilDateOf(record.at);
      if (!isDrawn(sample, record, day)) continue;
      for (const recipient of record.persons) {
        const seen = await persons.on(recipient, day);
        if (seen) looks.push({ record, day, recipient, seen });
      }
    }
    return new ReviewedSample(reads, log, sample, looks, new KnownReaders(reads));
  }

  /** Those who looked, as it decides who may review what they did. */
  async readers(): Promise<ReviewedReader[]> {
    const managers = await this.managersOfUnit();
    const found = new Map<string, ReviewedReader>();
    for (const { record, day } of this.looks) {
      const { id, role } = record.who;
      const before = found.get(id);
      const { roles } = await this.readerOn(record.who, day);
      const held = (wanted: string): boolean => role === wanted || roles.some((one) => one.role === wanted);
      const ids = before?.ids ?? (await this.known.idsOf(id));
      found.set(id, {
        ids,
        isManager: before?.isManager || held('UNIT_MANAGER') || [...ids].some((one) => managers.has(one)),
        isSas: before?.isSas || held('SAS'),
      });
    }
    return [...found.values()];
  }

  /** The looks, oldest first, each with the reasons for which it stands out. */
  async marked(): Promise<MarkedLook[]> {
    const around: AccessRecord[] = [];
    const days = new Set(this.looks.map(({ day }) => day));
    for (const day of days) for await (const { record } of this.log.read(daySpan(day, day))) around.push(record);
    const readers = new Map<string, Reader>();
    for (const { record, day } of this.looks)
      readers.set(`${record.who.id} ${day}`, await this.readerOn(record.who, day));
    const seen = new Map(this.looks.map((look) => [`${look.recipient} ${look.day}`, look.seen]));
    const times = await this.timesInPeriod();
    return markLooks(
      [...new Set(this.looks.map(({ record }) => record))],
      (recipient, day) => seen.has(`${recipient} ${day}`),
      around,
      {
        reader: (id, day) => readers.get(`${id} ${day}`) ?? { roles: [], surnames: new Set() },
        seen: (recipient, day) => seen.get(`${recipient} ${day}`)!,
        timesInPeriod: (reader, recipient) => times.get(`${reader} ${recipient}`) ?? 0,
        ordinaryHours: await this.ordinaryHours(),
      },
    );
  }

  private readonly onDay = new Map<string, Promise<Reader>>();

  private readerOn(who: AccessRecord['who'], day: string): Promise<Reader> {
    const key = `${who.kind} ${who.id} ${day}`;
    let reader = this.onDay.get(key);
    if (!reader) this.onDay.set(key, (reader = this.known.on(who, day)));
    return reader;
  }

  /** Of those without care that goes on, how often each reader looked at them in the whole period. */
  private async timesInPeriod(): Promise<ReadonlyMap<string, number>> {
    const times = new Map<string, number>();
    for (const { record, recipient, seen } of this.looks) {
      const { id } = record.who;
      const key = `${id} ${recipient}`;
      if (seen.units.size > 0 || times.has(key)) continue;
      let count = 0;
      const span = daySpan(this.sample.period.from, this.sample.period.to);
      for await (const _ of this.log.read({ persons: [...seen.recipients], subject: id, ...span })) count += 1;
      times.set(key, count);
    }
    return times;
  }

  /** Everybody who was ever the unit's manager: the samordnare reviews her, whichever month it is. */
  private async managersOfUnit(): Promise<ReadonlySet<string>> {
    const facts = new Facts(resolveEntries(await this.reads.index.shared.read(`unit-${this.sample.unit}`)));
    return new Set([
      ...facts.of('UnitOpened').flatMap(({ data }) => data.manager ?? []),
      ...facts.of('UnitManagerAppointed').map(({ data }) => data.staff),
    ]);
  }

  private async ordinaryHours(): Promise<OrdinaryHours> {
    const { unit, period } = this.sample;
    const controller = (await this.reads.index.contextOf(`unit-${unit}`))?.controller;
    const history = await this.reads.index.shared.read(`policy-${controller ?? ''}`);
    const adopted = new Facts(resolveEntries(history)).of('AccessPolicyAdopted');
    return adopted.findLast((fact) => fact.day <= dayOf(period.to))?.data.values.ordinaryHours ?? USUAL_HOURS;
  }
}

/** A glass that was broken is always gone through, whatever was drawn. */
function isDrawn({ method, drawn }: Sample, { act, who }: AccessRecord, day: string): boolean {
  return act === 'BREAK_GLASS' || drawn.includes(method === 'DAY' ? day : who.id);
}

/** Everybody who looked at a unit's persons in a period, by her id in the log: whom a draw of users is among. */
export async function readersInPeriod(
  reads: SampleReads,
  log: AccessLog,
  unit: string,
  { from, to }: Pick<Period, 'from' | 'to'>,
): Promise<Set<string>> {
  const persons = await PersonsOfUnit.of(reads, unit);
  const readers = new Set<string>();
  for await (const { record } of log.read(daySpan(from, to))) {
    if (readers.has(record.who.id)) continue;
    const day = civilDateOf(record.at);
    for (const recipient of record.persons)
      if (await persons.on(recipient, day)) {
        readers.add(record.who.id);
        break;
      }
  }
  return readers;
}
