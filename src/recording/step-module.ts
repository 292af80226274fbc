import {
  Body,
  Controller,
  type DynamicModule,
  Headers,
  HttpStatus,
  Param,
  Post,
  Query,
  Res,
  type Type,
} from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { etagOf, parseIfMatch } from '../kernel/http/etag.js';
import { httpProblems } from '../kernel/http/http-problems.js';
import { parseIdempotencyKey } from '../kernel/http/idempotency-key.js';
import { Problem } from '../kernel/http/problem.js';
import { Access } from '../kernel/http/route-access.js';
import { Context, type RequestContext } from '../kernel/http/request-context.js';
import { validationPipe } from '../kernel/http/validation.js';
import { isId } from '../kernel/id-form.js';
import type { StepBody } from './step-body.js';
import { StepCommand, type StepRequest, type StepResult } from './step-command.js';
import { ApiStep, locationOf } from './step-docs.js';
import { StepQuery } from './step-query.js';
import { StepRecorder } from './step-recorder.js';
import { accessOfStep } from './step-access.js';
import type { Step } from './step.js';

/** The Nest module of a feature's steps: for each a command, its handler and its route, made from its declaration. */
export function stepModule(name: string, steps: readonly Step[]): DynamicModule {
  const made = steps.map((step) => {
    const command = commandOf(step);
    return { handler: handlerOf(step, command), controller: controllerOf(step, command) };
  });
  const module = named(class {}, `${name}StepsModule`);
  return {
    module,
    controllers: made.map(({ controller }) => controller),
    providers: made.map(({ handler }) => handler),
  };
}

type StepCommandType = new (request: StepRequest) => StepCommand;

const commands = new WeakMap<Step, StepCommandType>();

/** The class of a step's commands: one for each step, so that whoever puts it to the bus reaches its handler. */
export function commandOf(step: Step): StepCommandType {
  let command = commands.get(step);
  if (!command) commands.set(step, (command = named(class extends StepCommand {}, step.name)));
  return command;
}

function handlerOf(step: Step, command: StepCommandType): Type<ICommandHandler<StepCommand>> {
  @CommandHandler(command)
  class Handler implements ICommandHandler<StepCommand> {
    constructor(private readonly recorder: StepRecorder) {}

    execute({ request }: StepCommand): Promise<StepResult> {
      return this.recorder.record(step, request);
    }
  }
  return named(Handler, `${step.name}Handler`);
}

function controllerOf(step: Step, command: StepCommandType): Type<unknown> {
  @Controller(step.path)
  class StepController {
    constructor(private readonly bus: CommandBus) {}

    @Post()
    @Access(accessOfStep(step))
    @ApiStep(step)
    async record(
      @Context() context: RequestContext,
      @Param() params: Record<string, string>,
      @Headers() headers: Record<string, string | undefined>,
      @Query() query: StepQuery,
      @Body(validationPipe(step.body)) body: unknown,
      @Res({ passthrough: true }) reply: FastifyReply,
    ): Promise<unknown> {
      const result = await this.bus.execute(
        new command({
          context,
          params: pathIds(params),
          body: body as StepBody,
          ifMatch: parseIfMatch(headers['if-match']),
          idempotencyKey: parseIdempotencyKey(headers['idempotency-key']),
          dryRun: query.dryRun === 'true',
        }),
      );
      if ('preview' in result) {
        reply.status(HttpStatus.OK);
        return result.preview;
      }
      const { answer, replayed } = result;
      reply.headers({
        etag: etagOf(BigInt(answer.revision)),
        location: locationOf(step, answer.stream, answer.eventId),
        ...(replayed ? { 'idempotency-replayed': 'true' } : {}),
      });
      return answer;
    }
  }
  return named(StepController, `${step.name}Controller`);
}

/** @throws Problem NOT_FOUND when a parameter is no UUID: nothing has such an id */
function pathIds(params: Readonly<Record<string, string>>): Record<string, string> {
  for (const value of Object.values(params)) if (!isId(value)) throw new Problem(httpProblems.NOT_FOUND);
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, value.toLowerCase()]));
}

// Nest and the command bus tell classes apart by their names in messages and traces.
function named<C extends object>(type: C, name: string): C {
  return Object.defineProperty(type, 'name', { value: name });
}
