import type { Scope } from '../../access/caller-scope.js';
import { unitResource } from '../../access/resources.js';
import { type UnitFacts, unitFacts } from '../../answers/current-state/unit-facts.js';
import { listedPersons } from '../../answers/listed-persons.js';
import { namesOfStreams } from '../../answers/text/names.js';
import { unprotectedStaff } from '../../answers/unprotected-staff.js';
import { Facts } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import { etagOf } from '../../kernel/http/etag.js';
import { isId } from '../../kernel/id-form.js';
import { onOneLine } from '../../kernel/safe-text.js';
import { civilDateOf, today } from '../../kernel/time/clock.js';
import { inWhichRole, whatFor, whatWasDone } from '../extract/words.js';
import type { Draw, DrawMethod, LogReviews } from './log-reviews.js';
import type { MarkedLook } from './mark-looks.js';
import { lastDayToReview, type Period, type ReviewStatus, reviewStatus } from './period.js';
import type { ReviewedSample } from './reviewed-sample.js';
import { NOT_TRIED_WORDS, type StandOut, toldStandOuts } from './stand-out.js';
import { leftToReview, maySign, type ReviewedReader, type Signer } from './who-may-sign.js';

/** The review of one month of one unit. */
export interface ToldMonth {
  readonly unit: string;
  readonly unitName: string;
  /** `YYYY-MM` */
  readonly month: string;
  readonly from: string;
  readonly to: string;
  readonly status: ReviewStatus;
  /** The last day on which it is in time. */
  readonly dueOn: string;
  /** Each draw, in the order in which it was made. */
  readonly draws: readonly ToldDraw[];
}

export interface ToldDraw {
  readonly id: string;
  readonly etag: string;
  readonly drawnAt: string;
  readonly method: DrawMethod;
  /** The days, or the ids of the readers, that the lot fell on. */
  readonly sample: readonly string[];
  readonly seedCheckpoint: string;
  /** Whether every look was gone through. */
  readonly signed: boolean;
  readonly signatures: readonly ToldSignature[];
  readonly contents?: DrawContents;
}

export interface ToldSignature {
  readonly at: string;
  readonly role: string;
  readonly outcome: string;
  /** Told with the contents alone. */
  readonly remarks?: string;
  readonly actions?: string;
}

/** What is in a sample. */
export interface DrawContents {
  /** Whether the draw comes out the same when it is made again now; undefined while no checkpoint says it. */
  readonly redone?: boolean;
  readonly looks: readonly ToldLook[];
  /** How many readers nobody who may has gone through yet. */
  readonly readersLeft: number;
  /** Whether who asks may sign for something of it. */
  readonly maySign: boolean;
  /** Swedish: which kinds were not looked for, and why. */
  readonly notTried: string;
}

/** What one reader did with one person on one day, in one way. */
export interface ToldLook {
  /** When it was done first. */
  readonly at: string;
  readonly times: number;
  readonly role: string;
  /** Who looked, where her data are not protected. */
  readonly reader?: string;
  readonly readerName?: string;
  /** Whom she looked at, where who asks may see that person. */
  readonly recipient?: string;
  readonly recipientName?: string;
  readonly what: string;
  readonly purpose: string;
  /** Without what would tell who is left out above. */
  readonly standsOut: readonly StandOut[];
}

/** The review of a month, without what is in the samples. @throws AccessLogUnavailable */
export async function toldMonth(reviews: LogReviews, facts: UnitFacts, period: Period): Promise<ToldMonth> {
  const draws = await reviews.drawsOf(facts.unit, period.month);
  return monthOf(reviews, facts, period, await Promise.all(draws.map((draw) => toldDraw(reviews, draw))));
}

/**
 * The same with what is in the samples.
 * @param scope what who asks may see
 * @param asking who asks; undefined for who signs nothing
 */
export async function toldMonthWhole(
  reviews: LogReviews,
  facts: UnitFacts,
  period: Period,
  scope: Scope,
  asking?: Signer,
): Promise<ToldMonth> {
  const draws: ToldDraw[] = [];
  for (const draw of await reviews.drawsOf(facts.unit, period.month)) {
    const looked = await reviews.sampleOf(draw);
    const readers = await looked.readers();
    draws.push({
      ...(await toldDraw(reviews, draw, readers)),
      signatures: await openedSignatures(reviews, draw),
      contents: await contentsOf(reviews, draw, { looked, readers }, scope, asking),
    });
  }
  return monthOf(reviews, facts, period, draws);
}

function monthOf(
  { reads: { clock } }: LogReviews,
  { unit, name }: UnitFacts,
  period: Period,
  draws: readonly ToldDraw[],
): ToldMonth {
  return {
    unit,
    unitName: onOneLine(name),
    ...period,
    status: reviewStatus(period, draws, today(clock)),
    dueOn: lastDayToReview(period),
    draws,
  };
}

