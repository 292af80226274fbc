import type { Type } from '@nestjs/common';
import type { FactName } from '../facts/event-catalogue.js';
import type { Proposed } from '../facts/proposed.js';
import { Facts } from '../compliance-rules/facts.js';
import type { Dossier } from '../compliance-rules/model.js';
import { resolveEntries } from '../compliance-rules/resolve-entries.js';
import type { Decide, Decision, RefusalType, Step as ProposedStep } from '../kernel/event-sourcing/decider.js';
import type { Actor, RecordedEvent } from '../kernel/event-sourcing/envelope.js';
import type { EventType } from '../kernel/event-sourcing/event-type.js';
import { bodyOf } from './body-of.js';
import type { StepBody } from './step-body.js';

/** What the state that a decider sees may be read from: the log as it stood before the step. */
export interface StateSources {
  /** The id of the stream that the step is for. */
  readonly id: string;
  /** That stream's entries. */
  readonly history: readonly RecordedEvent[];
  /** The data of the step. */
  readonly data: Readonly<Record<string, unknown>>;
  /** All that the step's episode rests on, the streams that the step itself names included; for steps on episodes. */
  readonly dossier: Dossier | undefined;
  /** Who puts the step. */
  readonly actor: Actor;
  read(stream: string): Promise<readonly RecordedEvent[]>;
  /** The stream in which an offer, an assignment … was brought into being. */
  definedIn(kind: string, id: string): Promise<string | undefined>;
}

/** A step of the process that can be recorded live: what its command, its route and its documentation need to know. */
export interface StepDeclaration {
  /** Names the command in code and in OpenAPI: verb first. */
  readonly name: string;
  /** The type of event that it is recorded as. */
  readonly records: EventType;
  /** Fields of the data that parameters of its path stand for, where the names differ. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Swedish: what it does. */
  readonly summary: string;
  /** Swedish: what a caller has to know besides. */
  readonly description?: string;
  /** A body that could be sent. */
  readonly example: Readonly<Record<string, unknown>>;
  /** The body's `effectiveOn` is a field of the data (the right day of a correction); the event's own day is today. */
  readonly dayIsData?: true;
  /** Values of fields that a body may leave out and the event may not. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  /** A person is brought into being once for their number: the refusal of another registration that does not say whose it is. */
  readonly onceForNumber?: RefusalType;
  /** Every reason for which its decider refuses. */
  readonly refusals?: readonly RefusalType[];
}

export interface StepOptions<N extends FactName, State> extends StepDeclaration {
  readonly records: EventType<N>;
  readonly decide: Decide<State, Proposed<N>>;
  readonly stateOf: (sources: StateSources) => State | Promise<State>;
}

/** A declared step, with its decider applied to whatever state it reads. */
export interface DecidedStep extends StepDeclaration {
  decideOn(proposed: ProposedStep, sources: StateSources): Promise<Decision>;
}

/** A step that can be posted. */
export interface Step extends DecidedStep {
  /**
   * Where it is posted, under /api/v1. `:id` is the stream's id; other parameters are fields of the data. With
   * `entries/:event` the stream is that of the entry.
   */
  readonly path: string;
  /** The class that checks its body: it follows from the event type and the path. */
  readonly body: Type<StepBody>;
}

/** Steps by their paths, in order. */
export function routed(steps: Readonly<Record<string, DecidedStep>>): Step[] {
  return Object.entries(steps).map(([path, step]) => ({ ...step, path, body: bodyOfStep(step, path) }));
}

/** Declares a step. */
export function defineStep<N extends FactName, State>({
  decide,
  stateOf,
  ...declaration
}: StepOptions<N, State>): DecidedStep {
  return {
    ...declaration,
    // The data were checked by the type's schema before anybody decides on them.
    decideOn: async (proposed, sources) => decide(proposed as Proposed<N>, await stateOf(sources)),
  };
}

/** What its path gives is no part of its body, nor is what has a value where a caller gives none compulsory. */
function bodyOfStep({ name, records, fields = {}, defaults = {} }: StepDeclaration, path: string): Type<StepBody> {
  const parameters = [...path.matchAll(/:(\w+)/g)].map(([, parameter = '']) => fields[parameter] ?? parameter);
  return bodyOf({ name: `${name}Dto`, type: records, fromPath: parameters, defaults: Object.keys(defaults) });
}

/** The valid entries of the step's own stream. */
export function factsOf({ history }: StateSources): Facts {
  return new Facts(resolveEntries(history));
}
