import { LRUCache } from 'lru-cache';
import { v5 } from 'uuid';
import type { PlaceResource } from '../../access/model.js';
import { unitResource } from '../../access/resources.js';
import { type UnitFacts, unitFacts } from '../../answers/current-state/unit-facts.js';
import { Facts } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import type { FactData } from '../../facts/event-catalogue.js';
import { everyStream } from '../../judgement/every-stream.js';
import type { ReadSide } from '../../judgement/read-side.js';
import type { Config } from '../../kernel/config/config.js';
import type { RecordedEvent } from '../../kernel/event-sourcing/envelope.js';
import { civilDateOf, today } from '../../kernel/time/clock.js';
import type { AccessLog } from '../access-log.js';
import { daySpan } from '../day-span.js';
import { drawnDay, drawnUsers, nameOfSeed } from './draw.js';
import { KnownReaders } from './known-readers.js';
import { type Period, periodOf, periodsToReview } from './period.js';
import { ReviewedSample, readersInPeriod } from './reviewed-sample.js';
import { type SeedConfig, seedAfter } from './seeds.js';
import { isReviewed, type ReviewedReader, type Signer } from './who-may-sign.js';

export type ReviewReads = Pick<ReadSide, 'index' | 'streams' | 'log' | 'keys' | 'clock'>;
export type ReviewConfig = SeedConfig & Pick<Config, 'auth'>;
export type DrawMethod = FactData['LogReviewDrawn']['method'];

/** A draw that was recorded, and who has signed what came of it. */
export interface Draw {
  readonly id: string;
  readonly revision: bigint;
  /** Instant, RFC 3339 UTC. */
  readonly drawnAt: string;
  readonly data: FactData['LogReviewDrawn'];
  readonly signatures: readonly Signature[];
}

export interface Signature {
  readonly at: string;
  readonly actor: RecordedEvent['actor'];
  readonly data: FactData['LogReviewSigned'];
}

/** Ids of reviews follow from what they are of: the same draw is never recorded twice by two at a time. */
const NAMESPACE = '0b1f7e52-6f0f-4a6b-8a55-6d1c0a0a9e23';

/** So many reviews are remembered as done. */
const MOST_REMEMBERED = 20_000;

/**
 * The reviews of the access log: which months of which units are to be reviewed, what was drawn, who has signed. Where
 * nobody signs in there are none: nothing says who looked.
 */
export class LogReviews {
  private firstDay: string | undefined;
  private readonly done = new LRUCache<string, true>({ max: MOST_REMEMBERED });

  constructor(
    readonly reads: ReviewReads,
    readonly log: AccessLog | undefined,
    private readonly config: ReviewConfig,
  ) {}

  /** The access log, where what is in it is reviewed; undefined where nobody signs in or none is kept. */
  get reviewed(): AccessLog | undefined {
    return this.config.auth === 'none' ? undefined : this.log;
  }

  /** The months that are over and are reviewed, oldest first. @throws AccessLogUnavailable */
  async months(): Promise<Period[]> {
    const began = await this.began();
    return began === undefined ? [] : periodsToReview(began, today(this.reads.clock));
  }

  /** Those of the months in which a unit was open. */
  async monthsOf({ openedOn, closedOn }: Pick<UnitFacts, 'openedOn' | 'closedOn'>): Promise<Period[]> {
    const months = await this.months();
    return months.filter(({ from, to }) => openedOn <= to && (closedOn === undefined || closedOn > from));
  }

  /** Every unit, in order of id, with what decides who may see it. */
  async *units(): AsyncIterable<{ readonly facts: UnitFacts; readonly place: PlaceResource }> {
    const { index } = this.reads;
    const on = today(this.reads.clock);
    for await (const unit of everyStream(index, 'unit')) {
      const facts = await unitFacts(index.shared, unit, on);
      const place = await unitResource(this.reads, unit);
      if (facts && place) yield { facts, place };
    }
  }

  /** What was drawn of a unit's month, in the order in which it was. */
  async drawsOf(unit: string, month: string): Promise<Draw[]> {
    const draws: Draw[] = [];
    for (let n = 1; ; n += 1) {
      const draw = await this.draw(reviewId(unit, month, n));
      if (!draw) return draws;
      draws.push(draw);
    }
  }

