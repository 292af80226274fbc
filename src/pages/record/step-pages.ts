import { randomUUID } from 'node:crypto';
import { Controller, Get, HttpCode, Param, Post, Req, Res, type Type, UseInterceptors } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { h } from 'preact';
import { Question } from '../../answers/http/question.js';
import { GetNames } from '../../answers/text/get-names.js';
import { GetTimeline } from '../../answers/timeline/get-timeline.js';
import { eventCatalogue, type FactName } from '../../facts/event-catalogue.js';
import type { Actor } from '../../kernel/event-sourcing/envelope.js';
import type { Fields } from '../../kernel/event-sourcing/fields.js';
import { streamIdOf } from '../../kernel/event-sourcing/envelope.js';
import { ConsistencyInterceptor } from '../../kernel/http/consistency.js';
import { httpProblems } from '../../kernel/http/http-problems.js';
import { Problem } from '../../kernel/http/problem.js';
import { actorOf } from '../../kernel/http/request-context.js';
import { Access, type RouteAccess } from '../../kernel/http/route-access.js';
import { validationPipe } from '../../kernel/http/validation.js';
import { isId } from '../../kernel/id-form.js';
import { accessOfStep } from '../../recording/step-access.js';
import type { StepBody } from '../../recording/step-body.js';
import type { StepAnswer, StepPreview } from '../../recording/step-command.js';
import { commandOf } from '../../recording/step-module.js';
import type { Step } from '../../recording/step.js';
import { formOf } from '../form-of.js';
import { type ToldEntry, toldEntries } from '../history/told-entry.js';
import { answerPage } from '../html/render.js';
import { visitorOf } from '../visitor.js';
import { bodyFrom, type FormValues, valuesOf } from './form-fields.js';
import { formErrors } from './form-errors.js';
import { optionsFor } from './options.js';
import { ROUTINE_WORDS } from './routine-words.js';
import { type FormError, StepPage } from './step-page.js';
import { formOfStep, type StepForm } from './step-form.js';
import { type Subject, subjectOf } from './subject.js';

/** In whose name what a step would do is tried where nobody signs in. Nothing is recorded under it. */
const NOBODY: Actor = { id: 'nobody', role: 'PREVIEW' };

type Params = Readonly<Record<string, string>>;

/** What a form was sent with: what was typed, and what is done with it. */
interface Sent {
  readonly values: FormValues;
  readonly body: Record<string, unknown>;
  readonly revision: bigint | undefined;
  readonly key: string;
}

/** How a form is drawn again after it was sent. */
interface Outcome {
  readonly errors?: readonly FormError[];
  readonly preview?: StepPreview;
  readonly meanwhile?: readonly ToldEntry[];
  readonly asksWhyLate?: boolean;
}

