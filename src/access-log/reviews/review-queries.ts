import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler, type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { callScope } from '../../access/call-scope.js';
import { unknown } from '../../judgement/answer-problems.js';
import type { IfMatch } from '../../kernel/http/etag.js';
import { Problem } from '../../kernel/http/problem.js';
import type { RequestContext } from '../../kernel/http/request-context.js';
import { isId } from '../../kernel/id-form.js';
import type { StepAnswer } from '../../recording/step-command.js';
import type { StepBody } from '../../recording/step-body.js';
import { StepRecorder } from '../../recording/step-recorder.js';
import { accessLogProblems } from '../http/access-log-problems.js';
import { KnownReaders } from './known-readers.js';
import { type DrawMethod, LogReviews, reviewId } from './log-reviews.js';
import { drawStep, signStep } from './steps.js';
import { type ToldMonth, toldMonth, toldMonthWhole, visibleUnit } from './told-reviews.js';
import { isReviewed, maySign, type Signer } from './who-may-sign.js';

/** Who asks or signs: as whom she acts, and every staff member that she is. */
export interface Asking {
  readonly id: string;
  readonly role: string;
  readonly staff: readonly string[];
}

export interface ReviewsAnswer {
  readonly items: readonly ToldMonth[];
}

/** The months of units that the call may show, latest first; of one month of one unit also what is in its samples. */
export class ListLogReviews extends Query<ReviewsAnswer> {
  /** @param month `YYYY-MM` */
  constructor(
    readonly unit?: string,
    readonly month?: string,
    readonly asking?: Asking,
  ) {
    super();
  }
}

@QueryHandler(ListLogReviews)
export class ListLogReviewsHandler implements IQueryHandler<ListLogReviews> {
  constructor(@Inject(LogReviews) private readonly reviews: LogReviews) {}

  /** @throws Problem UNKNOWN_UNIT; AccessLogUnavailable */
  async execute({ unit, month, asking }: ListLogReviews): Promise<ReviewsAnswer> {
    const scope = callScope();
    const wanted = ({ month: of }: { readonly month: string }): boolean => month === undefined || of === month;
    const items: ToldMonth[] = [];
    if (unit === undefined) {
      if (!this.reviews.reviewed) return { items };
      for await (const { facts, place } of this.reviews.units()) {
        if (!scope.all && !scope.unit(place)) continue;
        for (const period of (await this.reviews.monthsOf(facts)).filter(wanted))
          items.push(await toldMonth(this.reviews, facts, period));
      }
    } else {
      const facts = await visibleUnit(this.reviews, unit, scope);
      if (!facts) throw unknown('unit', unit);
      const signer = asking && (await signerOf(this.reviews, asking));
      for (const period of (await this.reviews.monthsOf(facts)).filter(wanted))
        items.push(
          month === undefined
            ? await toldMonth(this.reviews, facts, period)
            : await toldMonthWhole(this.reviews, facts, period, scope, signer),
        );
    }
    return { items: items.sort((a, b) => (a.month < b.month ? 1 : a.month > b.month ? -1 : 0)) };
  }
}

/** Draws what is to be reviewed of a month. */
export class DrawLogReview extends Command<StepAnswer> {
  constructor(
    readonly context: RequestContext,
    readonly unit: string,
    readonly month: string,
    readonly method: DrawMethod,
  ) {
    super();
  }
}

@CommandHandler(DrawLogReview)
export class DrawLogReviewHandler implements ICommandHandler<DrawLogReview> {
  constructor(
    @Inject(LogReviews) private readonly reviews: LogReviews,
    private readonly recorder: StepRecorder,
  ) {}

