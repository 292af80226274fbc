import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { RUNNING_VIEWS, type RunningViews } from '../../judgement/running/kept-views.js';
import { projectionStatus, type ProjectionStatus } from '../../judgement/running/status.js';
import type { EvidenceFigures } from '../../kernel/observability/evidence.js';
import { OBSERVED, type Observed } from '../../kernel/observability/observed.js';

/** How the register itself is doing, without a word of any person. */
export interface Operation {
  readonly views: readonly ProjectionStatus[];
  /** True when following stands still on purpose, until somebody has looked. */
  readonly standsStill: boolean;
  /** How it stands with what vouches for the log; absent where nothing does. */
  readonly evidence?: EvidenceFigures;
}

export class GetOperation extends Query<Operation> {}

@QueryHandler(GetOperation)
export class GetOperationHandler implements IQueryHandler<GetOperation> {
  constructor(
    @Inject(RUNNING_VIEWS) private readonly views: RunningViews,
    @Inject(OBSERVED) private readonly observed: Observed,
  ) {}

  async execute(_query: GetOperation): Promise<Operation> {
    const { standsStill, evidence } = this.observed;
    return {
      views: await projectionStatus(this.views),
      standsStill,
      ...(evidence === undefined ? {} : { evidence }),
    };
  }
}