/** The pages of one step: its form, and what becomes of it. They obey the same access as the step itself. */
export function stepPages(step: Step): Type<unknown> {
  const form = formOfStep(step);
  const access = accessOfStep(step);
  // Only who puts an entry right is shown what stands in it.
  const shows: RouteAccess['shows'] =
    step.records.corrects === undefined ? ['NAME', 'STATE'] : ['NAME', 'STATE', 'FREE_TEXT', 'IDENTITY'];

  @UseInterceptors(ConsistencyInterceptor)
  @ApiExcludeController()
  @Controller(['registrera', form.slug, ...form.params.map((name) => `:${name}`)].join('/'))
  class StepPages {
    constructor(
      readonly queries: QueryBus,
      readonly commands: CommandBus,
      readonly question: Question,
    ) {}

    @Access({ ...access, act: 'READ', shows })
    @Get()
    async open(
      @Param() params: Record<string, string>,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<string> {
      const given = idsIn(params);
      const today = this.question.day(undefined);
      const subject = await subjectOf(this.queries, step.path, given, today);
      const values = new URLSearchParams(request.query as Record<string, string>);
      const data = subject.entry?.data as Record<string, unknown> | undefined;
      if (step.records.corrects !== undefined && data) {
        for (const [name, value] of valuesOf(correctedFields(subject) ?? {}, data, 'data.')) values.append(name, value);
        values.set('effectiveOn', subject.entry?.effectiveOn ?? today);
      }
      if (!values.has('effectiveOn')) values.set('effectiveOn', today);
      return this.drawn(request, reply, given, subject, values, {});
    }

    @Access({ ...access, shows })
    @HttpCode(200)
    @Post()
    async send(
      @Param() params: Record<string, string>,
      @Req() request: FastifyRequest,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<string> {
      const given = idsIn(params);
      const values = formOf(request);
      const subject = await subjectOf(this.queries, step.path, given, this.question.day(undefined));
      const sent = sentBy(form, values, subject);
      try {
        const saves = values.get('gor') === 'spara' && visitorOf(request).signedIn;
        const preview = await this.tried(request, given, sent, subject);
        const late = preview.warnings.some(({ rule }) => rule === 'LATE_REASON');
        const asks = late || (values.get('lateReason') ?? '') !== '';
        if (!saves || (late && values.get('fragad') !== 'ja'))
          return await this.drawn(request, reply, given, subject, values, { preview, asksWhyLate: asks });
        const answer = await this.saved(request, given, sent, subject);
        reply.status(303).header('location', placeOf(step, subject, answer));
        return '';
      } catch (error) {
        if (!(error instanceof Problem) || error.type.status >= 500) throw error;
        return this.wrong(request, reply, given, subject, sent, error);
      }
    }

    /** What the step would do, on top of what stands there now. */
    private async tried(request: FastifyRequest, params: Params, sent: Sent, subject: Subject): Promise<StepPreview> {
      const result = await this.put(request, params, sent, subject, subject.revision, true);
      if ('preview' in result) return result.preview;
      throw new Error('a dry run recorded something');
    }

    private async saved(request: FastifyRequest, params: Params, sent: Sent, subject: Subject): Promise<StepAnswer> {
      const result = await this.put(request, params, sent, subject, sent.revision, false);
      if ('answer' in result) return result.answer;
      throw new Error('a step was only tried');
    }

    private async put(
      request: FastifyRequest,
      params: Params,
      { body, key }: Sent,
      { stream }: Subject,
      revision: bigint | undefined,
      dryRun: boolean,
    ) {
      const checked = (await validationPipe(step.body).transform(body, {
        type: 'body',
        metatype: step.body,
      })) as StepBody;
      const command = commandOf(step);
      return this.commands.execute(
        new command({
          context: {
            actor: visitorOf(request).signedIn ? actorOf(request) : NOBODY,
            correlationId: request.id,
          },
          params,
          body: checked,
          ...(revision === undefined
            ? params['id'] === undefined || stream !== undefined
              ? {}
              : { ifMatch: 'ANY' as const }
            : { ifMatch: { revisions: [revision] } }),
          idempotencyKey: key,
          dryRun,
        }),
      );
    }

    /** The form again, with what is wrong, or with what others wrote meanwhile; what was typed stands. */
    private async wrong(
      request: FastifyRequest,
      reply: FastifyReply,
      params: Params,
      subject: Subject,
      sent: Sent,
      problem: Problem,
    ): Promise<string> {
      if (problem.type === httpProblems.PRECONDITION_FAILED) {
        const meanwhile = await this.since(subject, sent.revision);
        const preview = await this.tried(request, params, sent, subject);
        return this.drawn(request, reply, params, subject, sent.values, {
          preview,
          meanwhile,
          asksWhyLate: sent.values.get('lateReason') !== null,
        });
      }
      const corrected = correctedFields(subject);
      const errors = formErrors(problem, { ...form.fields, ...corrected }, sent.values);
      return this.drawn(request, reply, params, subject, sent.values, {
        errors,
        asksWhyLate: sent.values.get('lateReason') !== null,
      });
    }

    /** What was written on the stream after the form was opened. */
    private async since({ recipient, stream }: Subject, revision: bigint | undefined): Promise<readonly ToldEntry[]> {
      if (recipient === undefined || revision === undefined) return [];
      const { entries, position } = await this.queries.execute(new GetTimeline(recipient, '9999-12-31'));
      const later = entries.filter((entry) => entry.stream === stream && BigInt(entry.revision) > revision);
      const named = later.map(({ eventId, ...entry }) => ({ ...entry, id: eventId }));
      return toldEntries(later, await this.queries.execute(new GetNames(named, [], position)));
    }

    private async drawn(
      request: FastifyRequest,
      reply: FastifyReply,
      params: Params,
      subject: Subject,
      values: FormValues,
      { errors = [], preview, meanwhile, asksWhyLate = false }: Outcome,
    ): Promise<string> {
      const corrected = correctedFields(subject);
      const isCorrection = step.records.corrects !== undefined;
      const fields = isCorrection ? without(form.fields, 'data') : form.fields;
      const today = this.question.day(undefined);
      const page = h(StepPage, {
        title: step.records.label,
        summary: `${step.summary}.`,
        routine: ROUTINE_WORDS[step.records.type as FactName] ?? [],
        action: ['/registrera', form.slug, ...form.params.map((name) => params[name] ?? '')].join('/'),
        subject,
        fields,
        ...(isCorrection && corrected ? { corrected } : {}),
        dayIsData: step.dayIsData ?? false,
        values,
        errors,
        options: await optionsFor(this.queries, { ...corrected, ...fields }, subject, today),
        ...(preview === undefined ? {} : { preview }),
        ...(meanwhile === undefined ? {} : { meanwhile }),
        asksWhyLate,
        hidden: {
          nyckel: values.get('nyckel') ?? randomUUID(),
          ...(subject.revision === undefined ? {} : { revision: revisionToKeep(values, subject, meanwhile) }),
        },
        visitor: visitorOf(request),
      });
      return answerPage(reply, page);
    }
  }
  return Object.defineProperty(StepPages, 'name', { value: `${step.name}Pages` });
}

/** What the form was opened on, until somebody has been shown what others wrote since. */
function revisionToKeep(
  values: FormValues,
  { revision }: Subject,
  meanwhile: readonly ToldEntry[] | undefined,
): string {
  const kept = values.get('revision');
  return meanwhile === undefined && kept !== null ? kept : String(revision);
}

/** @throws Problem NOT_FOUND when a parameter is no UUID: nothing has such an id */
function idsIn(params: Params): Params {
  for (const value of Object.values(params)) if (!isId(value)) throw new Problem(httpProblems.NOT_FOUND);
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value.toLowerCase()]));
}

