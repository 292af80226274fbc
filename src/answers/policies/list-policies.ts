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

export interface PoliciesAnswer {
  /** Oldest first. */
  readonly versions: readonly AdoptedPolicy[];
  /** Of the last entry about them; absent until a first was adopted. */
  readonly revision?: bigint;
}

/** Every version of the local guidelines of a controller. */
export class ListPolicies extends Query<PoliciesAnswer> {
  constructor(readonly controller: string) {
    super();
  }
}

@QueryHandler(ListPolicies)
export class ListPoliciesHandler implements IQueryHandler<ListPolicies> {
  constructor(@Inject(READ_SIDE) private readonly reads: ReadSide) {}

  /** @throws Problem UNKNOWN_CONTROLLER */
  async execute({ controller }: ListPolicies): Promise<PoliciesAnswer> {
    await mustExist(this.reads, 'controller', controller);
    const history = await this.reads.log.readStream(`policy-${controller}`);
    const last = history.at(-1);
    const adopted = new Facts(resolveEntries(history)).of('PolicyAdopted');
    return {
      versions: adopted.map(({ id, day, data }) => ({ event: id, from: formatDay(day), policy: data })),
      ...(last ? { revision: last.revision } : {}),
    };
  }
}