/** @param readers those of its sample, where that was read already */
async function toldDraw(reviews: LogReviews, draw: Draw, readers?: readonly ReviewedReader[]): Promise<ToldDraw> {
  const { method, sample, seedCheckpoint } = draw.data;
  return {
    id: draw.id,
    etag: etagOf(draw.revision),
    drawnAt: draw.drawnAt,
    method,
    sample,
    seedCheckpoint,
    signed: await reviews.isDone(draw, readers),
    signatures: draw.signatures.map(({ at, actor, data: { outcome } }) => ({ at, role: actor.role, outcome })),
  };
}

async function openedSignatures({ reads }: LogReviews, draw: Draw): Promise<ToldSignature[]> {
  const history = await reads.log.open(await reads.streams.read(`logReview-${draw.id}`));
  const said = new Facts(resolveEntries(history)).of('LogReviewSigned');
  return draw.signatures.map(({ at, actor, data: { outcome } }, index) => {
    const { remarks, actions } = said[index]?.data ?? {};
    return {
      at,
      role: actor.role,
      outcome,
      ...(typeof remarks === 'string' ? { remarks } : {}),
      ...(typeof actions === 'string' ? { actions } : {}),
    };
  });
}

async function contentsOf(
  reviews: LogReviews,
  draw: Draw,
  { looked, readers }: { readonly looked: ReviewedSample; readonly readers: readonly ReviewedReader[] },
  scope: Scope,
  asking: Signer | undefined,
): Promise<DrawContents> {
  const { unit, from, method, sample } = draw.data;
  const signers = await reviews.signersOf(draw);
  const again = await reviews.drawn(unit, from.slice(0, 7), method);
  return {
    ...(again === undefined ? {} : { redone: String(again.sample) === String(sample) }),
    looks: await toldLooks(reviews, unit, await looked.marked(), scope),
    readersLeft: leftToReview(readers, signers).length,
    maySign: asking !== undefined && maySign(asking, readers, signers),
    notTried: NOT_TRIED_WORDS,
  };
}

/**
 * What stands out first, by what is told of it alone: else where a look stands would tell that something is withheld.
 * Then the rest; each in the order in which it was done.
 */
async function toldLooks(
  { reads }: LogReviews,
  unit: string,
  looks: readonly MarkedLook[],
  scope: Scope,
): Promise<ToldLook[]> {
  const groups = new Map<string, [MarkedLook, ...MarkedLook[]]>();
  for (const look of looks) {
    const { record, recipient, standsOut } = look;
    const { who, purpose, at } = record;
    const kinds = standsOut.map(({ kind }) => kind).join();
    const key = [civilDateOf(at), who.id, inWhichRole(record), recipient, whatWasDone(record), purpose, kinds].join(
      '\0',
    );
    const group = groups.get(key);
    if (group) group.push(look);
    else groups.set(key, [look]);
  }
  const staff = [...new Set(looks.flatMap(({ record: { who } }) => (who.kind === 'STAFF' ? [who.id] : [])))];
  // Within her own unit a colleague with protected data is known by name; outside it her role is all that is told.
  const named = new Set(await unprotectedStaff(reads, staff, unit));
  // Who has come to be protected since the look is hidden in it as everywhere else: the day of the look marks it alone.
  const listed = await listedPersons(reads, looks, scope);
  const persons = new Set(looks.map(({ recipient }) => recipient).filter((recipient) => listed.isShown(recipient)));
  const names = await namesOfStreams(reads, [
    ...[...named].map((id) => `staff-${id}`),
    ...[...persons].map((id) => `recipient-${id}`),
  ]);
  const nameOf = (id: string): string | undefined => (names.of(id) === id ? undefined : onOneLine(names.of(id)));
  const told = [...groups.values()].map(([first, ...more]): ToldLook => {
    const { record, recipient, standsOut } = first;
    const { id, kind } = record.who;
    const isHidden = kind === 'STAFF' && !named.has(id);
    const readerName = isHidden ? undefined : nameOf(id);
    const recipientName = persons.has(recipient) ? nameOf(recipient) : undefined;
    return {
      at: record.at,
      times: more.length + 1,
      role: inWhichRole(record),
      ...(isHidden ? {} : { reader: id }),
      ...(readerName === undefined ? {} : { readerName }),
      ...(persons.has(recipient) ? { recipient } : {}),
      ...(recipientName === undefined ? {} : { recipientName }),
      what: whatWasDone(record),
      purpose: whatFor(record),
      standsOut: toldStandOuts(standsOut, { reader: isHidden, recipient: !persons.has(recipient) }),
    };
  });
  return [
    ...told.filter(({ standsOut }) => standsOut.length > 0),
    ...told.filter(({ standsOut }) => standsOut.length === 0),
  ];
}

/** A unit that who asks may see; undefined for none, and for what lies outside her reach. */
export async function visibleUnit(reviews: LogReviews, unit: string, scope: Scope): Promise<UnitFacts | undefined> {
  if (!isId(unit)) return undefined;
  const place = await unitResource(reviews.reads, unit);
  if (!place || !(scope.all || scope.unit(place))) return undefined;
  return unitFacts(reviews.reads.index.shared, unit, today(reviews.reads.clock));
}