function sentBy({ step, fields }: StepForm, values: URLSearchParams, subject: Subject): Sent {
  const revision = values.get('revision');
  const own = bodyFrom(fields, values);
  const day = (values.get('effectiveOn') ?? '').trim();
  const late = (values.get('lateReason') ?? '').trim();
  const body = {
    ...own,
    ...(step.records.corrects === undefined ? {} : rightData(values, subject)),
    ...(day === '' ? {} : { effectiveOn: day }),
    ...(late === '' ? {} : { lateReason: late }),
  };
  return {
    values,
    body,
    revision: revision !== null && /^\d{1,18}$/.test(revision) ? BigInt(revision) : undefined,
    key: values.get('nyckel') ?? '',
  };
}

/** The right data of a correction: those that stood there, with what the form says otherwise. Nothing where nothing differs. */
function rightData(values: FormValues, subject: Subject): { readonly data?: Record<string, unknown> } {
  const fields = correctedFields(subject);
  const stood = subject.entry?.data as Record<string, unknown> | undefined;
  if (!fields || !stood) return {};
  const kept = Object.fromEntries(Object.entries(stood).filter(([name]) => !Object.hasOwn(fields, name)));
  const said = bodyFrom(fields, values, 'data.');
  const before = bodyFrom(fields, new URLSearchParams(valuesOf(fields, stood, 'data.')), 'data.');
  return JSON.stringify(said) === JSON.stringify(before) ? {} : { data: { ...kept, ...said } };
}

/** What can be put right in an entry: its fields but for the ids that it brought into being. */
function correctedFields({ entry }: Subject): Fields | undefined {
  const type = entry === undefined ? undefined : eventCatalogue.get(entry.type);
  return (
    type && Object.fromEntries(Object.entries(type.fields).filter(([, field]) => field.traits.brings === undefined))
  );
}

function without(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([one]) => one !== name));
}

/** Where one goes when a step is saved. */
function placeOf({ path }: Step, subject: Subject, { stream, position }: StepAnswer): string {
  if (subject.recipient !== undefined) return `/personer/${subject.recipient}#h-${position}`;
  if (subject.stream !== undefined) return subject.back;
  const id = streamIdOf(stream);
  const opened: Readonly<Record<string, string>> = {
    recipients: `/personer/${id}`,
    staff: `/personal/${id}`,
    units: `/enheter/${id}`,
    'care-episodes': `/registrera/omsorgsperiod/${id}`,
  };
  return opened[path] ?? '/regler';
}