  /** @throws Problem for everything for which nothing is drawn */
  async execute({ context, unit, month, method }: DrawLogReview): Promise<StepAnswer> {
    const { reviews } = this;
    if (!reviews.reviewed) throw new Problem(accessLogProblems.LOG_REVIEWS_OFF);
    const facts = await visibleUnit(reviews, unit, callScope());
    if (!facts) throw unknown('unit', unit);
    const months = await reviews.monthsOf(facts);
    if (!months.some((one) => one.month === month)) throw new Problem(accessLogProblems.MONTH_NOT_REVIEWED);
    const data = await reviews.drawn(unit, month, method);
    if (!data) throw new Problem(accessLogProblems.MONTH_NOT_SEALED);
    const before = await reviews.drawsOf(unit, month);
    if (before.some((draw) => draw.data.method === method && String(draw.data.sample) === String(data.sample)))
      throw new Problem(accessLogProblems.ALREADY_DRAWN);
    // Of two who draw at a time, both after the same draws, one finds the id taken.
    const id = reviewId(unit, month, before.length + 1);
    return recorded(
      await this.recorder.record(drawStep, {
        context,
        params: {},
        body: { id, ...data } as StepBody,
        dryRun: false,
      }),
    );
  }
}

/** What somebody says who has gone through a review. */
export interface ReviewSaid {
  readonly outcome: string;
  readonly remarks?: string;
  readonly actions?: string;
}

/** Signs a review for the looks that its signer may go through. */
export class SignLogReview extends Command<StepAnswer> {
  constructor(
    readonly context: RequestContext,
    readonly review: string,
    readonly said: ReviewSaid,
    readonly ifMatch: IfMatch | undefined,
  ) {
    super();
  }
}

@CommandHandler(SignLogReview)
export class SignLogReviewHandler implements ICommandHandler<SignLogReview> {
  constructor(
    @Inject(LogReviews) private readonly reviews: LogReviews,
    private readonly recorder: StepRecorder,
  ) {}

  /** @throws Problem for everything for which it is not signed */
  async execute({ context, review, said, ifMatch }: SignLogReview): Promise<StepAnswer> {
    const { reviews } = this;
    if (!reviews.reviewed) throw new Problem(accessLogProblems.LOG_REVIEWS_OFF);
    const draw = await reviews.draw(review);
    if (!draw) throw unknown('logReview', review);
    const { actor, acting } = context;
    const signer = await signerOf(reviews, { ...actor, staff: acting?.staff ?? [] });
    const readers = await (await reviews.sampleOf(draw)).readers();
    const before = await reviews.signersOf(draw);
    if (isReviewed(readers, before)) throw new Problem(accessLogProblems.REVIEW_SIGNED);
    if (!maySign(signer, readers, before)) throw new Problem(accessLogProblems.REVIEW_NOT_YOURS);
    const by = await staffAmong(reviews, [actor.id, ...(acting?.staff ?? [])]);
    const { outcome, remarks, actions } = said;
    return recorded(
      await this.recorder.record(signStep, {
        context,
        params: { id: review },
        body: {
          ...(by === undefined ? {} : { by }),
          outcome,
          ...(remarks === undefined ? {} : { remarks }),
          ...(actions === undefined ? {} : { actions }),
        } as StepBody,
        ...(ifMatch === undefined ? {} : { ifMatch }),
        dryRun: false,
      }),
    );
  }
}

/** Somebody by all ids that the register knows her by: who signs as one is not another than who looked. */
async function signerOf({ reads }: LogReviews, { id, role, staff }: Asking): Promise<Signer> {
  const known = new KnownReaders(reads);
  const ids = new Set<string>();
  for (const one of [id, ...staff]) for (const same of await known.idsOf(one)) ids.add(same);
  return { role, ids };
}

async function staffAmong({ reads }: LogReviews, ids: readonly string[]): Promise<string | undefined> {
  for (const id of ids) if (isId(id) && (await reads.streams.read(`staff-${id}`)).length > 0) return id;
  return undefined;
}

function recorded(result: Awaited<ReturnType<StepRecorder['record']>>): StepAnswer {
  if (!('answer' in result)) throw new Error('what is recorded of a review is not previewed');
  return result.answer;
}