  /** A draw by its id; undefined for none. */
  async draw(id: string): Promise<Draw | undefined> {
    const history = await this.reads.streams.read(`logReview-${id}`);
    const facts = new Facts(resolveEntries(history));
    const [drawn] = facts.of('LogReviewDrawn');
    const [first] = history;
    const last = history.at(-1);
    if (!drawn || !first || !last) return undefined;
    const byId = new Map(history.map((event) => [event.id, event]));
    const signatures = facts.of('LogReviewSigned').flatMap(({ id: entry, data }) => {
      const event = byId.get(entry);
      return event ? [{ at: event.recordedAt, actor: event.actor, data }] : [];
    });
    return { id, revision: last.revision, drawnAt: first.recordedAt, data: drawn.data, signatures };
  }

  /**
   * What the draw of a month comes to, whoever reckons it.
   * @returns undefined while no checkpoint says it
   */
  async drawn(unit: string, month: string, method: DrawMethod): Promise<FactData['LogReviewDrawn'] | undefined> {
    const { from, to } = periodOf(month);
    const { to: after = '' } = daySpan(from, to);
    const seed = seedAfter(this.config, after);
    if (!seed || !this.log) return undefined;
    const draw = { unit, from, to, seed: seed.root };
    const sample =
      method === 'DAY'
        ? [drawnDay(draw)]
        : drawnUsers(draw, await readersInPeriod(this.reads, this.log, unit, { from, to }));
    return { unit, from, to, method, seedCheckpoint: nameOfSeed(seed), sample };
  }

  /** The looks that a draw is about. @throws AccessLogUnavailable */
  sampleOf({ data: { unit, from, to, method, sample } }: Draw): Promise<ReviewedSample> {
    if (!this.log) throw new Error('without an access log nothing is reviewed');
    return ReviewedSample.of(this.reads, this.log, { unit, period: { from, to }, method, drawn: sample });
  }

  /** Who has signed a draw, by all ids that they are known by. */
  signersOf({ signatures }: Draw): Promise<Signer[]> {
    const known = new KnownReaders(this.reads);
    return Promise.all(
      signatures.map(async ({ actor, data }) => ({
        role: actor.role,
        ids: new Set([...(await known.idsOf(actor.id)), ...(data.by === undefined ? [] : await known.idsOf(data.by))]),
      })),
    );
  }

  /** Whether every look of a draw was gone through. What once was is not asked about again. */
  async isDone(draw: Draw, readers?: readonly ReviewedReader[]): Promise<boolean> {
    if (draw.signatures.length === 0) return false;
    const key = `${draw.id} ${draw.revision}`;
    if (this.done.has(key)) return true;
    const looked = readers ?? (await (await this.sampleOf(draw)).readers());
    const done = isReviewed(looked, await this.signersOf(draw));
    if (done) this.done.set(key, true);
    return done;
  }

  /**
   * The first month of which a unit's review is not signed; undefined when all are. The log of it, and of what came after,
   * is kept.
   */
  async firstUnsigned(): Promise<string | undefined> {
    let first: string | undefined;
    for await (const { facts } of this.units())
      for (const { month } of await this.monthsOf(facts)) {
        if (first !== undefined && month >= first) break;
        const draws = await this.drawsOf(facts.unit, month);
        const done = draws.length > 0 && (await Promise.all(draws.map((draw) => this.isDone(draw)))).every(Boolean);
        if (!done) first = month;
      }
    return first;
  }

  /** The day on which the log began to tell who has signed in; what went since was reviewed before it went. */
  private async began(): Promise<string | undefined> {
    if (this.firstDay !== undefined || !this.reviewed) return this.firstDay;
    const disposed = await this.reviewed.disposed();
    const kept = disposed
      .map(({ before }) => before)
      .sort()
      .at(-1);
    if (kept !== undefined) return (this.firstDay = civilDateOf(kept));
    for await (const { record } of this.reviewed.read())
      if (record.who.level !== undefined) return (this.firstDay = civilDateOf(record.at));
    return undefined;
  }
}

/** The id of the nth draw of a unit's month, counted from one. */
export function reviewId(unit: string, month: string, n: number): string {
  return v5(`${unit}\0${month}\0${n}`, NAMESPACE);
}
