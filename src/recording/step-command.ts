import { Command } from '@nestjs/cqrs';
import type { Warning } from '../kernel/event-sourcing/decider.js';
import type { IfMatch } from '../kernel/http/etag.js';
import type { RequestContext } from '../kernel/http/request-context.js';
import type { ComplianceChange } from './compliance-change.js';
import type { CorrectedField } from './correction-change.js';
import type { StepBody } from './step-body.js';

/** A step that somebody asks to have recorded. */
export interface StepRequest {
  readonly context: RequestContext;
  /** The parameters of the path, in lower case. */
  readonly params: Readonly<Record<string, string>>;
  /** The checked body. */
  readonly body: StepBody;
  readonly ifMatch?: IfMatch;
  readonly idempotencyKey?: string;
  /** Tell what would happen, and write nothing. */
  readonly dryRun: boolean;
}

/** What was recorded. Positions and revisions are strings of digits. */
export interface StepAnswer {
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
  /** The id of what the step brought into being, where it did. */
  readonly id?: string;
  readonly warnings: readonly Warning[];
  /** To be handed to a read that has to see the step. */
  readonly consistencyToken: string;
}

/** What would be recorded. */
export interface StepPreview {
  readonly dryRun: true;
  readonly events: readonly {
    readonly type: string;
    readonly stream: string;
    readonly effectiveOn: string;
    readonly data: Readonly<Record<string, unknown>>;
  }[];
  readonly warnings: readonly Warning[];
  /** How the judgement would change, today and on the step's own day. */
  readonly compliance: readonly ComplianceChange[];
  /** Present when the step touches more episodes than a preview judges: how many were judged, and of how many. */
  readonly partial?: { readonly judged: number; readonly touched: number };
  /** Of a merge: what becomes one person. */
  readonly becomesOne?: BecomesOne;
  /** Of a correction: how it changes the entry that it is about. */
  readonly corrected?: readonly CorrectedField[];
}

/** What a merge would make one person of. */
export interface BecomesOne {
  /** Every registration, those that were merged with one of the two before as well, with its episodes. */
  readonly registrations: readonly { readonly recipient: string; readonly episodes: readonly string[] }[];
  /** Whether all of them have, or had, the same number; secret ones aside. */
  readonly sameNumber: boolean;
}

export type StepResult =
  /** `replayed`: it stood there already, from the same command sent before. */
  { readonly answer: StepAnswer; readonly replayed: boolean } | { readonly preview: StepPreview };

/** The command of a step. Each step has a class of its own, made from its declaration. */
export abstract class StepCommand extends Command<StepResult> {
  constructor(readonly request: StepRequest) {
    super();
  }
}
