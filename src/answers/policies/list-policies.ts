import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Facts } from '../../compliance-rules/facts.js';
import { resolveEntries } from '../../compliance-rules/resolve-entries.js';
import type { FactData } from '../../facts/event-catalogue.js';
import { mustExist } from '../../judgement/answer-problems.js';
import { READ_SIDE, type ReadSide } from '../../judgement/read-side.js';
import { formatDay } from '../../kernel/time/day.js';

/** One adoption of local guidelines. */
export interface AdoptedPolicy {
  readonly event: string;
  /** From which day it holds, `YYYY-MM-DD`. */
  readonly from: string;
  readonly policy: FactData['PolicyAdopted'];
}

/** Every version of the local guidelines of a controller, oldest first. */
export class ListPolicies extends Query<readonly AdoptedPolicy[]> {
  constructor(readonly controller: string) {
    super();
  }
}

@QueryHandler(ListPolicies)
export class ListPoliciesHandler implements IQueryHandler<ListPolicies> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_CONTROLLER */
  async execute({ controller }: ListPolicies): Promise<readonly AdoptedPolicy[]> {
    await mustExist(this.reads, 'controller', controller);
    const facts = new Facts(resolveEntries(await this.reads.log.readStream(`policy-${controller}`)));
    return facts.of('PolicyAdopted').map(({ id, day, data }) => ({ event: id, from: formatDay(day), policy: data }));
  }
}
